package dev.ringback.scenario;

import java.time.Duration;

/** Times since the beginning of the first call, as a verdict writes them. */
final class Seconds {
  private Seconds() {}

  /** Such as {@code 12.500s}. */
  static String text(Duration sinceStart) {
    return "%d.%03ds".formatted(sinceStart.toSeconds(), sinceStart.toMillisPart());
  }
}
