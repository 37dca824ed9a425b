package dev.ringback.cluster;

import dev.ringback.state.StateProblem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables that Pekko Persistence needs in PostgreSQL, made at the first start. */
final class Tables {
  /** So that nodes that start together do not make them twice. */
  private static final long LOCK = 0x52696E67L;

  private static final List<String> STATEMENTS =
      List.of(
          "CREATE TABLE IF NOT EXISTS event_journal (ordering BIGSERIAL, persistence_id VARCHAR(255) NOT NULL, sequence_number BIGINT NOT NULL, deleted BOOLEAN DEFAULT FALSE NOT NULL, writer VARCHAR(255) NOT NULL, write_timestamp BIGINT, adapter_manifest VARCHAR(255), event_ser_id INTEGER NOT NULL, event_ser_manifest VARCHAR(255) NOT NULL, event_payload BYTEA NOT NULL, meta_ser_id INTEGER, meta_ser_manifest VARCHAR(255), meta_payload BYTEA, PRIMARY KEY (persistence_id, sequence_number))",
          "CREATE UNIQUE INDEX IF NOT EXISTS event_journal_ordering_idx ON event_journal (ordering)",
          "CREATE TABLE IF NOT EXISTS event_tag (event_id BIGINT, tag VARCHAR(256), PRIMARY KEY (event_id, tag), CONSTRAINT fk_event_journal FOREIGN KEY (event_id) REFERENCES event_journal (ordering) ON DELETE CASCADE)",
          "CREATE TABLE IF NOT EXISTS snapshot (persistence_id VARCHAR(255) NOT NULL, sequence_number BIGINT NOT NULL, created BIGINT NOT NULL, snapshot_ser_id INTEGER NOT NULL, snapshot_ser_manifest VARCHAR(255) NOT NULL, snapshot_payload BYTEA NOT NULL, meta_ser_id INTEGER, meta_ser_manifest VARCHAR(255), meta_payload BYTEA, PRIMARY KEY (persistence_id, sequence_number))",
          "CREATE TABLE IF NOT EXISTS ringback_node (url VARCHAR(255) PRIMARY KEY, seen TIMESTAMPTZ NOT NULL)");

  private Tables() {}

  /**
   * @throws StateProblem when the database cannot be reached
   */
  static void make(String url) throws StateProblem {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      for (String table : STATEMENTS) {
        statement.execute(table);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new StateProblem("the database cannot be used: " + e.getMessage());
    }
  }
}
