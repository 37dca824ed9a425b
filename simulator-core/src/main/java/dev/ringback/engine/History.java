package dev.ringback.engine;

import java.time.Instant;

/** Where a world's inputs are written down in the order in which it takes them. */
public interface History {
  /** Nothing is written down. */
  History NONE =
      new History() {
        @Override
        public void took(Instant now, WorldInput input) {}

        @Override
        public boolean isKept() {
          return false;
        }
      };

  /**
   * The world takes an input; on its loop, before anything follows from it. Must not block.
   *
   * @param now the world's time
   */
  void took(Instant now, WorldInput input);

  /** Whether anybody reads it later. */
  default boolean isKept() {
    return true;
  }

  /**
   * An input as it was written down.
   *
   * @param at the world's time
   */
  record Entry(Instant at, WorldInput input) {}
}
