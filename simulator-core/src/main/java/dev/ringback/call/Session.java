package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.twiml.Noun.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * A {@code <Conversation>} session: what is known of it, and its phase.
 *
 * @param noun what the app asked for
 * @param document of the noun, which its URLs are relative to
 * @param workerInitiated whether a worker called, from the app
 * @param conversation null until it is found or created
 * @param sequence of the last status event sent
 * @param recording made for the {@code record} attribute; null: none yet
 */
public record Session(
    Conversation noun,
    Target document,
    boolean workerInitiated,
    @Nullable Sid conversation,
    int sequence,
    @Nullable Sid recording,
    SessionState state) {

  Session in(SessionState state) {
    return new Session(noun, document, workerInitiated, conversation, sequence, recording, state);
  }

  Session about(Sid conversation) {
    return new Session(noun, document, workerInitiated, conversation, sequence, recording, state);
  }

  Session sent(int sequence) {
    return new Session(noun, document, workerInitiated, conversation, sequence, recording, state);
  }

  Session recordedAs(Sid recording) {
    return new Session(noun, document, workerInitiated, conversation, sequence, recording, state);
  }
}
