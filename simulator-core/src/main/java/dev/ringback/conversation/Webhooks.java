package dev.ringback.conversation;

import dev.ringback.twiml.HttpMethod;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which events go where, for an account or a service
 * (docs/conversations/api/webhook-configuration-resource).
 *
 * @param method default POST
 * @param filters names of events; empty: none goes anywhere
 * @param pre asked before a change; null: nobody
 * @param post told after a change; null: nobody
 * @param target {@code webhook} or {@code flex}
 */
public record Webhooks(
    HttpMethod method,
    List<String> filters,
    @Nullable String pre,
    @Nullable String post,
    String target) {
  public static final Webhooks NONE =
      new Webhooks(HttpMethod.POST, List.of(), null, null, "webhook");

  /** Events that are asked about before (docs/conversations/conversations-webhooks). */
  public static final Set<String> BEFORE =
      Set.of(
          "onConversationAdd",
          "onConversationUpdate",
          "onConversationRemove",
          "onParticipantAdd",
          "onParticipantUpdate",
          "onParticipantRemove",
          "onMessageAdd",
          "onMessageUpdate",
          "onMessageRemove",
          "onUserUpdate");

  /** Events that are told of afterwards. */
  public static final Set<String> AFTER =
      Set.of(
          "onConversationAdded",
          "onConversationUpdated",
          "onConversationRemoved",
          "onConversationStateUpdated",
          "onParticipantAdded",
          "onParticipantUpdated",
          "onParticipantRemoved",
          "onMessageAdded",
          "onMessageUpdated",
          "onMessageRemoved",
          "onDeliveryUpdated",
          "onUserAdded",
          "onUserUpdated");

  /** The names of all events. */
  public static List<String> events() {
    return Stream.concat(BEFORE.stream(), AFTER.stream()).sorted().toList();
  }

  /** Whether it is a name of an event, whatever its case. */
  public static boolean isEvent(String name) {
    return BEFORE.stream().anyMatch(name::equalsIgnoreCase)
        || AFTER.stream().anyMatch(name::equalsIgnoreCase);
  }

  boolean wants(String event) {
    return filters.stream().anyMatch(event::equalsIgnoreCase);
  }

  /** What a request says of it; null: nothing. An empty address takes it away. */
  public record Draft(
      @Nullable HttpMethod method,
      @Nullable List<String> filters,
      @Nullable String pre,
      @Nullable String post,
      @Nullable String target) {}

  Webhooks with(Draft draft) {
    return new Webhooks(
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
