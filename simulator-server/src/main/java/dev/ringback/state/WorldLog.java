package dev.ringback.state;

import dev.ringback.engine.History;
import dev.ringback.engine.HistoryBroken;
import dev.ringback.engine.WorldInput;
import dev.ringback.engine.WorldSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The history of one world and its snapshots, on their way to the disk. */
public final class WorldLog implements History {
  /** After so many lines a start is worth its while: as many live again in some seconds. */
  public static final int LONG = 20_000;

  private final Ledger ledger;
  private final long world;
  private final int every;
  private final AtomicLong requests = new AtomicLong();

  // Guarded by this.
  private long lines;
  private long worthAt;
  private Runnable whenLong = () -> {};

  /**
   * @param every lines after which a start is worth its while
   */
  public WorldLog(Ledger ledger, long world, int every) {
    this.ledger = ledger;
    this.world = world;
    this.every = every;
    this.worthAt = every;
  }

  /** A snapshot of its past. */
  Optional<WorldSnapshot> snapshot(long number) {
    StoredSnapshot what =
        ledger.snapshots(world).stream()
            .filter(one -> one.number() == number)
            .findFirst()
            .orElse(null);
    if (what != null && !what.build().equals(Build.name())) {
      throw new HistoryBroken(
          "it became what snapshot %d was, which another build has taken".formatted(number));
    }
    return what == null ? Optional.empty() : ledger.snapshot(world, number);
  }

  /** A request of its past; later ones have higher numbers. */
  void has(long request) {
    requests.accumulateAndGet(request, Math::max);
  }

  /** A line of its past that the next start would live again. */
  synchronized void hasLine() {
    lines++;
  }

  @Override
  public void took(Instant now, WorldInput input) {
    ledger.append(world, Line.of(now, input).json());
    Runnable told = count();
    if (told != null) {
      told.run();
    }
  }

  private synchronized @Nullable Runnable count() {
    if (++lines < worthAt) {
      return null;
    }
    worthAt = lines + every / 10 + 1; // if nothing comes of it now
    return whenLong;
  }

  /** From now on that is called, on the loop, whenever a start is worth its while. */
  public synchronized void whenLong(Runnable task) {
    whenLong = task;
  }

  /** Whether the next one would live so much again that a last start is worth its while. */
  public synchronized boolean isLong() {
    return lines > every / 10;
  }

  /** Writes down a request before anything that it does; gives its number. */
  public long request(RecordedRequest request) {
    long number = requests.incrementAndGet();
    ledger.append(world, Line.of(number, request).json());
    return number;
  }

  /**
   * Waits until all that was written down so far is on the disk.
   *
   * @throws StateUnavailable when it cannot be written
   */
  public void sync() {
    ledger.durability().sync();
  }

  /** Does something when all that was written down so far is on the disk; in order. */
  void whenDurable(Runnable task) {
    ledger.durability().whenKept(task);
  }

  // Snapshots

  /** Takes down where the next start goes on; on the loop. */
  public void start(WorldSnapshot snapshot) {
    append(null, true, snapshot);
    synchronized (this) {
      lines = 0;
      worthAt = every;
    }
  }

  /** Takes down a snapshot that somebody can come back to; on the loop. */
  public StoredSnapshot named(String name, WorldSnapshot snapshot) {
    return append(name, false, snapshot);
  }

  private StoredSnapshot append(@Nullable String name, boolean start, WorldSnapshot snapshot) {
    StoredSnapshot stored =
        new StoredSnapshot(
            ledger.nextSnapshot(),
            name,
            start,
            new StoredSnapshot.Moment(Build.name(), snapshot.at(), Instant.now()),
            requests.get(),
            snapshot.bytes().length);
    ledger.append(world, stored, snapshot);
    return stored;
  }

  /** Those that have a name, the oldest first. */
  public List<StoredSnapshot> named() {
    return ledger.snapshots(world).stream().filter(what -> what.name() != null).toList();
  }

  /**
   * The bytes of one; empty: it is gone.
   *
   * @throws StateUnavailable when another build of Ringback has taken it
   */
  public Optional<WorldSnapshot> bytesOf(StoredSnapshot stored) {
    if (!stored.build().equals(Build.name())) {
      throw new StateUnavailable(
          "the snapshot '%s' was taken by another build of Ringback, which alone can read it"
              .formatted(stored.name()));
    }
    return ledger.snapshot(world, stored.number());
  }

  /** Takes a name away; false: there is no such one. */
  public boolean forget(String name) {
    return ledger.unname(world, name);
  }
}
