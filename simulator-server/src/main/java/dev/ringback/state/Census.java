package dev.ringback.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much there should be of each world, written with what it counts: so that what is missing is
 * missed. Whoever calls holds the {@link Database}.
 */
final class Census {
  /** In place of a world: whether the first one is lost, and another is to take its place. */
  private static final int FIRST_LOST = -1_000_001;

  /** In place of a world: the last batch that was written. */
  private static final int BATCH = -1_000_002;

  /** In place of a world: how many of them there are. */
  private static final int ALL = -1_000_000;

  private final Connection connection;

  Census(Connection connection) {
    this.connection = connection;
  }

  void prepare() throws SQLException {
    Sql.run(
        connection,
        "CREATE TABLE IF NOT EXISTS census (world INTEGER PRIMARY KEY, last INTEGER NOT NULL, named INTEGER NOT NULL)");
  }

  /** The file has not counted before: what is there is what there should be. */
  void begin() throws SQLException {
    Sql.run(connection, "INSERT OR REPLACE INTO census SELECT id, 0, 0 FROM world");
    Sql.run(
        connection,
        "UPDATE census SET last = coalesce((SELECT max(number) FROM history WHERE world = census.world), 0)");
    countWorlds();
  }

  /** A world has begun or is gone. */
  void countWorlds() throws SQLException {
    Sql.run(connection, "INSERT OR IGNORE INTO census SELECT id, 0, 0 FROM world");
    Sql.run(
        connection,
        "DELETE FROM census WHERE world > -1000000 AND world NOT IN (SELECT id FROM world)");
    Sql.run(
        connection,
        "INSERT OR REPLACE INTO census VALUES (?, (SELECT count(*) FROM world), 0)",
        ALL);
  }

  /**
   * Something of a world was written.
   *
   * @param last its last record
   */
  void count(long world, long last) throws SQLException {
    Sql.run(
        connection,
        "INSERT OR REPLACE INTO census VALUES (?, ?, (SELECT count(*) FROM snapshot WHERE world = ? AND name IS NOT NULL))",
        world,
        last,
        world);
  }

  /** A name of a snapshot was taken away. */
  void countNames(long world) throws SQLException {
    count(world, Sql.number(connection, "SELECT last FROM census WHERE world = ?", world));
  }

  /** Which batch of this start was written last. */
  void writes(long batch) throws SQLException {
    Sql.run(connection, "INSERT OR REPLACE INTO census VALUES (?, ?, 0)", BATCH, batch);
  }

  long lastBatch() throws SQLException {
    return Sql.number(connection, "SELECT last FROM census WHERE world = ?", BATCH);
  }

  void firstIsLost(boolean lost) throws SQLException {
    Sql.run(connection, "INSERT OR REPLACE INTO census VALUES (?, ?, 0)", FIRST_LOST, lost ? 1 : 0);
  }

  boolean isFirstLost() throws SQLException {
    return Sql.number(connection, "SELECT last FROM census WHERE world = ?", FIRST_LOST) > 0;
  }

  /** The number of a world's last record. */
  long last(long world) throws SQLException {
    return Math.max(
        Sql.number(connection, "SELECT max(number) FROM history WHERE world = ?", world),
        Sql.number(connection, "SELECT max(after) FROM snapshot WHERE world = ?", world));
  }

  /** What is missing, a sentence each. */
  List<String> missing(List<StoredWorld> worlds, SnapshotTable snapshots) throws SQLException {
    List<String> missing = new ArrayList<>();
    long all = Sql.number(connection, "SELECT last FROM census WHERE world = ?", ALL);
    if (all != worlds.size()) {
      missing.add("there were %d account(s), and there are %d".formatted(all, worlds.size()));
    }
    for (StoredWorld world : worlds) {
      String account = "account " + world.account();
      long last = Sql.number(connection, "SELECT last FROM census WHERE world = ?", world.id());
      if (last(world.id()) < last) {
        missing.add(
            "%s: its end is missing, of %d records the last are gone".formatted(account, last));
      }
      long named = Sql.number(connection, "SELECT named FROM census WHERE world = ?", world.id());
      List<String> whole =
          snapshots.of(world.id()).stream()
              .flatMap(row -> Stream.ofNullable(row.what().name()))
              .toList();
      if (whole.size() != named) {
        missing.add(
            "%s: of %d snapshots with a name %d are whole%s"
                .formatted(
                    account,
                    named,
                    whole.size(),
                    whole.isEmpty() ? "" : ": " + String.join(", ", whole)));
      }
    }
    return missing;
  }
}
