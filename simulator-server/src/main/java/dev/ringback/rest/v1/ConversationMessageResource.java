package dev.ringback.rest.v1;

import dev.ringback.account.ApiError;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Message;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import java.util.List;

/** Messages of a conversation (docs/conversations/api/conversation-message-resource). */
final class ConversationMessageResource {
  private static final int MOST_PER_PAGE = 100;
  private static final String PATH = "/Conversations/{conversation}/Messages";

  private ConversationMessageResource() {}

  static void add(Routes routes) {
    routes
        .get(PATH, ConversationMessageResource::list)
        .post(PATH, ConversationMessageResource::create)
        .get(
            PATH + "/{message}",
            r ->
                Answer.found(
                    "Message",
                    fields(
                        r,
                        r.ask(account ->
                            account
                                .conversations()
                                .message(
                                    Scope.conversation(r, account).sid(), r.name("message"))))))
        .post(PATH + "/{message}", ConversationMessageResource::update)
        .delete(
            PATH + "/{message}",
            r -> {
              r.make(account ->
                  account
                      .directory()
                      .messageChanges()
                      .remove(Scope.conversation(r, account).sid(), r.name("message")));
              return Answer.gone();
            });
  }

  private static Message.Draft draft(Params params) {
    for (String name : List.of("MediaSid", "ContentSid", "ContentVariables", "Subject")) {
      if (params.has(name)) {
        throw ApiError.badRequest(20001, name + " is not emulated");
      }
    }
    return new Message.Draft(
        params.text("Author").orElse(null),
        params.given("Body").orElse(null),
        Scope.attributes(params),
        Scope.created(params),
        Scope.updated(params));
  }

  private static Answer create(RestRequest request) {
    Message.Draft draft = draft(request.params());
    Message made =
        request.make(account ->
            account
                .directory()
                .messageChanges()
                .add(Scope.conversation(request, account).sid(), draft));
    return Answer.created("Message", fields(request, made));
  }

  private static Answer update(RestRequest request) {
    Message.Draft draft = draft(request.params());
    Message changed =
        request.make(account ->
            account
                .directory()
                .messageChanges()
                .update(
                    Scope.conversation(request, account).sid(), request.name("message"), draft));
    return Answer.found("Message", fields(request, changed));
  }

  private static Answer list(RestRequest request) {
    boolean newestFirst =
        request
            .params()
            .choice("Order", List.of("asc", "desc"), 20001)
            .filter("desc"::equals)
            .isPresent();
    List<Message> messages =
        request.ask(account -> {
          Conversation conversation = Scope.conversation(request, account);
          return account.conversations().messages(conversation.sid());
        });
    return request.listing(
        newestFirst ? messages.reversed() : messages,
        m -> m.sid().value(),
        MOST_PER_PAGE,
        "messages",
        "Message",
        "Messages",
        m -> fields(request, m));
  }

  private static Fields fields(RestRequest request, Message message) {
    String url =
        Scope.url(
            request, "/Conversations/" + message.conversation() + "/Messages/" + message.sid());
    return Scope.withService(
            request, new Fields().put("sid", message.sid()).put("account_sid", request.account()))
        .put("conversation_sid", message.conversation())
        .put("body", message.body())
        .put("media", null)
        .put("author", message.author())
        .put("participant_sid", message.participant())
        .put("attributes", message.attributes())
        .iso8601("date_created", message.created())
        .iso8601("date_updated", message.updated())
        .put("index", message.index())
        .put("delivery", null)
        .put("content_sid", null)
        .put("url", url)
        .put(
            "links",
            new Fields()
                .put("delivery_receipts", url + "/Receipts")
                .put("channel_metadata", url + "/ChannelMetadata"));
  }
}
