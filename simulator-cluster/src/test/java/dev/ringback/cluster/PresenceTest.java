package dev.ringback.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Who is there is known from the database, whatever becomes of connections. */
class PresenceTest {
  private static void execute(String database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aClusterIsFormedOnceThoughTheDatabaseWasAway() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      String database = postgres.getJdbcUrl("postgres", "postgres");
      Tables.make(database);
      try (Presence first = Presence.in(database, "http://node1:4010")) {
        assertTrue(first.mayForm());
        first.joined(true);
        try (Presence second = Presence.in(database, "http://node2:4010")) {
          assertFalse(second.mayForm(), "the first is there");
          second.joined(false);
        }
        // All connections end, as they do when the database is started again.
        execute(
            database,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
        try (Presence third = Presence.in(database, "http://node3:4010")) {
          assertFalse(third.mayForm(), "the first is there still");
        }
        await().atMost(20, SECONDS).until(() -> first.failure().isEmpty());
      }
      try (Presence alone = Presence.in(database, "http://node3:4010")) {
        assertTrue(alone.mayForm(), "all have left");
      }
      execute(database, "INSERT INTO ringback_node VALUES ('http://node9:4010', now())");
      try (Presence afterACrash = Presence.in(database, "http://node3:4010")) {
        assertTrue(afterACrash.mayForm(), "it is seen no more");
      }
    }
  }

  @Test
  void aDatabaseThatIsAwayIsSaid() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
    String database = postgres.getJdbcUrl("postgres", "postgres");
    Tables.make(database);
    try (Presence node = Presence.in(database, "http://node1:4010")) {
      node.joined(false);
      assertTrue(node.failure().isEmpty());
      postgres.close();
      await().atMost(30, SECONDS).until(() -> node.failure().isPresent());
      assertTrue(node.failure().orElse("").startsWith("the database cannot be used: "));
    }
  }
}
