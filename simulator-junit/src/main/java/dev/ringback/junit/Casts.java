package dev.ringback.junit;

import java.time.Duration;
import java.util.Map;

/** How parties behave when they are called. */
public final class Casts {
  private Casts() {}

  /** Answers after 2 s, talks 10 s, and hangs up. */
  public static Cast answers() {
    return answers(Duration.ofSeconds(2), Duration.ofSeconds(10));
  }

  /**
   * Answers, talks, and hangs up.
   *
   * @param after from the first ring
   * @param talks from the moment the two are connected
   */
  public static Cast answers(Duration after, Duration talks) {
    return Cast.of(
        "answers", Map.of("after", Durations.text(after), "talks", Durations.text(talks)));
  }

  /** Lets it ring. */
  public static Cast ignores() {
    return Cast.of("ignores", Map.of());
  }

  /** Is in another call. */
  public static Cast busy() {
    return Cast.of("busy", Map.of());
  }

  /** Declines on the device after 3 s, which Twilio reports as busy. */
  public static Cast declines() {
    return declines(Duration.ofSeconds(3));
  }

  /**
   * Declines on the device.
   *
   * @param after from the first ring
   */
  public static Cast declines(Duration after) {
    return Cast.of("declines", Map.of("after", Durations.text(after)));
  }

  /** The carrier cannot reach it. */
  public static Cast unreachable() {
    return Cast.of("unreachable", Map.of());
  }
}
