package dev.ringback.rest.v1;

import dev.ringback.account.ApiError;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Participant;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of an address or an identity
 * (docs/conversations/api/participant-conversation-resource).
 */
final class ParticipantConversationResource {
  private static final int MOST_PER_PAGE = 50;

  private ParticipantConversationResource() {}

  static void add(Routes routes) {
    routes.get("/ParticipantConversations", ParticipantConversationResource::list);
  }

  private static Answer list(RestRequest request) {
    Params params = request.params();
    Optional<String> address = params.text("Address");
    Optional<String> identity = params.text("Identity");
    if (address.isPresent() == identity.isPresent()) {
      throw ApiError.badRequest(
          50451,
          "One user identifier parameter for lookup at a time is allowed. Please, use either"
              + " Identity or Address.");
    }
    Predicate<Participant> fits =
        p ->
            identity.isPresent()
                ? identity.get().equals(p.identity())
                : p.binding() != null && address.orElse("").equals(p.binding().address());
    List<Membership> shown =
        request.ask(account -> Membership.of(account, Scope.service(request, account).sid(), fits));
    return request.listing(
        shown,
        m -> m.participant().sid().value(),
        MOST_PER_PAGE,
        "conversations",
        "Conversation",
        "Conversations",
        m -> fields(request, m));
  }

  private static @Nullable Fields binding(Participant.@Nullable Binding binding) {
    return binding == null
        ? null
        : new Fields()
            .put("address", binding.address())
            .put("proxy_address", binding.proxyAddress())
            .put("type", binding.type())
            .put("level", null)
            .put("name", null)
            .put("projected_address", binding.projectedAddress());
  }

  private static Fields fields(RestRequest request, Membership membership) {
    Conversation conversation = membership.conversation();
    Participant participant = membership.participant();
    String url = Scope.url(request, "/Conversations/" + conversation.sid());
    return new Fields()
        .put("account_sid", request.account())
        .put("chat_service_sid", conversation.service())
        .put("conversation_sid", conversation.sid())
        .put("participant_sid", participant.sid())
        .put("conversation_friendly_name", conversation.friendlyName())
        .put("conversation_state", conversation.state())
        .put("conversation_timers", ConversationResource.timers(conversation.timers()))
        .put("conversation_attributes", conversation.attributes())
        .iso8601("conversation_date_created", conversation.created())
        .iso8601("conversation_date_updated", conversation.updated())
        .put("conversation_created_by", membership.createdBy())
        .put("conversation_unique_name", conversation.uniqueName())
        .put("participant_user_sid", membership.user() == null ? null : membership.user().sid())
        .put("participant_identity", participant.identity())
        .put("participant_messaging_binding", binding(participant.binding()))
        .put(
            "links",
            new Fields()
                .put("participant", url + "/Participants/" + participant.sid())
                .put("conversation", url));
  }
}
