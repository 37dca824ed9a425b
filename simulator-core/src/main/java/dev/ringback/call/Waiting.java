package dev.ringback.call;

import org.jspecify.annotations.Nullable;

/**
 * What a call hears while it waits in a queue or conference.
 *
 * @param state of the wait document's run; null: nothing runs
 * @param heard whether the document had anything to hear; one without would be asked for again and
 *     again
 */
public record Waiting(@Nullable CallState state, boolean heard) {
  /** Twilio's own music, or silence. */
  static final Waiting NOTHING = new Waiting(null, false);
}
