package dev.ringback.state;

import java.util.List;
import java.util.Optional;

/** Where lines and snapshots go to the disk, in the order in which they come. */
interface Ledger {
  /** Takes a line; it will be written soon. */
  void append(long world, Line line);

  /** Takes a snapshot; it will be written soon. */
  void append(Database.Taken snapshot);

  /** A number that no snapshot has. */
  long nextSnapshot();

  /**
   * The snapshots of a world that are on the disk, the oldest first.
   *
   * @throws StateUnavailable when they cannot be read
   */
  List<SnapshotTable.Row> snapshots(long world);

  /**
   * @throws StateUnavailable when it cannot be read
   */
  Optional<SnapshotTable.Row> snapshot(long number);

  /**
   * Takes a name of a snapshot away; false: there is no such one.
   *
   * @throws StateUnavailable when it cannot be written
   */
  boolean unname(long world, String name);

  /**
   * Waits until all that was taken so far is on the disk.
   *
   * @throws StateUnavailable when it cannot be written
   */
  void sync();

  /** Does something when all that was taken so far is on the disk; in order. */
  void whenDurable(Runnable task);
}
