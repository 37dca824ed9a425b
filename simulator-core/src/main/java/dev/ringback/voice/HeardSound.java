package dev.ringback.voice;

import java.time.Instant;

/**
 * Something a recording has heard.
 *
 * @param far whether it came from the other end than the recorded leg's: the second channel of a
 *     dual recording
 */
public record HeardSound(boolean far, Instant from, Instant to, Sound sound) {

  HeardSound until(Instant end) {
    return to.isAfter(end) ? new HeardSound(far, from, end, sound) : this;
  }
}
