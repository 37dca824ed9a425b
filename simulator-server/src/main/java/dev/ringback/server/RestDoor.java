package dev.ringback.server;

import dev.ringback.control.Worlds;
import dev.ringback.engine.World;
import dev.ringback.media.Voices;
import dev.ringback.play.Doorway;
import io.javalin.Javalin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** The REST API of the scenarios that play, each with the account of its world. */
public final class RestDoor implements Doorway, AutoCloseable {
  /** An app that answers first and asks afterwards does so at once. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final Worlds worlds = new Worlds();
  private final AtomicBoolean used = new AtomicBoolean();
  private final Javalin http;

  private RestDoor(Voices voices) {
    this.http =
        Front.create(
            worlds,
            voices,
            0,
            false,
            new Admission("127.0.0.1", "http://localhost", List.of()),
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
  public static RestDoor listenAnywhere(int port, Voices voices)
      throws RingbackServer.CannotListen {
    try {
      return listen(port, voices);
    } catch (RingbackServer.CannotListen taken) {
      return listen(0, voices);
    }
  }

  /**
   * @param port 0: any that is free
   * @throws RingbackServer.CannotListen when the port is in use
   */
  public static RestDoor listen(int port, Voices voices) throws RingbackServer.CannotListen {
    RestDoor door = new RestDoor(voices);
    try {
      door.http.start("127.0.0.1", port);
    } catch (RuntimeException e) {
      door.close();
      throw RingbackServer.CannotListen.on("127.0.0.1", port, e);
    }
    door.worlds.servedAt(door.http.port());
    return door;
  }

  @Override
  public String url() {
    return "http://localhost:" + http.port();
  }

  @Override
  public Opened open(World world) {
    worlds.lend(world);
    return new Opened() {
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
