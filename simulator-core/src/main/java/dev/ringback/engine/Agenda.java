package dev.ringback.engine;

import java.io.Serializable;
import java.time.Instant;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is to happen when: by time, and at the same time in the order in which it was entered. */
final class Agenda {
  private final TreeSet<Item> items = new TreeSet<>();
  private long order;

  /**
   * Something that is due at some time.
   *
   * @param owner whose it is; null: the account as a whole
   */
  record Item(Instant due, long order, @Nullable Requester owner, Task task)
      implements Comparable<Item> {
    @Override
    public int compareTo(Item other) {
      int byTime = due.compareTo(other.due);
      return byTime == 0 ? Long.compare(order, other.order) : byTime;
    }
  }

  /** What is done then. */
  interface Task extends Runnable, Serializable {}

  /** Takes a place in the order for something whose time is not known yet. */
  long reserve() {
    return ++order;
  }

  /** Something of the account as a whole. */
  void enter(Instant due, Task task) {
    items.add(new Item(due, reserve(), null, task));
  }

  void enter(Instant due, Requester owner, Task task) {
    enter(due, reserve(), owner, task);
  }

  void enter(Instant due, long reserved, Requester owner, Task task) {
    Item item = new Item(due, reserved, owner, task);
    items.add(item);
    owner.agenda.add(item);
  }

  @Nullable Item takeDue(Instant now) {
    if (items.isEmpty() || items.first().due().isAfter(now)) {
      return null;
    }
    Item item = items.pollFirst();
    if (item.owner() != null) {
      item.owner().agenda.remove(item);
    }
    return item;
  }

  @Nullable Instant nextDue() {
    return items.isEmpty() ? null : items.first().due();
  }

  /** Takes off whatever is left of a call that is over. */
  void forget(Requester owner) {
    owner.agenda.forEach(items::remove);
    owner.agenda.clear();
  }
}
