package dev.ringback.runner;

import dev.ringback.yaml.BadInput;
import java.time.Duration;
import java.util.List;

/** Tells people or machines of a run while it goes on, and when it is over. */
public interface Report {
  /** The run begins. */
  default void begins(int scenarios) {}

  /** A scenario was played, or will not be. */
  default void played(Outcome outcome) {}

  /**
   * All scenarios are done.
   *
   * @param took on the wall, all in
   * @throws BadInput when a file cannot be written
   */
  default void ends(List<Outcome> outcomes, Duration took) throws BadInput {}
}
