package dev.ringback.state;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is kept of a world, in its order: records of its history, and snapshots in between. */
final class WholeWorld {
  private final Database database;
  private final long world;
  private final List<SnapshotTable.Row> snapshots;

  /** Hears of each. */
  interface Visitor {
    void record(String lines) throws SQLException;

    void snapshot(SnapshotTable.Row row) throws SQLException;
  }

  WholeWorld(Database database, long world) {
    this.database = database;
    this.world = world;
    this.snapshots = snapshots(database, world);
  }

  /** A damaged file may have none that can be read. */
  private static List<SnapshotTable.Row> snapshots(Database database, long world) {
    try {
      return database.snapshots(world);
    } catch (SQLException e) {
      return List.of();
    }
  }

  /** From the first that is kept. */
  void visit(Visitor visitor) throws SQLException {
    long first = database.first(world);
    List<SnapshotTable.Row> starts = snapshots.stream().filter(WholeWorld::isStart).toList();
    // What is missing at the beginning was dropped when there is a start, and otherwise lost.
    visit(starts.isEmpty() ? 0 : first == 0 ? starts.getLast().after() : first - 1, visitor);
  }

  private static boolean isStart(SnapshotTable.Row row) {
    return row.what().start();
  }

  private SnapshotTable.@Nullable Row lastStart() {
    return snapshots.reversed().stream()
        .filter(row -> isStart(row) && row.what().build().equals(Build.name()))
        .findFirst()
        .orElse(null);
  }

  /** The world's time when the next start of this build goes on; null: at its beginning. */
  @Nullable Instant start() {
    SnapshotTable.Row start = lastStart();
    return start == null ? null : start.what().time();
  }

  /** From where the next start of this build goes on. */
  void visitFromStart(Visitor visitor) throws SQLException {
    SnapshotTable.Row start = lastStart();
    visit(start == null ? 0 : start.after(), visitor);
  }

  private void visit(long after, Visitor visitor) throws SQLException {
    long number = after;
    Records records = new Records(database, world, after);
    for (SnapshotTable.Row row : snapshots) { // of what is gone, too
      if (row.after() <= after) {
        visitor.snapshot(row);
      }
    }
    while (records.hasNext()) {
      visitor.record(records.next());
      snapshots(visitor, ++number);
    }
  }

  private void snapshots(Visitor visitor, long after) throws SQLException {
    for (SnapshotTable.Row row : snapshots) {
      if (row.after() == after) {
        visitor.snapshot(row);
      }
    }
  }
}
