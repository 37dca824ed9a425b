package dev.ringback.twiml;

import org.jspecify.annotations.Nullable;

/**
 * One thing a reader of TwiML has to say about a document.
 *
 * @param error Twilio's dictionary entry; null for what only Ringback says ("not emulated yet")
 * @param level whether the document (or the session it starts) fails by it
 * @param line where it is, from 1
 * @param column where it is, from 1
 * @param message a sentence: what is wrong, and what to do
 */
public record Finding(
    @Nullable TwilioError error, Level level, int line, int column, String message) {

  /** Whatever a document is made of, a line about it stays one. */
  private static final int LONGEST = 400;

  public Finding {
    message = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
  }

  static Finding of(TwilioError error, Position at, String message) {
    return new Finding(error, error.level(), at.line(), at.column(), message);
  }

  static Finding notEmulated(Position at, String message) {
    return new Finding(null, Level.WARNING, at.line(), at.column(), message);
  }

  /** What will happen, which is nobody's fault. */
  static Finding notice(Position at, String message) {
    return new Finding(null, Level.NOTICE, at.line(), at.column(), message);
  }

  /** The code as Twilio prints it, or {@code ringback} for a remark of our own. */
  public String code() {
    return error == null ? "ringback" : Integer.toString(error.code());
  }
}
