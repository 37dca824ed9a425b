package dev.ringback.state;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The SQLite file of a state: worlds, and of each the lines of its history, so many to a row as
 * were written at once. Each row has a checksum of its own.
 */
final class Database implements AutoCloseable {
  /** In place of a world: there is none. */
  private static final long NONE = Long.MIN_VALUE;

  /**
   * Bytes of a world's history: of more, what was before its last start is dropped. Until then it
   * is kept, because another build cannot read snapshots.
   */
  private static final long MOST_HISTORY = 256L * 1024 * 1024;

  private final Path file;
  private final Connection connection;
  private final SnapshotTable snapshots;
  private final Census census;
  private long mostHistory = MOST_HISTORY;

  Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
    this.snapshots = new SnapshotTable(connection);
    this.census = new Census(connection);
  }

  /**
   * Makes the tables that are missing.
   *
   * @param anew whether the file has not counted before
   * @param version of the tables
   */
  void prepare(boolean anew, int version) throws SQLException {
    for (String table :
        List.of(
            "CREATE TABLE IF NOT EXISTS world (id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL UNIQUE, settings TEXT NOT NULL, checksum INTEGER NOT NULL)",
            "CREATE TABLE IF NOT EXISTS tally (records INTEGER NOT NULL)",
            "INSERT INTO tally SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM tally)",
            "CREATE TABLE IF NOT EXISTS history (world INTEGER NOT NULL, number INTEGER NOT NULL, lines BLOB NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (world, number))")) {
      Sql.run(connection, table);
    }
    snapshots.prepare();
    census.prepare();
    if (anew) {
      transaction(() -> {
        census.begin();
        Sql.run(connection, "PRAGMA user_version = " + version);
      });
    }
  }

  /** For tests. */
  synchronized void limitHistory(long bytes) {
    mostHistory = bytes;
  }

  /** How large the file may become, in its pages; for tests of a disk that is full. */
  synchronized void limit(int pages) throws SQLException {
    Sql.number(connection, "PRAGMA max_page_count = " + pages);
  }

  /** All worlds, in the order in which they began. */
  synchronized List<StoredWorld> stored() throws StateProblem {
    List<StoredWorld> worlds = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id, account, settings, checksum FROM world ORDER BY id")) {
      while (rows.next()) {
        String account = rows.getString(2);
        String settings = rows.getString(3);
        worlds.add(
            new StoredWorld(
                rows.getLong(1),
                account,
                settings,
                Checksum.of(account, settings) == rows.getLong(4)));
      }
      return worlds;
    } catch (SQLException e) {
      throw new StateProblem(file + " cannot be read: " + e.getMessage());
    }
  }

  /** All worlds, when each is what was written. */
  List<StoredWorld> worlds() throws StateProblem {
    List<StoredWorld> worlds = stored();
    for (StoredWorld world : worlds) {
      if (!world.whole()) {
        throw new StateProblem(
            "%s: the settings of the account %s are damaged; `ringback state repair` keeps the other accounts"
                .formatted(file, world.account()));
      }
    }
    return worlds;
  }

  synchronized boolean hasCensus() throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'census'") > 0;
  }

  /** What is missing, a sentence each. */
  synchronized List<String> missing() throws StateProblem {
    try {
      return census.missing(stored(), snapshots);
    } catch (SQLException e) {
      return List.of("it cannot be counted: " + e.getMessage());
    }
  }

  /** The world that began first is lost: what begins next takes its place. */
  synchronized boolean isFirstLost() throws SQLException {
    return census.isFirstLost();
  }

  synchronized void firstIsLost() throws SQLException {
    transaction(() -> census.firstIsLost(true));
  }

  synchronized long addWorld(String account, String settings) throws SQLException {
    boolean there = idOf(account) != NONE;
    try {
      transaction(() -> {
        Sql.run(
            connection,
            "INSERT INTO world (id, account, settings, checksum) VALUES (CASE WHEN ? THEN (SELECT min(id) - 1 FROM world) END, ?, ?, ?)",
            census.isFirstLost(),
            account,
            settings,
            Checksum.of(account, settings));
        census.firstIsLost(false);
        census.countWorlds();
      });
    } catch (SQLException e) {
      if (there || idOf(account) == NONE) { // the answer alone can be lost, too
        throw e;
      }
    }
    return idOf(account);
  }

  private long idOf(String account) throws SQLException {
    return Sql.number(
        connection, "SELECT coalesce((SELECT id FROM world WHERE account = ?), ?)", account, NONE);
  }

  synchronized void removeWorld(String account) throws SQLException {
    transaction(() -> {
      for (String statement :
          List.of(
              "DELETE FROM history WHERE world = (SELECT id FROM world WHERE account = ?)",
              "DELETE FROM snapshot WHERE world = (SELECT id FROM world WHERE account = ?)",
              "DELETE FROM world WHERE account = ?")) {
        Sql.run(connection, statement, account);
      }
      census.countWorlds();
    });
  }

  /** Removes all worlds. */
  synchronized void clear() throws SQLException {
    transaction(() -> {
      Sql.run(connection, "DELETE FROM history");
      Sql.run(connection, "DELETE FROM snapshot");
      Sql.run(connection, "DELETE FROM world");
      census.countWorlds();
    });
  }

  /**
   * A record that is to be written.
   *
   * @param lines some, each with its end
   */
  record Entry(long world, String lines) implements Part {}

  /** A snapshot that is to be written, behind the records before it. */
  record Taken(long world, StoredSnapshot what, Packed packed) implements Part {}

  /** What is to be written. */
  sealed interface Part permits Entry, Taken {
    long world();
  }

  /** Writes records and snapshots, all or none. */
  void add(List<? extends Part> parts) throws SQLException {
    add(parts, 0);
  }

  /** Whether that batch is there, whatever the answer to it was. */
  synchronized boolean has(long batch) {
    try {
      return census.lastBatch() == batch;
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * @param batch a number that no other has had since the start
   */
  synchronized void add(List<? extends Part> parts, long batch) throws SQLException {
    transaction(() -> {
      census.writes(batch);
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO history (world, number, lines, checksum) VALUES (?, ?, ?, ?)")) {
        Map<Long, Long> numbers = new HashMap<>();
        for (Part part : parts) {
          Long known = numbers.get(part.world());
          long before = known == null ? census.last(part.world()) : known;
          if (part instanceof Taken taken) {
            snapshots.add(
                taken.world(), new SnapshotTable.Row(taken.what(), before, taken.packed()));
            compact(taken, before);
            continue;
          }
          byte[] lines = ((Entry) part).lines().getBytes(StandardCharsets.UTF_8);
          long number = before + 1;
          numbers.put(part.world(), number);
          insert.setLong(1, part.world());
          insert.setLong(2, number);
          insert.setBytes(3, lines);
          insert.setLong(4, Checksum.of(number, lines));
          insert.executeUpdate();
        }
      }
      for (Part part : parts) {
        census.count(part.world(), census.last(part.world()));
      }
    });
  }

  /** A start makes what was before it needless, when that is long. */
  private void compact(Taken taken, long before) throws SQLException {
    if (taken.what().start()
        && Sql.number(
                connection, "SELECT sum(length(lines)) FROM history WHERE world = ?", taken.world())
            > mostHistory) {
      Sql.run(
          connection, "DELETE FROM history WHERE world = ? AND number <= ?", taken.world(), before);
    }
  }

  /** The number of a world's first record; 0: there is none. */
  synchronized long first(long world) throws SQLException {
    return Sql.number(connection, "SELECT min(number) FROM history WHERE world = ?", world);
  }

  /** The snapshots of a world that are what was written, the oldest first. */
  synchronized List<SnapshotTable.Row> snapshots(long world) throws SQLException {
    return snapshots.of(world);
  }

  synchronized Optional<SnapshotTable.Row> snapshot(long number) throws SQLException {
    return snapshots.find(number);
  }

  synchronized long lastSnapshot() throws SQLException {
    return snapshots.lastNumber();
  }

  /** For tests. */
  synchronized void replace(long world, SnapshotTable.Row row) throws SQLException {
    transaction(() -> snapshots.put(world, row));
  }

  /** Takes a name of a snapshot away; false: there is no such one. */
  synchronized boolean unname(long world, String name) throws SQLException {
    boolean[] found = new boolean[1];
    transaction(() -> {
      found[0] = snapshots.unname(world, name);
      census.countNames(world);
    });
    return found[0];
  }

  /** Something to be done wholly or not at all. */
  private interface Work {
    void run() throws SQLException;
  }

  private void transaction(Work work) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try {
        statement.execute("UPDATE tally SET records = records + 1");
        work.run();
        statement.execute("COMMIT");
      } catch (SQLException e) {
        rollback(statement, e);
        throw e;
      }
    }
  }

  /** How often something was written. */
  synchronized long tally() throws SQLException {
    return Sql.number(connection, "SELECT records FROM tally");
  }

  /** When the disk is full SQLite has done it by itself. */
  private static void rollback(Statement statement, SQLException why) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }

  /** How many records of a world there are. */
  synchronized long count(long world) throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM history WHERE world = ?", world);
  }

  /** Whoever uses it holds this object. */
  Connection connection() {
    return connection;
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }
}
