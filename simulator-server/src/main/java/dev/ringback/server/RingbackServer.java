package dev.ringback.server;

import dev.ringback.control.ControlApi;
import dev.ringback.control.Worlds;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.files.AccountFile;
import dev.ringback.files.ConfigFile;
import dev.ringback.files.WorldDraft;
import dev.ringback.proxy.LocalAuthority;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;

/** The fake Twilio on a port: the control API, and the first world behind it. */
public final class RingbackServer implements AutoCloseable {
  /** How long the last answers may take when the server ends. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

  private final ConfigFile config;
  private final Worlds worlds = new Worlds();
  private final GracefulHandler inside = new GracefulHandler();
  private final Javalin http;
  private @Nullable AccountFile accountFile;

  private RingbackServer(ConfigFile config, LongFunction<WorldDraft> drafts) {
    this.config = config;
    ControlApi control = new ControlApi(worlds, drafts);
    this.http =
        Front.create(
            worlds,
            config.voices,
            config.world.maxConcurrentRequests,
            config.passesOn,
            new Admission(config.host, config.world.publicUrl, config.allowedHosts),
            inside,
            routes -> {
              routes.get("/healthz", this::health);
              control.routes(routes);
            });
  }

  /** Whether the first world answers, and why not; the others tell of themselves. */
  private void health(Context context) {
    Optional<String> death = worlds.first().flatMap(World::death);
    boolean ready = worlds.first().isPresent() && death.isEmpty();
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("ready", ready);
    death.ifPresent(why -> health.put("why", why));
    context.status(ready ? 200 : 503).json(health);
  }

  /** The routes of Twilio's API, such as {@code GET api /2010-04-01/Accounts/{account}/Calls}. */
  public static List<String> twilioRoutes() {
    return Front.twilio().stream().flatMap(routes -> routes.described().stream()).toList();
  }

  /** The server cannot listen where it should. */
  public static final class CannotListen extends Exception {
    private static final long serialVersionUID = 1L;

    private CannotListen(String message) {
      super(message);
    }

    static CannotListen on(String host, int port, RuntimeException e) {
      // The deepest cause is the system's own word; those above it guess.
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return new CannotListen(
            "'%s' is no address and no name of this machine; choose one that is with --host"
                .formatted(host));
      }
      String words = String.valueOf(cause.getMessage());
      if (words.contains("in use")) {
        return new CannotListen(
            "port %d on %s is in use; stop what runs there, or choose another with --port"
                .formatted(port, host));
      }
      if (words.contains("assign requested address")) {
        return new CannotListen(
            "%s is no address of this machine; choose one that is with --host".formatted(host));
      }
      if (words.contains("ermission denied")) {
        return new CannotListen(
            "port %d on %s is for administrators; choose one above 1023 with --port"
                .formatted(port, host));
      }
      return new CannotListen("cannot listen on %s, port %d: %s".formatted(host, port, words));
    }
  }

  /**
   * Starts listening, then starts the world: what apps are told of this address is true.
   *
   * @param drafts what another world starts from, given its seed
   */
  public static RingbackServer start(ConfigFile config, LongFunction<WorldDraft> drafts)
      throws CannotListen {
    RingbackServer server = new RingbackServer(config, drafts);
    try {
      server.http.start(config.host, config.port);
    } catch (RuntimeException e) {
      server.close();
      throw CannotListen.on(config.host, config.port, e);
    }
    if (!config.publicUrlGiven) {
      config.world.publicUrl = "http://localhost:" + server.port();
    }
    server.worlds.servedAt(server.port());
    WorldSettings settings = config.world.settings();
    server.worlds.start(settings);
    server.accountFile =
        AccountFile.write(LocalAuthority.home(), server.port(), settings).orElse(null);
    return server;
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

  /** The world of that account. */
  World worldOf(String account) {
    return worlds.of(account).orElseThrow();
  }

  /** Whoever still waits for an answer gets one, 503, before the door is shut. */
  @Override
  public void close() {
    if (accountFile != null) {
      accountFile.close();
    }
    CompletableFuture<Void> empty = inside.shutdown();
    worlds.close();
    try {
      empty.get(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Whoever does not read his answer has none.
    }
    http.stop();
  }
}
