package dev.ringback.rest.v1;

import dev.ringback.account.ApiError;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.State;
import dev.ringback.conversation.Timers;
import dev.ringback.id.SidKind;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conversations (docs/conversations/api/conversation-resource). */
final class ConversationResource {
  private static final int MOST_PER_PAGE = 100;

  private ConversationResource() {}

  static void add(Routes routes) {
    routes
        .get("/Conversations", ConversationResource::list)
        .post("/Conversations", ConversationResource::create)
        .get(
            "/Conversations/{conversation}",
            r -> Answer.found("Conversation", fields(r, r.ask(a -> Scope.conversation(r, a)))))
        .post("/Conversations/{conversation}", ConversationResource::update)
        .delete(
            "/Conversations/{conversation}",
            r -> {
              r.make(account ->
                  account
                      .directory()
                      .conversationChanges()
                      .delete(Scope.service(r, account).sid(), r.name("conversation")));
              return Answer.gone();
            });
  }

  private static Conversation.Draft draft(Params params, boolean made) {
    if (params.has("Bindings.Email.Address") || params.has("Bindings.Email.Name")) {
      throw ApiError.badRequest(20001, "Bindings.Email is not emulated");
    }
    return new Conversation.Draft(
        params.given("FriendlyName").orElse(null),
        params.given("UniqueName").orElse(null),
        Scope.attributes(params),
        params.sid("MessagingServiceSid", SidKind.MESSAGING_SERVICE, 50341).orElse(null),
        state(params, made),
        params.duration("Timers.Inactive", 50379).orElse(null),
        params.duration("Timers.Closed", 50380).orElse(null),
        Scope.created(params),
        Scope.updated(params));
  }

  private static @Nullable State state(Params params, boolean made) {
    if (params.given("State").filter(String::isEmpty).isPresent()) {
      throw ApiError.badRequest(50374, "'State' field can't be empty");
    }
    Optional<State> state = params.named("State", State.class, 50378);
    if (state.filter(s -> s == State.INITIALIZING).isPresent()) {
      throw ApiError.badRequest(50378, "'State' parameter value is invalid: initializing");
    }
    if (made && state.filter(s -> s == State.CLOSED).isPresent()) {
      throw ApiError.badRequest(50384, "Initial state can't be 'closed'");
    }
    return state.orElse(null);
  }

  private static Answer create(RestRequest request) {
    Conversation.Draft draft = draft(request.params(), true);
    Conversation made =
        request.make(account ->
            account
                .directory()
                .conversationChanges()
                .create(Scope.service(request, account).sid(), draft));
    return Answer.created("Conversation", fields(request, made));
  }

  private static Answer update(RestRequest request) {
    Conversation.Draft draft = draft(request.params(), false);
    Conversation changed =
        request.make(account ->
            account
                .directory()
                .conversationChanges()
                .update(
                    Scope.service(request, account).sid(), request.name("conversation"), draft));
    return Answer.found("Conversation", fields(request, changed));
  }

  private static Answer list(RestRequest request) {
    Params params = request.params();
    Optional<State> state = params.named("State", State.class, 50378);
    Optional<Instant> from = params.instant("StartDate", 20001);
    Optional<Instant> to = params.until("EndDate", 20001);
    if (from.isPresent() && to.isPresent() && !to.get().minusSeconds(1).isAfter(from.get())) {
      throw ApiError.badRequest(
          50396, "EndDate parameter should be greater than StartDate parameter");
    }
    List<Conversation> shown =
        request
            .ask(account -> account.conversations().all(Scope.service(request, account).sid()))
            .reversed()
            .stream()
            .filter(c -> state.filter(s -> s != c.state()).isEmpty())
            .filter(c -> from.filter(f -> c.created().isBefore(f)).isEmpty())
            .filter(c -> to.filter(t -> !c.created().isBefore(t)).isEmpty())
            .toList();
    return request.listing(
        shown,
        c -> c.sid().value(),
        MOST_PER_PAGE,
        "conversations",
        "Conversation",
        "Conversations",
        c -> fields(request, c));
  }

  static Fields timers(Timers timers) {
    Fields fields = new Fields();
    if (timers.inactiveAt() != null) {
      fields.iso8601("date_inactive", timers.inactiveAt());
    }
    if (timers.closedAt() != null) {
      fields.iso8601("date_closed", timers.closedAt());
    }
    return fields;
  }

  private static Fields fields(RestRequest request, Conversation conversation) {
    String url = Scope.url(request, "/Conversations/" + conversation.sid());
    return new Fields()
        .put("sid", conversation.sid())
        .put("account_sid", request.account())
        .put("chat_service_sid", conversation.service())
        .put("messaging_service_sid", conversation.messagingService())
        .put("friendly_name", conversation.friendlyName())
        .put("unique_name", conversation.uniqueName())
        .put("attributes", conversation.attributes())
        .iso8601("date_created", conversation.created())
        .iso8601("date_updated", conversation.updated())
        .put("state", conversation.state())
        .put("timers", timers(conversation.timers()))
        .put("bindings", new Fields())
        .put("url", url)
        .put(
            "links",
            new Fields()
                .put("participants", url + "/Participants")
                .put("messages", url + "/Messages")
                .put("webhooks", url + "/Webhooks")
                .put("export", url + "/Export"));
  }
}
