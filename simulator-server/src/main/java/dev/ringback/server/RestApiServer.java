package dev.ringback.server;

import dev.ringback.engine.World;
import dev.ringback.media.Voices;
import dev.ringback.play.RestApi;
import dev.ringback.worlds.Worlds;
import io.javalin.Javalin;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.handler.GracefulHandler;

/**
 * The REST API of worlds that play, each with the account of its world.
 *
 * <p>Worlds of one account cannot be told apart by the app's requests. As long as the app sends
 * none they play side by side; with the first one they begin to take turns, and those that played
 * side by side just then are disturbed and play again.
 */
public final class RestApiServer implements RestApi, AutoCloseable {
  /** An app that answers first and asks afterwards does so at once. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final Worlds worlds = new Worlds();
  private final Javalin http;

  /** Those that play side by side. */
  private final Set<World> sideBySide = new HashSet<>();

  private final Set<World> disturbed = new HashSet<>();

  /** The one that was alone at its side when the app sent its first request. */
  private final Set<World> lentAside = new HashSet<>();

  private boolean used;

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
              routes.get("/healthz", context -> context.json(Map.of("ready", true)));
              routes.before(context -> {
                if (!context.path().equals("/healthz") && !isForOneWorld()) {
                  context
                      .status(503)
                      .json(
                          Map.of(
                              "code",
                              20503,
                              "message",
                              "Several scenarios play at once; from now on they take turns",
                              "status",
                              503));
                  context.skipRemainingHandlers();
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

  /** A request of the app's has come; whether it can be told which world it is for. */
  private synchronized boolean isForOneWorld() {
    used = true;
    if (!sideBySide.isEmpty() && !sideBySide.equals(lentAside)) {
      if (sideBySide.size() == 1 && disturbed.isEmpty()) {
        worlds.lend(sideBySide.iterator().next());
        lentAside.addAll(sideBySide);
      } else {
        disturbed.addAll(sideBySide);
      }
    }
    return disturbed.isEmpty();
  }

  @Override
  public Serving serve(World world, boolean alone) {
    enter(world, alone);
    return new Serving() {
      @Override
      public Duration patience() {
        synchronized (RestApiServer.this) {
          return used ? PATIENCE : Duration.ZERO;
        }
      }

      @Override
      public boolean disturbed() {
        synchronized (RestApiServer.this) {
          return disturbed.contains(world);
        }
      }

      @Override
      public void close() {
        leave(world);
      }
    };
  }

  private void enter(World world, boolean alone) {
    synchronized (this) {
      used |= alone;
      if (!used) {
        sideBySide.add(world);
        return;
      }
      try {
        while (!sideBySide.isEmpty()) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while other worlds play", e);
      }
    }
    worlds.lend(world);
  }

  private synchronized void leave(World world) {
    sideBySide.remove(world);
    disturbed.remove(world);
    lentAside.remove(world);
    worlds.takeBack(world);
    notifyAll();
  }

  @Override
  public void close() {
    http.stop();
  }
}
