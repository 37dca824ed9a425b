package dev.ringback.conversation;

import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation (docs/conversations/api/conversation-message-resource).
 *
 * @param index from 0
 * @param participant who wrote it; null: nobody of the conversation
 * @param attributes JSON
 */
@WireData
public record Message(
    Sid sid,
    Sid conversation,
    int index,
    String author,
    @Nullable String body,
    @Nullable Sid participant,
    String attributes,
    Instant created,
    Instant updated) {

  /** What a webhook's trigger is looked for in. */
  String words() {
    return body == null ? "" : body;
  }

  /** With what is given changed; the participant stays, even when the author is another one now. */
  Message with(Draft draft, Instant now) {
    return new Message(
        sid,
        conversation,
        index,
        Objects.requireNonNullElse(draft.author(), author),
        draft.body() == null ? body : draft.body(),
        participant,
        Objects.requireNonNullElse(draft.attributes(), attributes),
        Objects.requireNonNullElse(draft.created(), created),
        Objects.requireNonNullElse(draft.updated(), now));
  }

  /** What a request says of a message; null: nothing. */
  public record Draft(
      @Nullable String author,
      @Nullable String body,
      @Nullable String attributes,
      @Nullable Instant created,
      @Nullable Instant updated) {

    /** The author of a message that names none. */
    String authorOrSystem() {
      return author == null ? "system" : author;
    }

    /** A new message that says so. */
    Message made(Sid sid, Sid conversation, int index, @Nullable Sid participant, Instant now) {
      return new Message(
          sid,
          conversation,
          index,
          authorOrSystem(),
          body,
          participant,
          attributes == null ? "{}" : attributes,
          created == null ? now : created,
          updated == null ? now : updated);
    }

    /** As the pre-webhook that was asked wants it. */
    Draft answered(Map<String, String> answer) {
      return new Draft(
          answer.getOrDefault("author", author),
          answer.getOrDefault("body", body),
          answer.getOrDefault("attributes", attributes),
          created,
          updated);
    }
  }
}
