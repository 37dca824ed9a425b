package dev.ringback.rest.v1;

import dev.ringback.conversation.User;
import dev.ringback.engine.Account;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;

/** Users of a service (docs/conversations/api/user-resource); workers are users. */
final class UserResource {
  static final int MOST_PER_PAGE = 50;

  private UserResource() {}

  static void add(Routes routes) {
    routes
        .get("/Users", UserResource::list)
        .post("/Users", UserResource::create)
        .get("/Users/{user}", r -> Answer.found("User", fields(r, r.ask(a -> find(r, a)))))
        .post("/Users/{user}", UserResource::update)
        .delete(
            "/Users/{user}",
            r -> {
              r.make(account ->
                  account
                      .directory()
                      .users()
                      .delete(Scope.service(r, account).sid(), r.name("user")));
              return Answer.gone();
            });
  }

  static User find(RestRequest request, Account account) {
    return account
        .directory()
        .users()
        .of(Scope.service(request, account).sid(), request.name("user"));
  }

  private static User.Draft draft(Params params) {
    return new User.Draft(
        params.text("FriendlyName", 256, 20001).orElse(null),
        Scope.attributes(params),
        Scope.role(params),
        null,
        null,
        null);
  }

  private static Answer create(RestRequest request) {
    String identity = request.params().required("Identity");
    request.params().text("Identity", 256, 50207);
    User.Draft draft = draft(request.params());
    User made =
        request.make(account ->
            account
                .directory()
                .users()
                .create(Scope.service(request, account).sid(), identity, draft));
    return Answer.created("User", fields(request, made));
  }

  private static Answer update(RestRequest request) {
    User.Draft draft = draft(request.params());
    User changed =
        request.make(account ->
            account
                .directory()
                .users()
                .update(Scope.service(request, account).sid(), request.name("user"), draft));
    return Answer.found("User", fields(request, changed));
  }

  private static Answer list(RestRequest request) {
    return request.listing(
        request.ask(
            account -> account.directory().users().all(Scope.service(request, account).sid())),
        u -> u.sid().value(),
        MOST_PER_PAGE,
        "users",
        "User",
        "Users",
        u -> fields(request, u));
  }

  private static Fields fields(RestRequest request, User user) {
    String url = Scope.url(request, "/Users/" + user.sid());
    return new Fields()
        .put("sid", user.sid())
        .put("account_sid", request.account())
        .put("chat_service_sid", user.service())
        .put("role_sid", user.role())
        .put("identity", user.identity())
        .put("friendly_name", user.friendlyName())
        .put("attributes", user.attributes())
        .put("is_online", null)
        .put("is_notifiable", null)
        .iso8601("date_created", user.created())
        .iso8601("date_updated", user.updated())
        .put("url", url)
        .put("links", new Fields().put("user_conversations", url + "/Conversations"));
  }
}
