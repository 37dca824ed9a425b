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
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The fake Twilio on a port: the control API, and the first world behind it. */
public final class RingbackServer implements AutoCloseable {
  private final ConfigFile config;
  private final Worlds worlds = new Worlds();
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
            routes -> {
              routes.get(
                  "/healthz",
                  context ->
                      context
                          .status(worlds.first().isPresent() ? 200 : 503)
                          .json(Map.of("ready", worlds.first().isPresent())));
              control.routes(routes);
            });
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
    return "http://" + config.host + ":" + port();
  }

  public World world() {
    return worlds.first().orElseThrow();
  }

  @Override
  public void close() {
    if (accountFile != null) {
      accountFile.close();
    }
    worlds.close();
    http.stop();
  }
}
