package dev.ringback.state;

import dev.ringback.engine.WorldSnapshot;
import java.util.List;
import java.util.Optional;

/** Where lines and snapshots are kept, in the order in which they come. */
public interface Ledger {
  /**
   * Takes a line; it will be written soon.
   *
   * @param line JSON
   */
  void append(long world, String line);

  /** Takes a snapshot, behind the lines before it; it will be written soon. */
  void append(long world, StoredSnapshot what, WorldSnapshot snapshot);

  /** A number that no snapshot has. */
  long nextSnapshot();

  /**
   * The snapshots of a world that are kept, the oldest first.
   *
   * @throws StateUnavailable when they cannot be read
   */
  List<StoredSnapshot> snapshots(long world);

  /**
   * The bytes of one of them; empty: it is gone.
   *
   * @throws StateUnavailable when it cannot be read
   */
  Optional<WorldSnapshot> snapshot(long world, long number);

  /**
   * Takes a name of a snapshot away; false: there is no such one.
   *
   * @throws StateUnavailable when it cannot be written
   */
  boolean unname(long world, String name);

  /** How far what was taken is kept. */
  Durability durability();
}
