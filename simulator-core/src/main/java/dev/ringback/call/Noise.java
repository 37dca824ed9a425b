package dev.ringback.call;

/** What there is to hear. */
public sealed interface Noise {

  /** Whose voice it is. */
  enum Voice {
    /** The party of the first leg. */
    CALLER,
    /** The party that was called. */
    CALLED,
    /** A prompt. */
    TWILIO
  }

  /**
   * @param words empty: whatever people say
   */
  record Speech(Voice voice, String words) implements Noise {}

  /** One ring of the ringing tone. */
  record Ring() implements Noise {}

  /**
   * @param digits as DTMF; {@code w} and {@code W} are silent
   */
  record Keys(String digits) implements Noise {}

  /**
   * A file.
   *
   * @param url it came from
   */
  record Clip(String url) implements Noise {}
}
