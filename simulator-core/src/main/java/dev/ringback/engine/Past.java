package dev.ringback.engine;

import java.time.Duration;
import java.util.Iterator;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What a world has lived through, read from its history in order. */
public final class Past {
  private final Iterator<History.Entry> entries;
  private final LongConsumer requests;
  private final Duration patience;
  private History.@Nullable Entry next;

  /**
   * @param entries from the first on
   * @param requests lets a request of that number be fulfilled again, on another thread and in the
   *     name of an {@link Origin} of the same number; it is asked once for each
   * @param patience how long on the wall a request may take until it does what it did
   */
  public Past(Iterator<History.Entry> entries, LongConsumer requests, Duration patience) {
    this.entries = entries;
    this.requests = requests;
    this.patience = patience;
  }

  LongConsumer requests() {
    return requests;
  }

  Duration patience() {
    return patience;
  }

  private History.@Nullable Entry peek() {
    if (next == null && entries.hasNext()) {
      next = entries.next();
    }
    return next;
  }

  /** The next entry; null: that was all. */
  History.@Nullable Entry take() {
    History.Entry taken = peek();
    next = null;
    return taken;
  }

  /** How the world's time begins here; null: the past is over. */
  WorldInput.@Nullable Began began() {
    History.Entry entry = peek();
    if (entry == null) {
      return null;
    }
    if (entry.input() instanceof WorldInput.Began began) {
      take();
      return began;
    }
    throw new HistoryBroken("the world's time begins, and the history says " + entry);
  }
}
