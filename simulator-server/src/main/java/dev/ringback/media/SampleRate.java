package dev.ringback.media;

import java.time.Duration;

/** Samples a second of every recording (docs/voice/api/recording). */
public final class SampleRate {
  public static final int HERTZ = 8_000;

  private SampleRate() {}

  static long samples(Duration duration) {
    return Math.round(duration.toNanos() / 1e9 * HERTZ);
  }
}
