package dev.ringback.call;

import java.time.Instant;

/**
 * Something a recording has heard.
 *
 * @param far whether it came from the other end than the recorded leg's: the second channel of a
 *     dual recording
 */
public record Sound(boolean far, Instant from, Instant to, Noise noise) {

  Sound until(Instant end) {
    return to.isAfter(end) ? new Sound(far, from, end, noise) : this;
  }
}
