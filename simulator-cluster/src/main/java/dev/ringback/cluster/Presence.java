package dev.ringback.cluster;

import dev.ringback.state.StateProblem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether a cluster is formed on a database: each node of one writes down every other second that
 * it is there, and who would form one finds nobody. Only one can look for that at a time: it holds
 * an advisory lock of PostgreSQL's.
 */
final class Presence implements AutoCloseable {
  private static final long LOCK = 0x52696E68L;

  private static final long HEARTBEAT_SECONDS = 2;

  /** A node that has not been seen for so long is not there, however short it was away. */
  private static final int GONE_SECONDS = 10;

  private final String database;
  private final String node;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("presence").factory());

  /** Of who looks, and later of the heart. */
  private @Nullable Connection connection;

  /** Why it cannot be written that this node is there; null: it can. */
  private volatile @Nullable String failure;

  private Presence(String database, String node) {
    this.database = database;
    this.node = node;
  }

  /**
   * @param database a JDBC URL
   * @param node where this one answers
   * @throws StateProblem when the database cannot be reached
   */
  static Presence in(String database, String node) throws StateProblem {
    Presence presence = new Presence(database, node);
    try {
      presence.connected();
      return presence;
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  private Connection connected() throws SQLException {
    Connection now = connection;
    if (now == null || !now.isValid(1)) {
      now = DriverManager.getConnection(database);
      connection = now;
    }
    return now;
  }

  private static StateProblem unusable(SQLException e) {
    return new StateProblem("the database cannot be used: " + e.getMessage());
  }

  /**
   * Whether there is no cluster; then nobody else forms one until {@link #joined}. Who was there a
   * moment ago is waited for: it may be about to say that it still is.
   */
  boolean mayForm() throws StateProblem {
    try (Statement statement = connected().createStatement()) {
      if (!isTrue(statement, "SELECT pg_try_advisory_lock(" + LOCK + ")")) {
        return false;
      }
      String others =
          "SELECT coalesce(bool_or(seen > now() - interval '%d seconds'), false) FROM ringback_node WHERE url <> '%s'"
              .formatted(GONE_SECONDS, node.replace("'", "''"));
      for (int second = 0; second < GONE_SECONDS; second++) {
        if (!isTrue(statement, others)) {
          return true;
        }
        statement.execute("SELECT pg_sleep(1)");
      }
      boolean free = !isTrue(statement, others);
      if (!free) {
        statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
      }
      return free;
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  private static boolean isTrue(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      return result.next() && result.getBoolean(1);
    }
  }

  /**
   * There is a cluster, and this node is part of it.
   *
   * @param formed whether by this node
   */
  void joined(boolean formed) throws StateProblem {
    try {
      seen();
      if (formed) {
        try (Statement statement = connected().createStatement()) {
          statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
        }
      }
    } catch (SQLException e) {
      throw unusable(e);
    }
    var unused =
        heart.scheduleWithFixedDelay(
            this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
  }

  private void beat() {
    try {
      seen();
      if (failure != null) {
        System.err.println("ringback: the database is back");
      }
      failure = null;
    } catch (SQLException e) {
      if (failure == null) { // libraries would say so again and again
        System.err.println("ringback: the database cannot be used: " + e.getMessage());
      }
      connection = null;
      failure = e.getMessage();
    }
  }

  private void seen() throws SQLException {
    try (PreparedStatement seen =
        connected()
            .prepareStatement(
                "INSERT INTO ringback_node (url, seen) VALUES (?, now()) ON CONFLICT (url) DO UPDATE SET seen = now()")) {
      seen.setString(1, node);
      seen.execute();
    }
  }

  /** Why the database cannot be used just now; empty: it can. */
  Optional<String> failure() {
    return Optional.ofNullable(failure).map(why -> "the database cannot be used: " + why);
  }

  /** It has left. */
  @Override
  public void close() {
    heart.shutdownNow();
    try (Connection last = connected();
        PreparedStatement gone = last.prepareStatement("DELETE FROM ringback_node WHERE url = ?")) {
      gone.setString(1, node);
      gone.execute();
    } catch (SQLException e) {
      // Then it is seen no more.
    }
  }
}
