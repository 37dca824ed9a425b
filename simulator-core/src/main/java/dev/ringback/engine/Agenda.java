package dev.ringback.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What is to happen when: by time, and at the same time in the order in which it was entered. */
final class Agenda {
  private static final Comparator<Item> ORDER =
      Comparator.comparing(Item::due).thenComparingLong(Item::order);

  private final PriorityQueue<Item> items = new PriorityQueue<>(ORDER);
  private long order;

  /**
   * Something that is due at some time.
   *
   * @param call whose it is; once that call is over the item is void
   */
  record Item(Instant due, long order, LiveCall call, Runnable task) {}

  /** Takes a place in the order for something whose time is not known yet. */
  long reserve() {
    return ++order;
  }

  void enter(Instant due, LiveCall call, Runnable task) {
    enter(due, reserve(), call, task);
  }

  void enter(Instant due, long reserved, LiveCall call, Runnable task) {
    items.add(new Item(due, reserved, call, task));
  }

  @Nullable Item takeDue(Instant now) {
    Item first = first();
    return first != null && !first.due().isAfter(now) ? items.poll() : null;
  }

  @Nullable Instant nextDue() {
    Item first = first();
    return first == null ? null : first.due();
  }

  private @Nullable Item first() {
    Item first = items.peek();
    while (first != null && first.call().over()) {
      items.poll();
      first = items.peek();
    }
    return first;
  }

  void clear() {
    items.clear();
  }
}
