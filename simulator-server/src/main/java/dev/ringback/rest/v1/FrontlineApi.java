package dev.ringback.rest.v1;

import dev.ringback.conversation.User;
import dev.ringback.engine.Account;
import dev.ringback.id.Sid;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.Product;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import java.util.List;

/**
 * Routes of {@code frontline-api.twilio.com}, below {@code /v1}: workers, and whether they are to
 * be had (docs/frontline/api/user-resource).
 */
public final class FrontlineApi {
  private FrontlineApi() {}

  public static Routes routes() {
    return Routes.of(Product.FRONTLINE)
        .get("/Users/{user}", r -> Answer.found("User", fields(r, r.ask(a -> find(r, a)))))
        .post("/Users/{user}", FrontlineApi::update);
  }

  private static Sid service(Account account) {
    return account.directory().services().own().sid();
  }

  private static User find(RestRequest request, Account account) {
    return account.directory().users().of(service(account), request.name("user"));
  }

  private static Answer update(RestRequest request) {
    Params params = request.params();
    User.Draft draft =
        new User.Draft(
            params.text("FriendlyName", 256, 20001).orElse(null),
            null,
            null,
            params.given("Avatar").orElse(null),
            params
                .choice("State", List.of("active", "deactivated"), 20001)
                .map("active"::equals)
                .orElse(null),
            params.flag("IsAvailable").orElse(null));
    User changed =
        request.make(account ->
            account.directory().users().update(service(account), request.name("user"), draft));
    return Answer.found("User", fields(request, changed));
  }

  private static Fields fields(RestRequest request, User user) {
    return new Fields()
        .put("sid", user.sid())
        .put("identity", user.identity())
        .put("friendly_name", user.friendlyName())
        .put("avatar", user.avatar())
        .put("state", user.active() ? "active" : "deactivated")
        .put("is_available", user.isAvailable())
        .put("url", request.url("/Users/" + user.sid()));
  }
}
