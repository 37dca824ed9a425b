package dev.ringback.cluster;

import dev.ringback.state.StateProblem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whether a cluster is formed on a database: each node of one holds an advisory lock of
 * PostgreSQL's, which ends with its connection, and who would form one holds it alone.
 */
final class Presence implements AutoCloseable {
  private static final long LOCK = 0x52696E68L;

  private final Connection connection;

  private Presence(Connection connection) {
    this.connection = connection;
  }

  /**
   * @throws StateProblem when the database cannot be reached
   */
  static Presence in(String url) throws StateProblem {
    try {
      return new Presence(DriverManager.getConnection(url));
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  private static StateProblem unusable(SQLException e) {
    return new StateProblem("the database cannot be used: " + e.getMessage());
  }

  /** Whether there is no cluster; then nobody else forms one until {@link #joined}. */
  boolean mayForm() throws StateProblem {
    try (Statement statement = connection.createStatement();
        ResultSet free = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
      return free.next() && free.getBoolean(1);
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  /**
   * There is a cluster, and this node is part of it.
   *
   * @param formed whether by this node
   */
  void joined(boolean formed) throws StateProblem {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_lock_shared(" + LOCK + ")");
      if (formed) {
        statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
      }
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // Then it is closed.
    }
  }
}
