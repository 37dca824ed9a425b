package dev.ringback.state;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
      synchronized (database) {
        next = record(row);
      }
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

  /**
   * The first record after that one; null: there is none.
   *
   * @throws DamagedState when the next one is missing, or is not what was written
   */
  private @Nullable String record(long after) {
    try (PreparedStatement select =
        database
            .connection()
            .prepareStatement(
                "SELECT number, lines, checksum FROM history WHERE world = ? AND number > ? ORDER BY number LIMIT 1")) {
      select.setLong(1, world);
      select.setLong(2, after);
      try (ResultSet found = select.executeQuery()) {
        if (!found.next()) {
          return null;
        }
        if (found.getLong(1) != after + 1) {
          throw new DamagedState(after + 1, "it is missing");
        }
        byte[] lines = found.getBytes(2);
        if (Checksum.of(after + 1, lines) != found.getLong(3)) {
          throw new DamagedState(after + 1, "its checksum is another");
        }
        return new String(lines, StandardCharsets.UTF_8);
      }
    } catch (SQLException e) {
      throw new DamagedState(after + 1, String.valueOf(e.getMessage()));
    }
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
