package dev.ringback.engine;

/** How a world's time passes. */
public sealed interface ClockMode {

  /**
   * With the wall's.
   *
   * @param speed world seconds in a second of the wall's, above 0
   */
  record Real(double speed) implements ClockMode {}

  /** To the next thing due, as soon as all is quiet. */
  record Skipping() implements ClockMode {}

  /** Only as far as time is granted. */
  record Stepped() implements ClockMode {}

  default boolean virtual() {
    return !(this instanceof Real);
  }
}
