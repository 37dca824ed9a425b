package dev.ringback.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The lines of a world, bounded: the oldest go when there are too many. One thread appends, any may
 * read.
 */
public final class Journal {
  /** Enough for a thousand calls; more would only make the garbage collector work. */
  public static final int DEFAULT_CAPACITY = 60_000;

  private final int capacity;
  private final Deque<JournalEntry> entries = new ArrayDeque<>();
  private int generation;
  private final List<Consumer<JournalEntry>> subscribers = new CopyOnWriteArrayList<>();

  public Journal(int capacity) {
    this.capacity = capacity;
  }

  public void append(JournalEntry entry) {
    synchronized (entries) {
      if (entries.size() >= capacity) {
        entries.removeFirst();
      }
      entries.addLast(entry);
    }
    for (Consumer<JournalEntry> subscriber : subscribers) {
      subscriber.accept(entry);
    }
  }

  /** Entries with a number above {@code after}, at most {@code limit}. */
  public List<JournalEntry> after(long after, int limit) {
    List<JournalEntry> found = new ArrayList<>();
    synchronized (entries) {
      for (JournalEntry entry : entries) {
        if (entry.number() > after) {
          if (found.size() >= limit) {
            break;
          }
          found.add(entry);
        }
      }
    }
    return found;
  }

  /** The number of the newest entry; 0 when there is none. */
  public long last() {
    synchronized (entries) {
      return entries.isEmpty() ? 0 : entries.getLast().number();
    }
  }

  /**
   * Hears of every entry from now on, on the thread that appends; must not block.
   *
   * @return ends the subscription
   */
  public Runnable subscribe(Consumer<JournalEntry> subscriber) {
    subscribers.add(subscriber);
    return () -> subscribers.remove(subscriber);
  }

  /** Forgets everything; subscribers stay, and the numbers begin again. */
  public void clear() {
    synchronized (entries) {
      entries.clear();
      generation++;
    }
  }

  /** How often it was cleared. */
  public int generation() {
    synchronized (entries) {
      return generation;
    }
  }
}
