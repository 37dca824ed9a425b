package dev.ringback.state;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The records of a world in order, read as they are needed: some lines each.
 *
 * <p>A {@link DamagedState} tells of one that is not what was written.
 */
final class Records implements Iterator<String> {
  private final Database database;
  private final long world;
  private @Nullable String next;
  private long row;

  /**
   * @param after the record before the first one; 0: there is none
   */
  Records(Database database, long world, long after) {
    this.database = database;
    this.world = world;
    this.row = after;
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      next = database.record(world, row);
      row += next == null ? 0 : 1;
    }
    return next != null;
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    String record = Objects.requireNonNull(next);
    next = null;
    return record;
  }

  /** The lines in them. */
  Iterator<String> lines() {
    Deque<String> lines = new ArrayDeque<>();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        while (lines.isEmpty() && Records.this.hasNext()) {
          Records.this.next().lines().forEach(lines::addLast);
        }
        return !lines.isEmpty();
      }

      @Override
      public String next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return lines.removeFirst();
      }
    };
  }
}
