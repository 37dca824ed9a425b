package dev.ringback.voice;

/** What there is to hear. */
public sealed interface Sound {

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
  record Speech(Voice voice, String words) implements Sound {}

  /** One ring of the ringing tone. */
  record Ring() implements Sound {}

  /**
   * @param digits as DTMF; {@code w} and {@code W} are silent
   */
  record Keys(String digits) implements Sound {}

  /**
   * A file.
   *
   * @param url it came from
   */
  record Clip(String url) implements Sound {}
}
