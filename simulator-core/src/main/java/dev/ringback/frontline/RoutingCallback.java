package dev.ringback.frontline;

import dev.ringback.callback.TwilioDates;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Participant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The custom routing callback (docs/frontline/handle-incoming-conversations). */
public final class RoutingCallback {
  private RoutingCallback() {}

  /** What the callback tells of the conversation that needs a worker. */
  public static Map<String, String> parameters(
      Conversation conversation, List<Participant> participants) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("Attributes", conversation.attributes());
    parameters.put("ConversationServiceSid", conversation.service().value());
    parameters.put("ConversationSid", conversation.sid().value());
    parameters.put("DateCreated", TwilioDates.millis(conversation.created()));
    parameters.put("DateUpdated", TwilioDates.millis(conversation.updated()));
    if (conversation.friendlyName() != null) {
      parameters.put("FriendlyName", conversation.friendlyName());
    }
    if (conversation.uniqueName() != null) {
      parameters.put("UniqueName", conversation.uniqueName());
    }
    for (Participant participant : participants) {
      Participant.Binding binding = participant.binding();
      if (binding != null && binding.address() != null && binding.proxyAddress() != null) {
        parameters.put("MessagingBinding.Address", binding.address());
        parameters.put("MessagingBinding.ProxyAddress", binding.proxyAddress());
      }
    }
    parameters.put("State", conversation.state().wireName());
    return parameters;
  }
}
