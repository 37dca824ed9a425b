package dev.ringback.worlds;

import dev.ringback.engine.World;
import dev.ringback.engine.WorldSnapshot;
import dev.ringback.state.StoredSnapshot;
import dev.ringback.state.WorldLog;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of one world: those that somebody has named, on the disk where the world is kept and in
 * memory where it is not, and those from which the next start goes on.
 */
public final class Snapshots {
  /** Of one world. */
  public static final int MOST = 100;

  /** Bytes in memory, of one world. */
  public static final long MOST_BYTES = 256L * 1024 * 1024;

  /** Starts are taken for one part in so many of the time. */
  private static final long MOST_TIME = 50;

  /** How long requests wait at a time so that those before them can end. */
  private static final Duration MOMENT = Duration.ofMillis(50);

  /** How often that is tried for somebody who has asked. */
  private static final int TRIES = 100;

  private final World world;
  private final ChangeGate gate;
  private final @Nullable WorldLog log;

  /**
   * One thing at a time: a start that came between the choice of a snapshot and the moment in which
   * the world becomes it would make that snapshot needless.
   */
  private final ReentrantLock turn = new ReentrantLock();

  /** Its loop runs, and its past is over. */
  private volatile boolean lives;

  /** Of the wall's; one start at a time. */
  private volatile long nextStart = System.nanoTime();

  /** By name, where the world is not kept. Guarded by the turn. */
  private final Map<String, InMemory> inMemory = new LinkedHashMap<>();

  private record InMemory(Named named, WorldSnapshot snapshot) {}

  /**
   * A snapshot that can be come back to.
   *
   * @param time the world's, then
   * @param taken the wall's time, then
   * @param size in bytes
   */
  public record Named(String name, Instant time, Instant taken, int size) {}

  Snapshots(World world, ChangeGate gate, @Nullable WorldLog log) {
    this.world = world;
    this.gate = gate;
    this.log = log;
  }

  /**
   * Takes one; an older one of that name is gone.
   *
   * @throws SnapshotRefused when there are too many, or a request that changes the world does not
   *     end
   */
  public Named take(String name) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      return takeNow(name);
    } finally {
      turn.unlock();
    }
  }

  private Named takeNow(String name) throws InterruptedException {
    List<Named> all = all();
    if (all.size() >= MOST && all.stream().noneMatch(one -> one.name().equals(name))) {
      throw new SnapshotRefused("there are %d snapshots already; delete some".formatted(MOST));
    }
    WorldLog kept = log;
    if (kept == null) {
      return keep(name, quietly(TRIES, taken -> {}));
    }
    StoredSnapshot[] stored = new StoredSnapshot[1];
    quietly(TRIES, taken -> stored[0] = kept.named(name, taken));
    kept.sync();
    return named(stored[0]);
  }

  private Named keep(String name, WorldSnapshot snapshot) {
    long others =
        inMemory.values().stream()
            .filter(one -> !one.named().name().equals(name))
            .mapToLong(one -> one.named().size())
            .sum();
    if (others + snapshot.bytes().length > MOST_BYTES) {
      throw new SnapshotRefused(
          "the snapshots of this world would take more than %d MiB; delete some, or keep them on the disk with --state"
              .formatted(MOST_BYTES / 1024 / 1024));
    }
    inMemory.remove(name);
    Named named = new Named(name, snapshot.at(), Instant.now(), snapshot.bytes().length);
    inMemory.put(name, new InMemory(named, snapshot));
    return named;
  }

  /** While no request changes the world. */
  private WorldSnapshot quietly(int tries, Consumer<WorldSnapshot> taken)
      throws InterruptedException {
    for (int i = 0; i < tries; i++) {
      if (!gate.close(MOMENT)) {
        continue; // those that waited are let in between
      }
      try {
        return world.snapshots().take(taken).join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof IllegalStateException busy
            ? new SnapshotRefused(String.valueOf(busy.getMessage()))
            : e;
      } finally {
        gate.open();
      }
    }
    throw new SnapshotRefused(
        "%s is not answered yet; take the snapshot when it is"
            .formatted(
                gate.inside().stream().sorted().findFirst().orElse("a request for this world")));
  }

  private static Named named(StoredSnapshot stored) {
    return new Named(String.valueOf(stored.name()), stored.time(), stored.taken(), stored.size());
  }

  /** Those that have a name, the oldest first. */
  public List<Named> all() {
    if (log != null) {
      return log.named().stream().map(Snapshots::named).toList();
    }
    turn.lock();
    try {
      return inMemory.values().stream().map(InMemory::named).toList();
    } finally {
      turn.unlock();
    }
  }

  /**
   * The world becomes what it was; empty: there is none of that name.
   *
   * @throws dev.ringback.state.StateUnavailable when it cannot be read
   */
  public Optional<Named> restore(String name) {
    turn.lock();
    try {
      return restoreNow(name);
    } finally {
      turn.unlock();
    }
  }

  private Optional<Named> restoreNow(String name) {
    WorldLog kept = log;
    if (kept == null) {
      InMemory found = inMemory.get(name);
      if (found == null) {
        return Optional.empty();
      }
      world.snapshots().restore(found.snapshot(), 0).join();
      return Optional.of(found.named());
    }
    StoredSnapshot stored =
        kept.named().stream().filter(one -> name.equals(one.name())).findFirst().orElse(null);
    WorldSnapshot snapshot = stored == null ? null : kept.bytesOf(stored).orElse(null);
    if (stored == null || snapshot == null) {
      return Optional.empty();
    }
    world.snapshots().restore(snapshot, stored.number()).join();
    kept.sync();
    return Optional.of(named(stored));
  }

  /** Deletes one; false: there is none of that name. */
  public boolean delete(String name) {
    turn.lock();
    try {
      return log == null ? inMemory.remove(name) != null : log.forget(name);
    } finally {
      turn.unlock();
    }
  }

  // Where the next start goes on

  /** The world lives: from now on such a one is taken whenever it is worth its while. */
  void takeStartsOn(Executor executor) {
    lives = true;
    if (log != null) {
      log.whenLong(() -> executor.execute(this::takeStart));
    }
  }

  /** Takes one, unless requests are in the way. */
  void takeStart() {
    WorldLog kept = log;
    if (kept == null || !lives || world.isClosed()) {
      return;
    }
    long began = System.nanoTime();
    if (began - nextStart < 0 || !turn.tryLock()) {
      return;
    }
    try {
      quietly(1, kept::start);
      long took = System.nanoTime() - began;
      nextStart = began + MOST_TIME * took;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SnapshotRefused | CompletionException e) {
      // The history alone is enough, and takes longer.
    } finally {
      turn.unlock();
    }
  }

  /** The server ends: the next start is to be short. */
  public void takeLastStart() {
    if (log != null && log.isLong()) {
      nextStart = System.nanoTime();
      takeStart();
    }
  }
}
