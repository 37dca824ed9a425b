package dev.ringback.rest.v1;

import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Participant;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a conversation (docs/conversations/api/conversation-participant-resource). A worker
 * whom the app adds here is dialled by the call that waits for one.
 */
final class ParticipantResource {
  private static final int MOST_PER_PAGE = 100;
  private static final String PATH = "/Conversations/{conversation}/Participants";

  private ParticipantResource() {}

  static void add(Routes routes) {
    routes
        .get(PATH, ParticipantResource::list)
        .post(PATH, ParticipantResource::create)
        .get(
            PATH + "/{participant}",
            r ->
                Answer.found(
                    "Participant",
                    fields(
                        r,
                        r.ask(account ->
                            account
                                .conversations()
                                .participant(
                                    Scope.conversation(r, account).sid(), r.name("participant"))))))
        .post(PATH + "/{participant}", ParticipantResource::update)
        .delete(
            PATH + "/{participant}",
            r -> {
              r.make(account ->
                  account
                      .directory()
                      .participantChanges()
                      .remove(Scope.conversation(r, account).sid(), r.name("participant")));
              return Answer.gone();
            });
  }

  /**
   * @param made whether it is a new one, which has read nothing yet; of one that is there the
   *     address stays
   */
  private static Participant.Draft draft(Params params, boolean made) {
    return new Participant.Draft(
        params.given("Identity").orElse(null),
        made ? params.text("MessagingBinding.Address").orElse(null) : null,
        params.text("MessagingBinding.ProxyAddress").orElse(null),
        projected(params, made),
        Scope.attributes(params),
        Scope.role(params),
        Scope.created(params),
        Scope.updated(params),
        made ? null : Scope.lastReadIndex(params),
        made ? null : Scope.lastReadTimestamp(params));
  }

  /** {@code null} as text, or nothing, takes it away from one that is there. */
  private static @Nullable String projected(Params params, boolean made) {
    return params
        .given("MessagingBinding.ProjectedAddress")
        .map(address -> address.equals("null") ? "" : address)
        .filter(address -> !made || !address.isEmpty())
        .orElse(null);
  }

  private static Answer create(RestRequest request) {
    Participant.Draft draft = draft(request.params(), true);
    Participant made =
        request.make(account ->
            account
                .directory()
                .participantChanges()
                .add(Scope.conversation(request, account).sid(), draft));
    return Answer.created("Participant", fields(request, made));
  }

  private static Answer update(RestRequest request) {
    Participant.Draft draft = draft(request.params(), false);
    Participant changed =
        request.make(account ->
            account
                .directory()
                .participantChanges()
                .update(
                    Scope.conversation(request, account).sid(),
                    request.name("participant"),
                    draft));
    return Answer.found("Participant", fields(request, changed));
  }

  private static Answer list(RestRequest request) {
    return request.listing(
        request.ask(account -> {
          Conversation conversation = Scope.conversation(request, account);
          return account.conversations().participants(conversation.sid());
        }),
        p -> p.sid().value(),
        MOST_PER_PAGE,
        "participants",
        "Participant",
        "Participants",
        p -> fields(request, p));
  }

  private static @Nullable Fields binding(Participant.@Nullable Binding binding) {
    if (binding == null) {
      return null;
    }
    Fields fields = new Fields().put("type", binding.type());
    if (binding.address() != null) {
      fields.put("address", binding.address());
    }
    if (binding.proxyAddress() != null) {
      fields.put("proxy_address", binding.proxyAddress());
    }
    if (binding.projectedAddress() != null) {
      fields.put("projected_address", binding.projectedAddress());
    }
    return fields;
  }

  private static Fields fields(RestRequest request, Participant participant) {
    String url =
        Scope.url(
            request,
            "/Conversations/" + participant.conversation() + "/Participants/" + participant.sid());
    return Scope.withService(request, new Fields().put("account_sid", request.account()))
        .put("conversation_sid", participant.conversation())
        .put("sid", participant.sid())
        .put("identity", participant.identity())
        .put("attributes", participant.attributes())
        .put("messaging_binding", binding(participant.binding()))
        .put("role_sid", participant.role())
        .iso8601("date_created", participant.created())
        .iso8601("date_updated", participant.updated())
        .put("url", url)
        .put("last_read_message_index", participant.lastReadIndex())
        .put("last_read_timestamp", participant.lastReadTimestamp());
  }
}
