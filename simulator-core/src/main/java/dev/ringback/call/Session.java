package dev.ringback.call;

import dev.ringback.call.CallState.Cursor;
import dev.ringback.id.Sid;
import dev.ringback.twiml.Noun.Conversation;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Target;
import org.jspecify.annotations.Nullable;

/**
 * A {@code <Conversation>} session: what is known of it, and its phase.
 *
 * @param conversation null until it is found or created
 * @param sequence of the last status event sent
 * @param recording made for the {@code record} attribute; null: none yet
 */
public record Session(
    Beginning beginning,
    @Nullable Sid conversation,
    int sequence,
    @Nullable Sid recording,
    SessionState state) {

  /**
   * What a session began with.
   *
   * @param noun what the app asked for
   * @param workerInitiated whether a worker called, from the app
   */
  public record Beginning(
      Cursor cursor, Verb.Connect verb, Conversation noun, boolean workerInitiated) {}

  public static Session begun(Beginning beginning, SessionState state) {
    return new Session(beginning, null, 0, null, state);
  }

  public Conversation noun() {
    return beginning.noun();
  }

  public boolean workerInitiated() {
    return beginning.workerInitiated();
  }

  /** The document of the noun, which its URLs are relative to. */
  public Target document() {
    return beginning.cursor().document();
  }

  public Session in(SessionState state) {
    return new Session(beginning, conversation, sequence, recording, state);
  }

  public Session about(Sid conversation) {
    return new Session(beginning, conversation, sequence, recording, state);
  }

  public Session sent(int sequence) {
    return new Session(beginning, conversation, sequence, recording, state);
  }

  public Session recordedAs(Sid recording) {
    return new Session(beginning, conversation, sequence, recording, state);
  }
}
