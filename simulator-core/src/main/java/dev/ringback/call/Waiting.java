package dev.ringback.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a call hears while it waits in a queue or conference.
 *
 * @param document the wait URL; null: Twilio's own music, or silence
 * @param state of the document's run; null: nothing runs
 * @param since when it was asked for
 */
public record Waiting(@Nullable Target document, @Nullable CallState state, Instant since) {
  Waiting at(@Nullable CallState state) {
    return new Waiting(document, state, since);
  }
}
