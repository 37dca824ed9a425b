package dev.ringback.call;

import org.jspecify.annotations.Nullable;

/**
 * The document that a call hears while it waits in a queue or conference.
 *
 * @param state of its run; null: nothing runs
 * @param heard whether the document had anything to hear; one without would be asked for again and
 *     again
 */
public record WaitDocument(@Nullable CallState state, boolean heard) {
  /** Twilio's own music, or silence. */
  public static final WaitDocument NONE = new WaitDocument(null, false);

  /** Whether it has run to its end. */
  public boolean ranOut() {
    return state instanceof CallState.Ready;
  }

  /** The word of the document that the call waits no longer; null: there was none. */
  public CallState.@Nullable Leaving leaving() {
    return state instanceof CallState.Leaving leaving ? leaving : null;
  }
}
