package dev.ringback.engine;

import dev.ringback.call.CallInput;
import dev.ringback.id.Sid;
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

  /** An input for a call that is due at some time. */
  record Item(Instant due, long order, Sid call, CallInput input) {}

  /** Takes a place in the order for something whose time is not known yet. */
  long reserve() {
    return ++order;
  }

  void enter(Instant due, Sid call, CallInput input) {
    enter(due, reserve(), call, input);
  }

  void enter(Instant due, long reserved, Sid call, CallInput input) {
    items.add(new Item(due, reserved, call, input));
  }

  @Nullable Item takeDue(Instant now) {
    Item first = items.peek();
    return first != null && !first.due().isAfter(now) ? items.poll() : null;
  }

  @Nullable Instant nextDue() {
    Item first = items.peek();
    return first == null ? null : first.due();
  }

  void clear() {
    items.clear();
  }
}
