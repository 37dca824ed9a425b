package dev.ringback.conversation;

import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import dev.ringback.twiml.HttpMethod;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A webhook of one conversation (docs/conversations/api/conversation-scoped-webhook-resource).
 *
 * @param target {@code webhook}, or the one that hears only of messages with certain words
 * @param filters events that are told to the webhook
 * @param triggers words one of which a message must contain; empty: any message will do
 */
@WireData
public record ScopedWebhook(
    Sid sid,
    Sid conversation,
    String target,
    String url,
    HttpMethod method,
    List<EventType> filters,
    List<String> triggers,
    Instant created,
    Instant updated) {

  boolean hears(Event event) {
    return filters.contains(event.type())
        && (triggers.isEmpty() || triggers.stream().anyMatch(event.words()::contains));
  }

  /** With what is given changed; the target stays. */
  ScopedWebhook with(Draft draft, Instant now) {
    return new ScopedWebhook(
        sid,
        conversation,
        target,
        Objects.requireNonNullElse(draft.url(), url),
        Objects.requireNonNullElse(draft.method(), method),
        draft.filters() == null ? filters : List.copyOf(draft.filters()),
        draft.triggers() == null ? triggers : List.copyOf(draft.triggers()),
        created,
        now);
  }

  /** What a request says of a webhook; null: nothing. */
  public record Draft(
      @Nullable String target,
      @Nullable String url,
      @Nullable HttpMethod method,
      @Nullable List<EventType> filters,
      @Nullable List<String> triggers) {

    /** A new webhook; its URL is there. */
    ScopedWebhook made(Sid sid, Sid conversation, Instant now) {
      return new ScopedWebhook(
          sid,
          conversation,
          Objects.requireNonNullElse(target, "webhook"),
          Objects.requireNonNull(url, "url"),
          Objects.requireNonNullElse(method, HttpMethod.POST),
          madeFilters(),
          triggers == null ? List.of() : List.copyOf(triggers),
          now,
          now);
    }

    /** Words are those of messages. */
    private List<EventType> madeFilters() {
      if (filters != null) {
        return List.copyOf(filters);
      }
      return "trigger".equals(target) ? List.of(EventType.ON_MESSAGE_ADDED) : List.of();
    }
  }
}
