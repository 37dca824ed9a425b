package dev.ringback.state;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The SQLite file of a state: worlds, and of each the lines of its history, so many to a row as
 * were written at once. Each row has a checksum of its own.
 */
final class Database implements AutoCloseable {
  /** "Ring": of files that are ours. */
  private static final int APPLICATION = 0x52696E67;

  /** Of the tables below. */
  private static final int VERSION = 1;

  private final Path file;
  private final Connection connection;

  private Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** The file in that folder. */
  static Path in(Path folder) {
    return folder.resolve("ringback.db");
  }

  static Database open(Path folder) throws StateProblem {
    return openFile(in(folder));
  }

  /** As it is, whatever is in it. */
  static Database openDamaged(Path file) throws StateProblem {
    try {
      return new Database(file, DriverManager.getConnection("jdbc:sqlite:" + file));
    } catch (SQLException e) {
      throw new StateProblem("nothing of %s can be read: %s".formatted(file, e.getMessage()));
    }
  }

  static Database openFile(Path file) throws StateProblem {
    Connection connection = null;
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      Database database = new Database(file, connection);
      database.prepare();
      return database;
    } catch (SQLException e) {
      close(connection);
      throw new StateProblem(
          "%s cannot be used: %s; `ringback state repair --state %s` saves what can be saved, another --state begins anew"
              .formatted(file, e.getMessage(), file.getParent()));
    } catch (StateProblem e) {
      close(connection);
      throw e;
    }
  }

  private static void close(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // It was not used.
    }
  }

  private void prepare() throws SQLException, StateProblem {
    try (Statement statement = connection.createStatement()) {
      int application = number(statement, "PRAGMA application_id");
      int version = number(statement, "PRAGMA user_version");
      boolean empty = number(statement, "SELECT count(*) FROM sqlite_schema") == 0;
      if (!empty && application != APPLICATION) {
        throw new StateProblem(file + " is no state of Ringback's; name another folder");
      }
      if (version > VERSION) {
        throw new StateProblem(
            "%s was written by a newer Ringback (format %d, this one reads %d); use that one, or name another folder"
                .formatted(file, version, VERSION));
      }
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA application_id = " + APPLICATION);
      statement.execute("PRAGMA user_version = " + VERSION);
      statement.execute(
          "CREATE TABLE IF NOT EXISTS world (id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL UNIQUE, settings TEXT NOT NULL, checksum INTEGER NOT NULL)");
      statement.execute("CREATE TABLE IF NOT EXISTS tally (records INTEGER NOT NULL)");
      statement.execute("INSERT INTO tally SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM tally)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS history (world INTEGER NOT NULL, number INTEGER NOT NULL, lines BLOB NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (world, number))");
    }
  }

  /** How large the file may become, in its pages; for tests of a disk that is full. */
  synchronized void limit(int pages) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      number(statement, "PRAGMA max_page_count = " + pages);
    }
  }

  private static int number(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }

  /**
   * A world as it is written.
   *
   * @param settings JSON
   * @param whole whether it is what was written
   */
  record Stored(long id, String account, String settings, boolean whole) {}

  /** All worlds, in the order in which they began. */
  synchronized List<Stored> stored() throws StateProblem {
    List<Stored> worlds = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id, account, settings, checksum FROM world ORDER BY id")) {
      while (rows.next()) {
        String account = rows.getString(2);
        String settings = rows.getString(3);
        worlds.add(
            new Stored(
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
  List<Stored> worlds() throws StateProblem {
    List<Stored> worlds = stored();
    for (Stored world : worlds) {
      if (!world.whole()) {
        throw new StateProblem(
            "%s: the settings of the account %s are damaged; `ringback state repair` keeps the other accounts"
                .formatted(file, world.account()));
      }
    }
    return worlds;
  }

  synchronized long addWorld(String account, String settings) throws SQLException {
    transaction(() -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO world (account, settings, checksum) VALUES (?, ?, ?)")) {
        insert.setString(1, account);
        insert.setString(2, settings);
        insert.setLong(3, Checksum.of(account, settings));
        insert.executeUpdate();
      }
    });
    try (PreparedStatement select =
        connection.prepareStatement("SELECT id FROM world WHERE account = ?")) {
      select.setString(1, account);
      try (ResultSet row = select.executeQuery()) {
        return row.getLong(1);
      }
    }
  }

  synchronized void removeWorld(String account) throws SQLException {
    transaction(() -> {
      for (String statement :
          List.of(
              "DELETE FROM history WHERE world = (SELECT id FROM world WHERE account = ?)",
              "DELETE FROM world WHERE account = ?")) {
        try (PreparedStatement delete = connection.prepareStatement(statement)) {
          delete.setString(1, account);
          delete.executeUpdate();
        }
      }
    });
  }

  /** Removes all worlds. */
  synchronized void clear() throws SQLException {
    transaction(() -> {
      try (Statement delete = connection.createStatement()) {
        delete.execute("DELETE FROM history");
        delete.execute("DELETE FROM world");
      }
    });
  }

  /**
   * A record that is to be written.
   *
   * @param lines some, each with its end
   */
  record Entry(long world, String lines) {}

  /** Writes records, all or none. */
  synchronized void add(List<Entry> records) throws SQLException {
    transaction(() -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO history (world, number, lines, checksum) VALUES (?, ?, ?, ?)")) {
        Map<Long, Long> numbers = new HashMap<>();
        for (Entry record : records) {
          byte[] lines = record.lines().getBytes(StandardCharsets.UTF_8);
          Long before = numbers.get(record.world());
          long number = (before == null ? last(record.world()) : before) + 1;
          numbers.put(record.world(), number);
          insert.setLong(1, record.world());
          insert.setLong(2, number);
          insert.setBytes(3, lines);
          insert.setLong(4, Checksum.of(number, lines));
          insert.executeUpdate();
        }
      }
    });
  }

  /** The number of a world's last record; they are without a gap, so that none can be missing. */
  private long last(long world) throws SQLException {
    return number("SELECT max(number) FROM history WHERE world = ?", world);
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
    try (Statement statement = connection.createStatement()) {
      return number(statement, "SELECT records FROM tally");
    }
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
    return number("SELECT count(*) FROM history WHERE world = ?", world);
  }

  private long number(String query, long world) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query)) {
      select.setLong(1, world);
      try (ResultSet row = select.executeQuery()) {
        return row.getLong(1);
      }
    }
  }

  /** The lines of a world, in order, read as they are needed. */
  Iterator<Line> lines(long world) {
    Records records = new Records(world);
    Deque<String> lines = new ArrayDeque<>();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        while (lines.isEmpty() && records.hasNext()) {
          records.next().lines().forEach(lines::addLast);
        }
        return !lines.isEmpty();
      }

      @Override
      public Line next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return Line.read(lines.removeFirst());
      }
    };
  }

  /**
   * The records of a world, in order, read as they are needed: some lines each.
   *
   * <p>A {@link DamagedState} tells of one that is not what was written.
   */
  Iterator<String> records(long world) {
    return new Records(world);
  }

  private final class Records implements Iterator<String> {
    private final long world;
    private @Nullable String next;
    private long row;

    Records(long world) {
      this.world = world;
    }

    @Override
    public boolean hasNext() {
      if (next == null) {
        next = read();
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

    private @Nullable String read() {
      synchronized (Database.this) {
        try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT number, lines, checksum FROM history WHERE world = ? AND number > ? ORDER BY number LIMIT 1")) {
          select.setLong(1, world);
          select.setLong(2, row);
          try (ResultSet found = select.executeQuery()) {
            if (!found.next()) {
              return null;
            }
            if (found.getLong(1) != row + 1) {
              throw new DamagedState(row + 1, "it is missing");
            }
            row++;
            byte[] lines = found.getBytes(2);
            if (Checksum.of(row, lines) != found.getLong(3)) {
              throw new DamagedState(row, "its checksum is another");
            }
            return new String(lines, StandardCharsets.UTF_8);
          }
        } catch (SQLException e) {
          throw new DamagedState(row + 1, String.valueOf(e.getMessage()));
        }
      }
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }
}
