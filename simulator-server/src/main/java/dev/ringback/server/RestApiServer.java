package dev.ringback.server;

import dev.ringback.engine.World;
import dev.ringback.media.Voices;
import dev.ringback.play.RestApi;
import dev.ringback.worlds.Worlds;
import io.javalin.Javalin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** The REST API of worlds that play, each with the account of its world. */
public final class RestApiServer implements RestApi, AutoCloseable {
  /** An app that answers first and asks afterwards does so at once. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final Worlds worlds = new Worlds();
  private final AtomicBoolean used = new AtomicBoolean();
  private final Javalin http;

  private RestApiServer(Voices voices) {
    this.http =
        TwilioHttpServer.create(
            worlds,
            voices,
            0,
            false,
            new OriginCheck("127.0.0.1", "http://localhost", List.of()),
            new GracefulHandler(),
            routes -> {
              routes.get("/healthz", context -> context.json(java.util.Map.of("ready", true)));
              routes.before(context -> {
                if (!context.path().equals("/healthz")) {
                  used.set(true);
                }
              });
            });
  }

  /** Opens one on that port, or on any that is free when it is taken. */
  public static RestApiServer listenAnywhere(int port, Voices voices) throws CannotListen {
    try {
      return listen(port, voices);
    } catch (CannotListen taken) {
      return listen(0, voices);
    }
  }

  /**
   * @param port 0: any that is free
   * @throws CannotListen when the port is in use
   */
  public static RestApiServer listen(int port, Voices voices) throws CannotListen {
    RestApiServer server = new RestApiServer(voices);
    try {
      server.http.start("127.0.0.1", port);
    } catch (RuntimeException e) {
      server.close();
      throw CannotListen.on("127.0.0.1", port, e);
    }
    server.worlds.servedAt(server.http.port());
    return server;
  }

  @Override
  public String url() {
    return "http://localhost:" + http.port();
  }

  @Override
  public Serving serve(World world) {
    worlds.lend(world);
    return new Serving() {
      @Override
      public Duration patience() {
        return used.get() ? PATIENCE : Duration.ZERO;
      }

      @Override
      public void close() {
        worlds.takeBack(world);
      }
    };
  }

  @Override
  public void close() {
    http.stop();
  }
}
