package dev.ringback.conversation;

import dev.ringback.callback.TwilioDates;
import dev.ringback.id.Sid;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a webhook, event by event (docs/conversations/conversations-webhooks): what is
 * not known is not sent.
 */
final class Parameters {
  /** Of what may never be made: no identifier is spent on it, and no webhook sends this one. */
  static final Sid NO_SID_YET = new Sid("CH" + "0".repeat(32));

  private final Map<String, String> map = new TreeMap<>();

  Parameters add(String name, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) {
      map.put(name, value.toString());
    }
    return this;
  }

  private Parameters date(String name, Instant value) {
    return add(name, TwilioDates.millis(value));
  }

  /** Of a conversation that is there. */
  static Parameters of(Conversation conversation) {
    return ofNew(conversation)
        .add("ConversationSid", conversation.sid())
        .date("DateCreated", conversation.created())
        .date("DateUpdated", conversation.updated());
  }

  /** Of a conversation that is to be made: it has no SID yet. */
  static Parameters ofNew(Conversation conversation) {
    return new Parameters()
        .add("FriendlyName", conversation.friendlyName())
        .add("UniqueName", conversation.uniqueName())
        .add("Attributes", conversation.attributes())
        .add("MessagingServiceSid", conversation.messagingService())
        .add("State", conversation.state().wireName());
  }

  /**
   * @param pair of the customer who begins the conversation; null: none
   */
  Parameters binding(@Nullable NumberPair pair) {
    return pair == null
        ? this
        : add("MessagingBinding.Address", pair.address())
            .add("MessagingBinding.ProxyAddress", pair.proxyAddress());
  }

  Parameters removed(Instant now) {
    return date("DateRemoved", now);
  }

  /** What a change of a conversation did to its state; empty: nothing. */
  static Optional<Event> stateUpdate(
      Conversation before, Conversation after, StateReason reason, Instant now) {
    return before.state() == after.state()
        ? Optional.empty()
        : Optional.of(
            new Parameters()
                .add("ConversationSid", after.sid())
                .add("MessagingServiceSid", after.messagingService())
                .add("Reason", reason)
                .add("StateFrom", before.state().wireName())
                .add("StateTo", after.state().wireName())
                .date("StateUpdated", now)
                .event(EventType.ON_CONVERSATION_STATE_UPDATED, after.service(), after.sid()));
  }

  /** The {@code Reason} of a change of state. */
  enum StateReason {
    /** The REST API asked for it. */
    API,
    /** A message came. */
    EVENT,
    /** A timer ran out. */
    TIMER
  }

  /** Of a participant that is there. */
  static Parameters of(Participant participant) {
    return ofNew(participant)
        .add("ParticipantSid", participant.sid())
        .date("DateCreated", participant.created());
  }

  /** Of a participant that is to be added. */
  static Parameters ofNew(Participant participant) {
    Parameters parameters =
        new Parameters()
            .add("ConversationSid", participant.conversation())
            .add("Identity", participant.identity())
            .add("RoleSid", participant.role())
            .add("Attributes", participant.attributes());
    Participant.Binding binding = participant.binding();
    if (binding != null) {
      parameters
          .add("MessagingBinding.Address", binding.address())
          .add("MessagingBinding.ProxyAddress", binding.proxyAddress())
          .add("MessagingBinding.ProjectedAddress", binding.projectedAddress())
          .add("MessagingBinding.Type", binding.type());
    }
    return parameters;
  }

  Parameters updated(Instant at) {
    return date("DateUpdated", at);
  }

  /** Of a message that is there. */
  static Parameters of(Message message) {
    return ofNew(message)
        .add("MessageSid", message.sid())
        .add("Index", message.index())
        .date("DateCreated", message.created());
  }

  /** Of a message that is to be added. */
  static Parameters ofNew(Message message) {
    return new Parameters()
        .add("ConversationSid", message.conversation())
        .add("Body", message.body())
        .add("Author", message.author())
        .add("ParticipantSid", message.participant())
        .add("Attributes", message.attributes());
  }

  static Parameters of(User user) {
    return new Parameters()
        .add("UserSid", user.sid())
        .date("DateCreated", user.created())
        .date("DateUpdated", user.updated())
        .add("Identity", user.identity())
        .add("RoleSid", user.role())
        .add("Attributes", user.attributes())
        .add("FriendlyName", user.friendlyName());
  }

  Event event(EventType type, Sid service, @Nullable Sid conversation) {
    return event(type, service, conversation, "");
  }

  Event event(EventType type, Sid service, @Nullable Sid conversation, String words) {
    return new Event(type, service, conversation, Map.copyOf(map), words);
  }
}
