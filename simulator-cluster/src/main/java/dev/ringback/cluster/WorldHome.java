package dev.ringback.cluster;

import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.engine.WorldSnapshot;
import dev.ringback.json.JournalJson;
import dev.ringback.server.RelivedRequests;
import dev.ringback.state.KeptSettings;
import dev.ringback.state.KeptWorld;
import dev.ringback.state.WorldLog;
import dev.ringback.worlds.Worlds;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.LocalConnector;
import org.jspecify.annotations.Nullable;

/** This node, as the worlds on it see it. */
final class WorldHome {
  private final Worlds worlds;
  private final String url;
  private final WorldSettings configured;
  private final LocalConnector door;
  private final How how;
  private final Set<String> passedOver = ConcurrentHashMap.newKeySet();

  /**
   * How worlds go on.
   *
   * @param downtime whether the time in which they were nowhere has passed for them
   * @param snapshotEvery lines after which a start is taken
   */
  record How(boolean downtime, int snapshotEvery) {}

  /**
   * @param url where this node answers
   * @param configured of this node: where worlds may send to, and where they say they are
   * @param door by which requests of a past come in, started
   */
  WorldHome(Worlds worlds, String url, WorldSettings configured, LocalConnector door, How how) {
    this.worlds = worlds;
    this.url = url;
    this.configured = configured;
    this.door = door;
    this.how = how;
  }

  String url() {
    return url;
  }

  /** Snapshots of that world are another build's. */
  void passOverSnapshots(String account) {
    passedOver.add(account);
  }

  boolean passesOverSnapshots(String account) {
    return passedOver.contains(account);
  }

  /**
   * Lets a world live here from now on.
   *
   * @param settings JSON
   * @param start where it goes on; null: at its beginning
   * @param lines of its history from there; none at all: it begins now
   */
  World live(
      String settings, ActorLedger ledger, ActorLedger.@Nullable Kept start, List<String> lines) {
    WorldSettings read = JournalJson.mapper().readValue(settings, WorldSettings.class);
    WorldSettings here = KeptSettings.moved(read, configured);
    WorldLog log = new WorldLog(ledger, 0, how.snapshotEvery());
    if (start == null && lines.isEmpty()) {
      return worlds.begin(here, log);
    }
    WorldSnapshot bytes =
        start == null
            ? null
            : start
                .packed()
                .plain()
                .map(plain -> new WorldSnapshot(start.what().time(), plain))
                .orElse(null);
    KeptWorld kept =
        new KeptWorld(here, log, start == null ? null : start.what(), bytes, lines.iterator());
    try {
      return worlds.resume(
          kept, here, new RelivedRequests(kept, worlds.recorder(), door), how.downtime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a world lives again", e);
    } catch (RuntimeException e) {
      worlds.leave(here.account().value());
      throw e;
    }
  }

  /** A world takes down where it goes on, and stops. */
  void leave(String account) {
    worlds.of(account).ifPresent(world -> worlds.snapshotsOf(world).takeLastStart());
    worlds.leave(account);
  }

  /** That world is not to be here, whichever else of its account may be. */
  void left(World world) {
    worlds.leave(world);
  }

  /** A world is not here any more. */
  void left(String account) {
    worlds.leave(account);
  }
}
