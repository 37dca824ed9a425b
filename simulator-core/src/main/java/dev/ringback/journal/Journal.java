package dev.ringback.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The lines of a world, bounded: the oldest go when all together take too much memory. One thread
 * appends, any may read.
 */
public final class Journal {
  /** Bytes, by {@link Footprint}: enough for some thousand calls with answers of a few lines. */
  public static final long CAPACITY = 24L * 1024 * 1024;

  private Newest<JournalEntry> entries;
  private int generation;
  private final List<Consumer<JournalEntry>> subscribers = new CopyOnWriteArrayList<>();

  /**
   * @param capacity bytes, see {@link #CAPACITY}
   */
  public Journal(long capacity) {
    entries = new Newest<>(capacity, Footprint::of);
  }

  /**
   * @param entry its number follows that of the last one
   */
  public void append(JournalEntry entry) {
    synchronized (subscribers) {
      entries.add(entry);
    }
    for (Consumer<JournalEntry> subscriber : subscribers) {
      subscriber.accept(entry);
    }
  }

  /** Everything that it still has. */
  public List<JournalEntry> all() {
    synchronized (subscribers) {
      return entries.toList();
    }
  }

  /** Entries with a number above {@code after}, at most {@code limit}. */
  public List<JournalEntry> after(long after, int limit) {
    synchronized (subscribers) {
      int size = entries.size();
      if (size == 0) {
        return List.of();
      }
      long skipped = Math.clamp(after + 1 - entries.get(0).number(), 0, size);
      int end = (int) Math.min(size, skipped + limit);
      List<JournalEntry> found = new ArrayList<>(end - (int) skipped);
      for (int i = (int) skipped; i < end; i++) {
        found.add(entries.get(i));
      }
      return found;
    }
  }

  /** How many of the first are gone. */
  public long forgotten() {
    synchronized (subscribers) {
      return entries.forgotten();
    }
  }

  /** The number of the newest entry; 0 when there is none. */
  public long last() {
    synchronized (subscribers) {
      return entries.size() == 0 ? 0 : entries.get(entries.size() - 1).number();
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
    synchronized (subscribers) {
      entries.clear();
      generation++;
    }
  }

  /** What it has, to be snapshot; on the thread that appends. */
  public Newest<JournalEntry> kept() {
    return entries;
  }

  /** Has from now on what a snapshot had; subscribers stay. On the thread that appends. */
  public void restore(Newest<JournalEntry> kept) {
    synchronized (subscribers) {
      entries = kept;
      generation++;
    }
  }

  /** How often it was cleared or restored. */
  public int generation() {
    synchronized (subscribers) {
      return generation;
    }
  }
}
