package dev.ringback.conversation;

import dev.ringback.id.Sid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation (docs/conversations/api/conversation-message-resource).
 *
 * @param index from 0
 * @param participant who wrote it; null: nobody of the conversation
 * @param attributes JSON
 */
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

  /** What a request says of a message; null: nothing. */
  public record Draft(
      @Nullable String author,
      @Nullable String body,
      @Nullable String attributes,
      @Nullable Instant created,
      @Nullable Instant updated) {
    Draft with(java.util.Map<String, String> answer) {
      return new Draft(
          answer.getOrDefault("author", author),
          answer.getOrDefault("body", body),
          answer.getOrDefault("attributes", attributes),
          created,
          updated);
    }
  }
}
