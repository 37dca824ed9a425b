package dev.ringback.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a world has lived through, read from its history in order. */
public final class Past {
  /** Entries that are read before their turn, so that requests can be on their way. */
  private static final int AHEAD = 256;

  private final Iterator<History.Entry> entries;
  private final Requests requests;
  private final Duration patience;
  private final Snapshots snapshots;
  private final Deque<History.Entry> next = new ArrayDeque<>();
  private final Set<Long> begun = new HashSet<>();

  /** The requests that a history names by their numbers. */
  public interface Requests {
    /**
     * Lets a request be fulfilled again, on another thread and in the name of an {@link Origin} of
     * the same number; it is asked once for each.
     */
    void again(long number);

    /**
     * Whether it may come before its turn: it is there to change something, so that even what it
     * looks at waits for its turn.
     */
    boolean mayComeEarly(long number);
  }

  /** The snapshots that it begins with, and that a history names by their numbers. */
  public interface Snapshots {
    /** There are none. */
    Snapshots NONE =
        new Snapshots() {
          @Override
          public @Nullable WorldSnapshot first() {
            return null;
          }

          @Override
          public WorldSnapshot of(long number) {
            throw new HistoryBroken("snapshot %d is missing".formatted(number));
          }
        };

    /** From which the entries go on; null: they begin with the world. */
    @Nullable WorldSnapshot first();

    /**
     * @throws HistoryBroken when it is gone
     */
    WorldSnapshot of(long number);
  }

  /**
   * @param entries from the first on
   * @param patience how long on the wall a request may take until it does what it did
   */
  public Past(
      Iterator<History.Entry> entries, Requests requests, Duration patience, Snapshots snapshots) {
    this.entries = entries;
    this.requests = requests;
    this.patience = patience;
    this.snapshots = snapshots;
  }

  Snapshots snapshots() {
    return snapshots;
  }

  Duration patience() {
    return patience;
  }

  private void readAhead() {
    while (next.size() < AHEAD && entries.hasNext()) {
      History.Entry entry = entries.next();
      next.addLast(entry);
      if (entry.input() instanceof WorldInput.Submitted submitted
          && !begun.contains(submitted.origin())
          && requests.mayComeEarly(submitted.origin())) {
        begin(submitted.origin());
      }
    }
  }

  /** Lets a request come, unless it has. */
  void begin(long origin) {
    if (begun.add(origin)) {
      requests.again(origin);
    }
  }

  /** The next entry; null: that was all. */
  History.@Nullable Entry take() {
    if (next.size() <= AHEAD / 2) {
      readAhead();
    }
    return next.pollFirst();
  }

  /** How the world's time begins here; null: the past is over. */
  WorldInput.@Nullable Began began() {
    if (next.isEmpty() && entries.hasNext()) {
      next.addLast(entries.next()); // nobody serves requests before the world is there
    }
    History.Entry entry = next.peekFirst();
    if (entry == null) {
      return null;
    }
    if (entry.input() instanceof WorldInput.Began began) {
      next.removeFirst();
      return began;
    }
    throw new HistoryBroken("the world's time begins, and the history says " + entry);
  }
}
