package dev.ringback.media;

/** The voices that this machine has. */
public final class InstalledVoices {
  private InstalledVoices() {}

  /** Speech where the program espeak-ng is at hand, tones where it is not. */
  public static Voices best() {
    return (sound, samples, pitch) -> Found.BEST.signal(sound, samples, pitch);
  }

  /** Looked for when something is to be heard. */
  private static final class Found {
    static final Voices BEST = Espeak.find().<Voices>map(espeak -> espeak).orElse(Voices.TONES);
  }
}
