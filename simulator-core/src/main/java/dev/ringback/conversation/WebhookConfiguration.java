package dev.ringback.conversation;

import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which events go where, for an account or a service
 * (docs/conversations/api/webhook-configuration-resource).
 *
 * @param method default POST
 * @param filters empty: no event goes anywhere
 * @param pre asked before a change; null: nobody
 * @param post told after a change; null: nobody
 * @param target {@code webhook} or {@code flex}
 */
public record WebhookConfiguration(
    HttpMethod method,
    List<EventType> filters,
    @Nullable String pre,
    @Nullable String post,
    String target) {
  public static final WebhookConfiguration NONE =
      new WebhookConfiguration(HttpMethod.POST, List.of(), null, null, "webhook");

  /** Where that event goes; empty: nowhere. */
  Optional<Target> targetOf(EventType type) {
    String url = type.kind() == RequestKind.PRE_WEBHOOK ? pre : post;
    return Optional.ofNullable(url)
        .filter(there -> filters.contains(type))
        .map(there -> new Target(there, method));
  }

  /** What a request says of the webhooks; null: nothing. An empty address takes it away. */
  public record Draft(
      @Nullable HttpMethod method,
      @Nullable List<EventType> filters,
      @Nullable String pre,
      @Nullable String post,
      @Nullable String target) {}

  WebhookConfiguration with(Draft draft) {
    return new WebhookConfiguration(
        draft.method() == null ? method : draft.method(),
        draft.filters() == null ? filters : List.copyOf(draft.filters()),
        address(draft.pre(), pre),
        address(draft.post(), post),
        draft.target() == null ? target : draft.target());
  }

  private static @Nullable String address(@Nullable String given, @Nullable String before) {
    return given == null ? before : given.isEmpty() ? null : given;
  }
}
