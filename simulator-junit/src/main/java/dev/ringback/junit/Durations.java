package dev.ringback.junit;

import java.time.Duration;

/** Durations as the control API takes them. */
final class Durations {
  private Durations() {}

  static String text(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a duration is not negative: " + duration);
    }
    return duration.toMillis() + "ms";
  }
}
