package dev.ringback.rest.v2010;

import dev.ringback.account.ApiKey;
import dev.ringback.engine.Account;
import dev.ringback.id.SidKind;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;

/** API keys (docs/iam/api-keys/key-resource-v2010): each can sign in at once. */
final class KeyResource {
  private KeyResource() {}

  static void add(Routes routes) {
    routes
        .get("/Keys", KeyResource::list)
        .post("/Keys", KeyResource::create)
        .get("/Keys/{sid}", r -> Answer.found("Key", fields(r.ask(a -> find(r, a)))))
        .post("/Keys/{sid}", KeyResource::update)
        .delete(
            "/Keys/{sid}",
            r ->
                r.change(account -> {
                  account.inventory().removeKey(find(r, account).sid());
                  return Answer.gone();
                }));
  }

  private static ApiKey find(RestRequest request, Account account) {
    return account
        .inventory()
        .key(request.sid("sid", SidKind.API_KEY))
        .orElseThrow(request::notFound);
  }

  private static String name(RestRequest request) {
    return request.params().text("FriendlyName", 64, 20002).orElse("");
  }

  private static Answer create(RestRequest request) {
    String name = name(request);
    ApiKey made = request.change(account -> account.inventory().addKey(name, account.now()));
    return Answer.created("Key", fields(made).put("secret", made.secret()));
  }

  private static Answer update(RestRequest request) {
    String name = name(request);
    ApiKey changed =
        request.change(
            account -> account.inventory().updateKey(find(request, account), name, account.now()));
    return Answer.found("Key", fields(changed));
  }

  private static Answer list(RestRequest request) {
    return request.listing(
        request.ask(account -> account.inventory().keys()).reversed(),
        k -> k.sid().value(),
        Version2010.MOST_PER_PAGE,
        "keys",
        "Key",
        "Keys",
        KeyResource::fields);
  }

  private static Fields fields(ApiKey key) {
    return new Fields()
        .put("sid", key.sid())
        .put("friendly_name", key.friendlyName())
        .rfc2822("date_created", key.created())
        .rfc2822("date_updated", key.updated());
  }
}
