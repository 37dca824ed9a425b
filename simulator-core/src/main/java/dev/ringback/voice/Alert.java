package dev.ringback.voice;

import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the Debugger.
 *
 * @param error Twilio's dictionary entry; null for what only Ringback says
 * @param message what went wrong, where, and what to do
 * @param url the request concerned; null when there is none
 */
public record Alert(
    @Nullable TwilioError error, Level level, String message, @Nullable String url) {

  /** An entry of Twilio's dictionary. */
  public static Alert of(TwilioError error, String message, @Nullable String url) {
    return new Alert(error, error.level(), message, url);
  }

  public static Alert ours(Level level, String message) {
    return new Alert(null, level, message, null);
  }

  /** Whether the app failed the call by it. */
  public boolean isTheAppsFault() {
    return level == Level.ERROR && (error == null || error.isTheAppsFault());
  }

  /** The code as Twilio prints it, or {@code ringback} for a remark of our own. */
  public String code() {
    return error == null ? "ringback" : Integer.toString(error.code());
  }
}
