package dev.ringback.rest.v1;

import dev.ringback.account.ApiError;
import dev.ringback.conversation.Role;
import dev.ringback.engine.Account;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import java.util.List;

/** Roles (docs/conversations/api/role-resource): kept and shown; everybody may do everything. */
final class RoleResource {
  private RoleResource() {}

  static void add(Routes routes) {
    routes
        .get("/Roles", RoleResource::list)
        .post("/Roles", RoleResource::create)
        .get("/Roles/{role}", r -> Answer.found("Role", fields(r, r.ask(a -> find(r, a)))))
        .post("/Roles/{role}", RoleResource::update)
        .delete(
            "/Roles/{role}",
            r ->
                r.change(account -> {
                  Role role = find(r, account);
                  account.directory().roles().delete(Scope.service(r, account), role);
                  return Answer.gone();
                }));
  }

  private static Role find(RestRequest request, Account account) {
    Sid sid = request.sid("role", SidKind.ROLE);
    return account.directory().roles().of(Scope.service(request, account).sid(), sid);
  }

  private static List<String> permissions(RestRequest request) {
    List<String> permissions = request.params().all("Permission");
    if (permissions.stream().allMatch(String::isEmpty)) {
      throw ApiError.badRequest(20001, "Missing required parameter Permission in the post body");
    }
    return permissions;
  }

  private static Answer create(RestRequest request) {
    String name = request.params().required("FriendlyName");
    request.params().text("FriendlyName", 256, 20001);
    String given = request.params().required("Type");
    String type =
        request.params().choice("Type", List.of("conversation", "service"), 20001).orElse(given);
    List<String> permissions = permissions(request);
    Role made =
        request.change(account ->
            account
                .directory()
                .roles()
                .create(Scope.service(request, account), name, type, permissions, account.now()));
    return Answer.created("Role", fields(request, made));
  }

  private static Answer update(RestRequest request) {
    List<String> permissions = permissions(request);
    Role changed =
        request.change(account -> {
          Role role = find(request, account);
          return account.directory().roles().update(role, permissions, account.now());
        });
    return Answer.found("Role", fields(request, changed));
  }

  private static Answer list(RestRequest request) {
    return request.listing(
        request.ask(
            account -> account.directory().roles().all(Scope.service(request, account).sid())),
        r -> r.sid().value(),
        UserResource.MOST_PER_PAGE,
        "roles",
        "Role",
        "Roles",
        r -> fields(request, r));
  }

  private static Fields fields(RestRequest request, Role role) {
    return new Fields()
        .put("sid", role.sid())
        .put("account_sid", request.account())
        .put("chat_service_sid", role.service())
        .put("friendly_name", role.friendlyName())
        .put("type", role.type())
        .put("permissions", role.permissions())
        .iso8601("date_created", role.created())
        .iso8601("date_updated", role.updated())
        .put("url", Scope.url(request, "/Roles/" + role.sid()));
  }
}
