package dev.ringback.cluster;

import dev.ringback.engine.WorldSnapshot;
import dev.ringback.state.Durability;
import dev.ringback.state.Ledger;
import dev.ringback.state.Packed;
import dev.ringback.state.StoredSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a world has to keep, on its way to its {@link WorldActor}, which takes all that waits and
 * persists it at once.
 */
final class ActorLedger implements Ledger {
  private final Runnable wake;
  private final Durability durability = new Durability();

  // Guarded by this.
  private final List<Item> queue = new ArrayList<>();
  private final Map<Long, Kept> snapshots = new TreeMap<>();
  private long lastSnapshot;
  private boolean awake;

  /** What is to be kept, in its order. */
  sealed interface Item {
    /** A line of the history. */
    record OfHistory(String line) implements Item {}

    /** A snapshot that somebody has named. */
    record Named(StoredSnapshot what, WorldSnapshot snapshot) implements Item {}

    /** Where the next start goes on. */
    record Start(StoredSnapshot what, WorldSnapshot snapshot) implements Item {}

    /** A name is taken away. */
    record Unnamed(String name) implements Item {}
  }

  /** A snapshot that is kept. */
  record Kept(StoredSnapshot what, Packed packed) {
    /** Takes the time of packing. */
    static Kept of(StoredSnapshot what, WorldSnapshot snapshot) {
      return new Kept(what, Packed.of(snapshot.bytes()));
    }
  }

  /**
   * @param wake tells the actor that something waits
   */
  ActorLedger(Runnable wake) {
    this.wake = wake;
  }

  // From the world

  @Override
  public void append(long world, String line) {
    append(new Item.OfHistory(line));
  }

  @Override
  public void append(long world, StoredSnapshot what, WorldSnapshot snapshot) {
    append(what.start() ? new Item.Start(what, snapshot) : new Item.Named(what, snapshot));
  }

  private void append(Item item) {
    boolean sleeps;
    synchronized (this) {
      queue.add(item);
      durability.took();
      sleeps = !awake;
      awake = true;
    }
    if (sleeps) {
      wake.run();
    }
  }

  @Override
  public synchronized long nextSnapshot() {
    return ++lastSnapshot;
  }

  @Override
  public synchronized List<StoredSnapshot> snapshots(long world) {
    return snapshots.values().stream().map(Kept::what).toList();
  }

  @Override
  public Optional<WorldSnapshot> snapshot(long world, long number) {
    Kept kept;
    synchronized (this) {
      kept = snapshots.get(number);
    }
    return kept == null
        ? Optional.empty()
        : kept.packed().plain().map(bytes -> new WorldSnapshot(kept.what().time(), bytes));
  }

  @Override
  public boolean unname(long world, String name) {
    synchronized (this) {
      if (snapshots.values().stream().noneMatch(kept -> name.equals(kept.what().name()))) {
        return false;
      }
    }
    append(new Item.Unnamed(name));
    durability.sync();
    return true;
  }

  @Override
  public Durability durability() {
    return durability;
  }

  // From the actor

  /** What waits, up to a start; when there is nothing the actor is told of the next thing. */
  synchronized List<Item> take() {
    List<Item> taken = new ArrayList<>();
    for (Item item : queue) {
      taken.add(item);
      if (item instanceof Item.Start) {
        break;
      }
    }
    queue.subList(0, taken.size()).clear();
    awake = !taken.isEmpty();
    return taken;
  }

  /** A snapshot is kept; it takes its name from an older one. */
  synchronized void has(Kept kept) {
    String name = kept.what().name();
    if (name != null) {
      forget(name);
    }
    snapshots.put(kept.what().number(), kept);
    lastSnapshot = Math.max(lastSnapshot, kept.what().number());
  }

  /** The history may name it until the next start. */
  synchronized void forget(String name) {
    snapshots.replaceAll((number, kept) ->
        name.equals(kept.what().name()) ? new Kept(kept.what().unnamed(), kept.packed()) : kept);
  }

  /** Nobody wants what waits, and nothing follows from it. */
  synchronized void drop() {
    queue.clear();
    durability.drop();
  }

  /** Those of a world that is gone. */
  synchronized void forgetSnapshots() {
    snapshots.clear();
  }

  /** Those that a start takes along: what has no name is needed no more. */
  synchronized List<Kept> named() {
    snapshots.values().removeIf(kept -> kept.what().name() == null);
    return List.copyOf(snapshots.values());
  }
}
