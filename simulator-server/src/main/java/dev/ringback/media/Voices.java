package dev.ringback.media;

import dev.ringback.voice.Sound;

/** Makes a sound audible. */
@FunctionalInterface
public interface Voices {
  /** Hums of different pitch; the same everywhere. */
  Voices TONES = (sound, samples, pitch) -> Signal.of(sound, pitch);

  /**
   * @param samples how many there are of it
   * @param pitch of the call's voices, from 0 to 1
   */
  Signal signal(Sound sound, long samples, double pitch);
}
