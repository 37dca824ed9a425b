package dev.ringback.state;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The SQLite file of a state: whether it is one, of which format, and how it is opened. */
final class StateFile {
  /** "Ring": of files that are ours. */
  private static final int APPLICATION = 0x52696E67;

  /** The first one with a census. */
  private static final int COUNTED = 2;

  /** Of the tables below. */
  private static final int VERSION = 2;

  private StateFile() {}

  /** The file in that folder. */
  static Path in(Path folder) {
    return folder.resolve("ringback.db");
  }

  /**
   * @param by what the connection goes through; for tests of a disk that fails
   */
  static Database open(Path folder, UnaryOperator<Connection> by) throws StateProblem {
    Path file = in(folder);
    Database whole = openFile(file);
    return new Database(file, by.apply(whole.connection()));
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
      prepare(database, file, connection);
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

  private static void prepare(Database database, Path file, Connection connection)
      throws SQLException, StateProblem {
    int application = (int) Sql.number(connection, "PRAGMA application_id");
    int version = (int) Sql.number(connection, "PRAGMA user_version");
    boolean empty = Sql.number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
    if (!empty && application != APPLICATION) {
      throw new StateProblem(file + " is no state of Ringback's; name another folder");
    }
    if (version > VERSION) {
      throw new StateProblem(
          "%s was written by a newer Ringback (format %d, this one reads %d); use that one, or name another folder"
              .formatted(file, version, VERSION));
    }
    Sql.run(connection, "PRAGMA journal_mode = WAL");
    Sql.run(connection, "PRAGMA synchronous = FULL");
    Sql.run(connection, "PRAGMA application_id = " + APPLICATION);
    database.prepare(empty || version < COUNTED, VERSION);
  }
}
