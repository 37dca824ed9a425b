package dev.ringback.server;

import dev.ringback.engine.HistoryBroken;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.snapshot.GraphProblem;
import dev.ringback.state.DamagedState;
import dev.ringback.state.KeptSettings;
import dev.ringback.state.KeptWorld;
import dev.ringback.state.StateProblem;
import dev.ringback.state.StateStore;
import dev.ringback.worlds.RequestRecorder;
import dev.ringback.worlds.Worlds;
import io.javalin.config.RoutesConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;

/**
 * Worlds of a state live again: the requests of their past come in once more, by a door within the
 * process, through the handlers that they came through; those of others wait until all are back.
 */
final class Recovery implements Hosting {
  private final Worlds worlds;
  private final StateStore store;
  private final RequestRecorder recorder;
  private final boolean downtime;

  /**
   * @param store is closed with the server
   * @param downtime whether the time in which nobody ran has passed for the worlds
   */
  Recovery(Worlds worlds, StateStore store, boolean downtime) {
    this.worlds = worlds;
    this.store = store;
    this.downtime = downtime;
    this.recorder = worlds.recorder();
  }

  /** Whoever comes too early is told so. */
  @Override
  public void routes(RoutesConfig routes) {
    recorder.recovering(true);
    routes.before(context -> {
      if (!recorder.isOpenTo(context) && !context.path().equals("/healthz")) {
        context
            .status(503)
            .header("Retry-After", "1")
            .json(
                Map.of(
                    "code",
                    20503,
                    "message",
                    "Service unavailable: the kept state is being read",
                    "status",
                    503));
        context.skipRemainingHandlers();
      }
    });
  }

  @Override
  public Optional<World> begin(Server server, WorldSettings configured) throws StateProblem {
    List<KeptWorld> kept = store.worlds();
    if (kept.isEmpty()) {
      Optional<World> first = worlds.start(configured);
      recorder.recovering(false);
      return first;
    }
    LocalConnector door = RelivedRequests.door(server);
    try {
      door.start();
      if (store.isFirstLost()) { // and what could not be repaired begins anew
        worlds.start(configured);
      }
      boolean lost = worlds.first().isPresent();
      for (KeptWorld world : kept) {
        boolean first = !lost && world == kept.getFirst();
        resume(
            world,
            first
                ? KeptSettings.resumed(world.settings(), configured)
                : KeptSettings.moved(world.settings(), configured),
            door);
      }
    } catch (StateProblem e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StateProblem("interrupted while the state was read");
    } catch (Exception e) {
      throw new IllegalStateException(e); // of the connector's start
    }
    recorder.recovering(false);
    return worlds.first();
  }

  @Override
  public Optional<String> failure() {
    return Optional.ofNullable(store.failure());
  }

  @Override
  public void close() {
    store.close();
  }

  private void resume(KeptWorld world, WorldSettings settings, LocalConnector door)
      throws StateProblem, InterruptedException {
    try {
      worlds.resume(world, settings, new RelivedRequests(world, recorder, door), downtime);
    } catch (HistoryBroken e) {
      throw new StateProblem(
          "the account %s cannot be brought back by this version of Ringback: %s; go on with the one that wrote it, or begin anew in another folder"
              .formatted(settings.account(), e.getMessage()));
    } catch (GraphProblem e) {
      throw new StateProblem(
          "the account %s cannot be brought back: its snapshot is none that this build has taken (%s)"
              .formatted(settings.account(), e.getMessage()));
    } catch (DamagedState e) {
      throw new StateProblem(
          "the account %s cannot be brought back: %s; `ringback state repair` keeps what was before it"
              .formatted(settings.account(), e.getMessage()));
    }
  }
}
