package dev.ringback.conversation;

import dev.ringback.id.Sid;
import dev.ringback.twiml.HttpMethod;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook of one conversation (docs/conversations/api/conversation-scoped-webhook-resource).
 *
 * @param target a webhook, words that trigger one, or Studio
 * @param url null: of a Studio flow
 * @param filters events it is told of
 * @param triggers words one of which a message must contain; empty: any message will do
 * @param flow of Studio; null: none
 * @param replayAfter messages after this index are told anew; null: none
 */
public record Webhook(
    Sid sid,
    Sid conversation,
    String target,
    @Nullable String url,
    HttpMethod method,
    List<String> filters,
    List<String> triggers,
    @Nullable String flow,
    @Nullable Integer replayAfter,
    Instant created,
    Instant updated) {

  /** What a request says of a webhook; null: nothing. */
  public record Draft(
      @Nullable String target,
      @Nullable String url,
      @Nullable HttpMethod method,
      @Nullable List<String> filters,
      @Nullable List<String> triggers,
      @Nullable String flow,
      @Nullable Integer replayAfter) {}
}
