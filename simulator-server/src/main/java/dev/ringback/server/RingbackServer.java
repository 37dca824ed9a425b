package dev.ringback.server;

import dev.ringback.control.ControlApi;
import dev.ringback.control.Worlds;
import dev.ringback.engine.World;
import dev.ringback.files.ConfigFile;
import dev.ringback.files.JournalJson;
import dev.ringback.files.WorldDraft;
import io.javalin.Javalin;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JavalinJackson3;
import java.net.BindException;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The fake Twilio on a port: the control API, and the first world behind it. */
public final class RingbackServer implements AutoCloseable {
  private final ConfigFile config;
  private final Worlds worlds = new Worlds();
  private final Javalin http;

  private RingbackServer(ConfigFile config, LongFunction<WorldDraft> drafts) {
    this.config = config;
    ControlApi control = new ControlApi(worlds, drafts);
    this.http =
        Javalin.create(javalin -> {
          javalin.startup.showJavalinBanner = false;
          javalin.startup.startupWatcherEnabled = false;
          javalin.concurrency.useVirtualThreads = true;
          javalin.jsonMapper(new JavalinJackson3(JournalJson.mapper(), true));
          javalin.routes.get(
              "/healthz",
              context ->
                  context
                      .status(worlds.first().isPresent() ? 200 : 503)
                      .json(Map.of("ready", worlds.first().isPresent())));
          control.routes(javalin.routes);
          javalin.routes.exception(
              HttpResponseException.class,
              (e, context) -> context.status(e.getStatus()).json(error(e.getMessage())));
          javalin.routes.exception(
              Exception.class,
              (e, context) ->
                  context.status(500).json(error("Ringback failed: " + e.getMessage())));
        });
  }

  private static Map<String, Object> error(@Nullable String message) {
    return Map.of("error", Map.of("message", String.valueOf(message)));
  }

  /** The port is taken. */
  public static final class PortInUse extends Exception {
    private static final long serialVersionUID = 1L;

    PortInUse(String host, int port) {
      super(
          "port %d on %s is in use; stop what runs there, or choose another with --port"
              .formatted(port, host));
    }
  }

  /**
   * Starts listening, then starts the world: what apps are told of this address is true.
   *
   * @param drafts what another world starts from, given its seed
   */
  public static RingbackServer start(ConfigFile config, LongFunction<WorldDraft> drafts)
      throws PortInUse {
    RingbackServer server = new RingbackServer(config, drafts);
    try {
      server.http.start(config.host, config.port);
    } catch (RuntimeException e) {
      server.close();
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException
            || String.valueOf(cause.getMessage()).contains("in use")) {
          throw new PortInUse(config.host, config.port);
        }
      }
      throw e;
    }
    if (!config.publicUrlGiven) {
      config.world.publicUrl = "http://localhost:" + server.port();
    }
    server.worlds.start(config.world.settings());
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
    worlds.close();
    http.stop();
  }
}
