package dev.ringback.server;

import dev.ringback.config.AccountFile;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.ConfigView;
import dev.ringback.config.WorldDraft;
import dev.ringback.console.ConsoleRoutes;
import dev.ringback.control.ControlApi;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.metrics.Metrics;
import dev.ringback.proxy.HomeFolder;
import dev.ringback.state.StateProblem;
import dev.ringback.state.StateStore;
import dev.ringback.worlds.Worlds;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** The fake Twilio on a port: the control API, and the first world behind it. */
public final class RingbackServer implements AutoCloseable {
  /** How long the last answers may take when the server ends. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

  private final ConfigFile config;
  private final Worlds worlds;
  private final GracefulHandler inside;
  private final Javalin http;
  private final Optional<AccountFile> accountFile;
  private final Hosting hosting;

  private RingbackServer(
      ConfigFile config,
      Worlds worlds,
      GracefulHandler inside,
      Javalin http,
      Optional<AccountFile> accountFile,
      Hosting hosting) {
    this.config = config;
    this.worlds = worlds;
    this.inside = inside;
    this.http = http;
    this.accountFile = accountFile;
    this.hosting = hosting;
  }

  /** Whether the first world answers, and why not; the others tell of themselves. */
  private static void health(Worlds worlds, Hosting hosting, Context context) {
    Optional<String> why = worlds.first().flatMap(World::death).or(hosting::failure);
    boolean ready =
        worlds.firstAccount().isPresent() && why.isEmpty() && worlds.recorder().isOpenTo(context);
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("ready", ready);
    why.ifPresent(reason -> health.put("why", reason));
    context.status(ready ? 200 : 503).json(health);
  }

  /** The routes of Twilio's API, such as {@code GET api /2010-04-01/Accounts/{account}/Calls}. */
  public static List<String> twilioRoutes() {
    return TwilioHttpServer.twilio().stream()
        .flatMap(routes -> routes.described().stream())
        .toList();
  }

  /**
   * Starts listening, then starts the world: what apps are told of this address is true.
   *
   * @param drafts what another world starts from, given its seed
   */
  public static RingbackServer start(ConfigFile config, LongFunction<WorldDraft> drafts)
      throws CannotListen {
    try {
      return start(config, drafts, new Worlds(), Hosting::inMemory);
    } catch (StateProblem none) {
      throw new AssertionError(none);
    }
  }

  /**
   * The same with a state that outlives the process: worlds that are in it go on where they were.
   *
   * @param store is closed with the server; empty: nothing is kept
   * @throws StateProblem when what is kept cannot go on
   */
  public static RingbackServer start(
      ConfigFile config, LongFunction<WorldDraft> drafts, Optional<StateStore> store)
      throws CannotListen, StateProblem {
    Worlds worlds = new Worlds();
    if (store.isEmpty()) {
      return start(config, drafts, worlds, Hosting::inMemory);
    }
    StateStore kept = store.get();
    kept.snapshotEvery(config.snapshotEvery);
    worlds.keptIn(kept);
    return start(config, drafts, worlds, of -> new Recovery(of, kept, config.downtimePasses));
  }

  /**
   * The same with worlds that are hosted in another way.
   *
   * @throws StateProblem when what is kept cannot go on
   */
  public static RingbackServer start(
      ConfigFile config,
      LongFunction<WorldDraft> drafts,
      Worlds worlds,
      Function<Worlds, Hosting> by)
      throws CannotListen, StateProblem {
    Hosting hosting = by.apply(worlds);
    GracefulHandler inside = new GracefulHandler();
    ControlApi control = new ControlApi(worlds, drafts, ConfigView.ofServer(config));
    Javalin http =
        TwilioHttpServer.create(
            worlds,
            config.voices,
            config.world.rest.maxConcurrentRequests(),
            config.passesOn,
            new OriginCheck(config.host, config.world.publicUrl, config.allowedHosts),
            inside,
            routes -> {
              hosting.routes(routes);
              routes.get("/healthz", context -> health(worlds, hosting, context));
              routes.get(
                  "/metrics",
                  context -> context.contentType(Metrics.TYPE).result(worlds.metrics().scrape()));
              control.routes(routes);
              new ConsoleRoutes().routes(routes);
            });
    try {
      http.start(config.host, config.port);
    } catch (RuntimeException e) {
      http.stop();
      throw CannotListen.on(config.host, config.port, e);
    }
    if (!config.publicUrlGiven) {
      config.world.publicUrl = "http://localhost:" + http.port();
    }
    worlds.servedAt(http.port());
    WorldSettings settings = config.world.settings();
    try {
      settings =
          hosting
              .begin(http.jettyServer().server(), settings)
              .map(World::settings)
              .orElse(settings);
    } catch (StateProblem e) {
      worlds.close();
      http.stop();
      throw e;
    }
    Optional<AccountFile> accountFile = AccountFile.write(HomeFolder.home(), http.port(), settings);
    return new RingbackServer(config, worlds, inside, http, accountFile, hosting);
  }

  public int port() {
    return http.port();
  }

  public String url() {
    boolean bareIpv6 = config.host.indexOf(':') >= 0 && !config.host.startsWith("[");
    return "http://" + (bareIpv6 ? "[" + config.host + "]" : config.host) + ":" + port();
  }

  public World world() {
    return worlds.first().orElseThrow();
  }

  /**
   * Starts another world.
   *
   * @throws IllegalStateException when there are too many, or one of that account already
   */
  public World start(WorldSettings settings) {
    return worlds
        .start(settings)
        .orElseThrow(() ->
            new IllegalStateException(
                "there is a world of that account already, or there are too many"));
  }

  /** The world of that account. */
  World worldOf(String account) {
    return worlds.of(account).orElseThrow();
  }

  /** Requests that still wait for their answer get one, 503, before the server stops. */
  @Override
  public void close() {
    accountFile.ifPresent(AccountFile::close);
    CompletableFuture<Void> empty = inside.shutdown();
    hosting.end();
    worlds.close();
    try {
      empty.get(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // A client that does not read its answer has none.
    }
    http.stop();
    hosting.close();
  }
}
