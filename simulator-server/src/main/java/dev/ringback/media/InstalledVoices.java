package dev.ringback.media;

/** The voices that this machine has. */
public final class InstalledVoices {
  private InstalledVoices() {}

  /** Speech where the program espeak-ng is at hand, tones where it is not. */
  public static Voices best() {
    return Espeak.find().<Voices>map(espeak -> espeak).orElse(Voices.TONES);
  }
}
