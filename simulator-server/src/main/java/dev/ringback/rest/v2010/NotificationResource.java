package dev.ringback.rest.v2010;

import dev.ringback.engine.Account;
import dev.ringback.engine.LoggedAlert;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import dev.ringback.rest.TimeFilter;
import dev.ringback.rest.Variables;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the Debugger keeps, as the API of 2010 shows it (docs/usage/api/notifications). */
final class NotificationResource {
  private NotificationResource() {}

  static void add(Routes routes) {
    routes
        .get("/Notifications", r -> list(r, r.ask(Account::debugger)))
        .get("/Notifications/{sid}", r -> fetch(r, r.ask(Account::debugger)))
        .get("/Calls/{call}/Notifications", r -> list(r, r.ask(a -> ofCall(r, a))))
        .get("/Calls/{call}/Notifications/{sid}", r -> fetch(r, r.ask(a -> ofCall(r, a))));
  }

  private static List<LoggedAlert> ofCall(RestRequest request, Account account) {
    Sid call = CallResource.leg(request, account, "call").leg().sid();
    return account.debugger().stream().filter(e -> call.equals(e.call())).toList();
  }

  private static Answer list(RestRequest request, List<LoggedAlert> entries) {
    Params params = request.params();
    Optional<Integer> log = params.integer("Log", 0, 1, 20001);
    TimeFilter byDate = params.times("MessageDate");
    List<LoggedAlert> shown =
        entries.reversed().stream()
            .filter(e -> log.filter(l -> l != level(e)).isEmpty())
            .filter(e -> byDate.takes(e.at()))
            .toList();
    return request.listing(
        shown,
        e -> e.sid().value(),
        Version2010.MOST_PER_PAGE,
        "notifications",
        "Notification",
        "Notifications",
        e -> fields(request, e, false));
  }

  private static Answer fetch(RestRequest request, List<LoggedAlert> entries) {
    Sid sid = request.sid("sid", SidKind.NOTIFICATION);
    return entries.stream()
        .filter(e -> e.sid().equals(sid))
        .findFirst()
        .map(e -> Answer.found("Notification", fields(request, e, true)))
        .orElseThrow(request::notFound);
  }

  /** 0 is an error, 1 a warning. */
  private static int level(LoggedAlert entry) {
    return Variables.isError(entry) ? 0 : 1;
  }

  private static Fields fields(RestRequest request, LoggedAlert entry, boolean whole) {
    String below = request.nameOrNull("call") == null ? "" : "/Calls/" + request.name("call");
    @Nullable String method = Variables.method(entry);
    Fields fields =
        new Fields()
            .put("account_sid", request.account())
            .put("api_version", Version2010.NAME)
            .put("call_sid", entry.call())
            .rfc2822("date_created", entry.at())
            .rfc2822("date_updated", entry.at())
            .put("error_code", entry.alert().code())
            .put("log", Integer.toString(level(entry)))
            .rfc2822("message_date", entry.at())
            .put("message_text", Variables.text(entry))
            .put("more_info", Variables.moreInfo(entry))
            .put("request_method", method)
            .put("request_url", Variables.url(entry));
    if (whole) {
      fields
          .put("request_variables", Variables.request(entry))
          .put("response_body", Variables.responseBody(entry))
          .put("response_headers", Variables.responseHeaders(entry));
    }
    return fields
        .put("sid", entry.sid())
        .put("uri", request.uri(below + "/Notifications/" + entry.sid()));
  }
}
