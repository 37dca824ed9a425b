package dev.ringback.rest.v1;

import dev.ringback.account.ApiError;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Participant;
import dev.ringback.conversation.User;
import dev.ringback.engine.Account;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conversations of a user (docs/conversations/api/user-conversation-resource). */
final class UserConversationResource {
  private static final String PATH = "/Users/{user}/Conversations";

  private UserConversationResource() {}

  static void add(Routes routes) {
    routes
        .get(PATH, UserConversationResource::list)
        .get(
            PATH + "/{conversation}",
            r -> Answer.found("UserConversation", fields(r, r.ask(a -> find(r, a)))))
        .post(PATH + "/{conversation}", UserConversationResource::update)
        .delete(
            PATH + "/{conversation}",
            r -> {
              r.make(account -> {
                Membership membership = find(r, account);
                return account
                    .directory()
                    .participantChanges()
                    .remove(
                        membership.conversation().sid(), membership.participant().sid().value());
              });
              return Answer.gone();
            });
  }

  private static List<Membership> all(RestRequest request, Account account) {
    User user = UserResource.find(request, account);
    return Membership.of(account, user.service(), p -> user.identity().equals(p.identity()));
  }

  private static Membership find(RestRequest request, Account account) {
    Conversation conversation = Scope.conversation(request, account);
    return all(request, account).stream()
        .filter(m -> m.conversation().equals(conversation))
        .findFirst()
        .orElseThrow(request::notFound);
  }

  private static Answer list(RestRequest request) {
    return request.listing(
        request.ask(account -> all(request, account)),
        m -> m.conversation().sid().value(),
        UserResource.MOST_PER_PAGE,
        "conversations",
        "UserConversation",
        "UserConversations",
        m -> fields(request, m));
  }

  private static Answer update(RestRequest request) {
    Params params = request.params();
    params
        .choice("NotificationLevel", List.of("default", "muted"), 50210)
        .filter("muted"::equals)
        .ifPresent(muted -> {
          throw ApiError.badRequest(50210, "NotificationLevel muted is not emulated");
        });
    Participant.Draft draft =
        Participant.Draft.read(Scope.lastReadIndex(params), Scope.lastReadTimestamp(params));
    request.make(account -> {
      Membership membership = find(request, account);
      return account
          .directory()
          .participantChanges()
          .update(membership.conversation().sid(), membership.participant().sid().value(), draft);
    });
    return Answer.found("UserConversation", fields(request, request.ask(a -> find(request, a))));
  }

  private static Fields fields(RestRequest request, Membership membership) {
    Conversation conversation = membership.conversation();
    Participant participant = membership.participant();
    @Nullable Integer read = participant.lastReadIndex();
    User user = membership.user();
    String name = user == null ? request.name("user") : user.sid().value();
    String url = Scope.url(request, "/Conversations/" + conversation.sid());
    return new Fields()
        .put("account_sid", request.account())
        .put("chat_service_sid", conversation.service())
        .put("conversation_sid", conversation.sid())
        .put(
            "unread_messages_count",
            read == null ? null : Math.max(0, membership.messages() - 1 - read))
        .put("last_read_message_index", read)
        .put("participant_sid", participant.sid())
        .put("user_sid", user == null ? null : user.sid())
        .put("friendly_name", conversation.friendlyName())
        .put("conversation_state", conversation.state())
        .put("timers", ConversationResource.timers(conversation.timers()))
        .put("attributes", conversation.attributes())
        .iso8601("date_created", conversation.created())
        .iso8601("date_updated", conversation.updated())
        .put("created_by", membership.createdBy())
        .put("notification_level", "default")
        .put("unique_name", conversation.uniqueName())
        .put("url", Scope.url(request, "/Users/" + name + "/Conversations/" + conversation.sid()))
        .put(
            "links",
            new Fields()
                .put("participant", url + "/Participants/" + participant.sid())
                .put("conversation", url));
  }
}
