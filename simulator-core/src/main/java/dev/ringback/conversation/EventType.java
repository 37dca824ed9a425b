package dev.ringback.conversation;

import dev.ringback.twiml.WireNamed;
import dev.ringback.voice.RequestKind;
import java.util.List;
import java.util.Optional;

/**
 * The {@code EventType} of a webhook (docs/conversations/conversations-webhooks), in the order of
 * the names: the app is asked before some events, and told after the others.
 */
public enum EventType implements WireNamed {
  ON_CONVERSATION_ADD("onConversationAdd", RequestKind.PRE_WEBHOOK),
  ON_CONVERSATION_ADDED("onConversationAdded", RequestKind.POST_WEBHOOK),
  ON_CONVERSATION_REMOVE("onConversationRemove", RequestKind.PRE_WEBHOOK),
  ON_CONVERSATION_REMOVED("onConversationRemoved", RequestKind.POST_WEBHOOK),
  ON_CONVERSATION_STATE_UPDATED("onConversationStateUpdated", RequestKind.POST_WEBHOOK),
  ON_CONVERSATION_UPDATE("onConversationUpdate", RequestKind.PRE_WEBHOOK),
  ON_CONVERSATION_UPDATED("onConversationUpdated", RequestKind.POST_WEBHOOK),
  /** Messages go to no phone here, so no receipt comes back. */
  ON_DELIVERY_UPDATED("onDeliveryUpdated", RequestKind.POST_WEBHOOK),
  ON_MESSAGE_ADD("onMessageAdd", RequestKind.PRE_WEBHOOK),
  ON_MESSAGE_ADDED("onMessageAdded", RequestKind.POST_WEBHOOK),
  ON_MESSAGE_REMOVE("onMessageRemove", RequestKind.PRE_WEBHOOK),
  ON_MESSAGE_REMOVED("onMessageRemoved", RequestKind.POST_WEBHOOK),
  ON_MESSAGE_UPDATE("onMessageUpdate", RequestKind.PRE_WEBHOOK),
  ON_MESSAGE_UPDATED("onMessageUpdated", RequestKind.POST_WEBHOOK),
  ON_PARTICIPANT_ADD("onParticipantAdd", RequestKind.PRE_WEBHOOK),
  ON_PARTICIPANT_ADDED("onParticipantAdded", RequestKind.POST_WEBHOOK),
  ON_PARTICIPANT_REMOVE("onParticipantRemove", RequestKind.PRE_WEBHOOK),
  ON_PARTICIPANT_REMOVED("onParticipantRemoved", RequestKind.POST_WEBHOOK),
  ON_PARTICIPANT_UPDATE("onParticipantUpdate", RequestKind.PRE_WEBHOOK),
  ON_PARTICIPANT_UPDATED("onParticipantUpdated", RequestKind.POST_WEBHOOK),
  ON_USER_ADDED("onUserAdded", RequestKind.POST_WEBHOOK),
  ON_USER_UPDATE("onUserUpdate", RequestKind.PRE_WEBHOOK),
  ON_USER_UPDATED("onUserUpdated", RequestKind.POST_WEBHOOK);

  private final String wireName;
  private final RequestKind kind;

  EventType(String wireName, RequestKind kind) {
    this.wireName = wireName;
    this.kind = kind;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /** Whether the request is a pre-webhook or a post-webhook. */
  public RequestKind kind() {
    return kind;
  }

  /** The event of that name, whatever its case. */
  public static Optional<EventType> named(String name) {
    return all().stream().filter(type -> type.wireName.equalsIgnoreCase(name)).findFirst();
  }

  public static List<EventType> all() {
    return List.of(values());
  }

  public static List<String> wireNames(List<EventType> types) {
    return types.stream().map(EventType::wireName).toList();
  }
}
