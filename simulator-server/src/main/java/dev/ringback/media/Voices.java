package dev.ringback.media;

import dev.ringback.call.Noise;

/** Makes a noise audible. */
@FunctionalInterface
public interface Voices {
  /** Hums of different pitch; the same everywhere. */
  Voices TONES = (noise, samples, pitch) -> Signal.of(noise, pitch);

  /**
   * @param samples how many there are of it
   * @param pitch of the call's voices, from 0 to 1
   */
  Signal signal(Noise noise, long samples, double pitch);

  /** Speech where the program espeak-ng is at hand, tones where it is not. */
  static Voices best() {
    return Espeak.find().<Voices>map(espeak -> espeak).orElse(TONES);
  }
}
