package dev.ringback.runner;

import dev.ringback.yaml.BadInput;

/** Tells people or machines of a run while it goes on, and when it is over. */
public interface Report {
  /** The run begins. */
  default void begins(int scenarios) {}

  /** A scenario was played, or will not be. */
  default void played(Outcome outcome) {}

  /**
   * All scenarios are done.
   *
   * @throws BadInput when a file cannot be written
   */
  default void ends(Results results) throws BadInput {}
}
