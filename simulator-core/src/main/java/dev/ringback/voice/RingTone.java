package dev.ringback.voice;

import java.time.Duration;

/** The ringing tone of North America: two seconds on, four off. */
public final class RingTone {
  public static final Duration ON = Duration.ofSeconds(2);

  /** From one ring to the next. */
  public static final Duration CADENCE = Duration.ofSeconds(6);

  private RingTone() {}
}
