package dev.ringback.state;

import dev.ringback.engine.WorldSnapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The snapshots in the SQLite file of a state; whoever calls holds the {@link Database}. */
final class SnapshotTable {
  private final Connection connection;

  SnapshotTable(Connection connection) {
    this.connection = connection;
  }

  /**
   * A snapshot as it is written.
   *
   * @param after the last record of the history before it
   * @param packed its bytes
   */
  record Row(StoredSnapshot what, long after, Packed packed) {
    long checksum() {
      return Checksum.of(what + " " + after, packed.bytes());
    }

    /** Empty: its bytes cannot be read. */
    Optional<WorldSnapshot> snapshot() {
      return packed.plain().map(bytes -> new WorldSnapshot(what.time(), bytes));
    }
  }

  void prepare() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS snapshot (number INTEGER PRIMARY KEY, world INTEGER NOT NULL, name TEXT, start INTEGER NOT NULL, build TEXT NOT NULL, time TEXT NOT NULL, taken TEXT NOT NULL, requests INTEGER NOT NULL, size INTEGER NOT NULL, after INTEGER NOT NULL, bytes BLOB NOT NULL, checksum INTEGER NOT NULL)");
      statement.execute("CREATE INDEX IF NOT EXISTS snapshot_world ON snapshot (world)");
    }
  }

  /** Adds one; it takes its name from an older one, and a start makes older ones needless. */
  void add(long world, Row row) throws SQLException {
    if (row.what().name() != null) {
      unname(world, row.what().name());
    }
    put(world, row);
    if (row.what().start()) {
      Sql.run(
          connection,
          "DELETE FROM snapshot WHERE world = ? AND name IS NULL AND number < ?",
          world,
          row.what().number());
    }
  }

  void put(long world, Row row) throws SQLException {
    StoredSnapshot what = row.what();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO snapshot (number, world, name, start, build, time, taken, requests, size, after, bytes, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, what.number());
      insert.setLong(2, world);
      insert.setString(3, what.name());
      insert.setBoolean(4, what.start());
      insert.setString(5, what.build());
      insert.setString(6, what.time().toString());
      insert.setString(7, what.taken().toString());
      insert.setLong(8, what.requests());
      insert.setInt(9, what.size());
      insert.setLong(10, row.after());
      insert.setBytes(11, row.packed().bytes());
      insert.setLong(12, row.checksum());
      insert.executeUpdate();
    }
  }

  /** Takes a name away; the history may name its number until the next start is written. */
  boolean unname(long world, String name) throws SQLException {
    List<Row> named = rows("world = ? AND name = ?", world, name);
    for (Row row : named) {
      put(world, new Row(row.what().unnamed(), row.after(), row.packed()));
    }
    return !named.isEmpty();
  }

  /** The last number that was given to any. */
  long lastNumber() throws SQLException {
    return Sql.number(connection, "SELECT max(number) FROM snapshot");
  }

  /** Those of a world that are what was written, the oldest first. */
  List<Row> of(long world) throws SQLException {
    return rows("world = ?", world);
  }

  /** One that is what was written. */
  Optional<Row> find(long number) throws SQLException {
    return rows("number = ?", number).stream().findFirst();
  }

  private List<Row> rows(String condition, Object... parameters) throws SQLException {
    List<Row> found = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT number, name, start, build, time, taken, requests, size, after, bytes, checksum FROM snapshot WHERE "
                + condition
                + " ORDER BY number")) {
      for (int i = 0; i < parameters.length; i++) {
        select.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          read(rows).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  /** Empty: it is not what was written. */
  private static Optional<Row> read(ResultSet rows) throws SQLException {
    try {
      Row row =
          new Row(
              new StoredSnapshot(
                  rows.getLong(1),
                  rows.getString(2),
                  rows.getBoolean(3),
                  new StoredSnapshot.Moment(
                      rows.getString(4),
                      Instant.parse(rows.getString(5)),
                      Instant.parse(rows.getString(6))),
                  rows.getLong(7),
                  rows.getInt(8)),
              rows.getLong(9),
              Packed.read(rows.getBytes(10)));
      return row.checksum() == rows.getLong(11) ? Optional.of(row) : Optional.empty();
    } catch (DateTimeParseException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
