package dev.ringback.state;

/** Where lines go to the disk, in the order in which they come. */
interface Ledger {
  /** Takes a line; it will be written soon. */
  void append(long world, Line line);

  /**
   * Waits until all that was taken so far is on the disk.
   *
   * @throws StateUnavailable when it cannot be written
   */
  void sync();

  /** Does something when all that was taken so far is on the disk; in order. */
  void whenDurable(Runnable task);
}
