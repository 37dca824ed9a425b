package dev.ringback.rest.v1;

import dev.ringback.engine.Account;
import dev.ringback.engine.LoggedAlert;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.Product;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import dev.ringback.rest.Variables;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Routes of {@code monitor.twilio.com}, below {@code /v1}: what the Debugger keeps
 * (docs/usage/monitor-alert).
 */
public final class MonitorApi {
  private static final int MOST_PER_PAGE = 1_000;

  private MonitorApi() {}

  public static Routes routes() {
    return Routes.of(Product.MONITOR)
        .get("/Alerts", MonitorApi::list)
        .get("/Alerts/{sid}", MonitorApi::fetch);
  }

  private static Answer list(RestRequest request) {
    Params params = request.params();
    Optional<String> level =
        params.choice("LogLevel", List.of("error", "warning", "notice", "debug"), 20001);
    Optional<Instant> from = params.instant("StartDate", 20001);
    Optional<Instant> to = params.until("EndDate", 20001);
    List<LoggedAlert> shown =
        request.ask(Account::debugger).reversed().stream()
            .filter(e -> level.filter(l -> !l.equals(level(e))).isEmpty())
            .filter(e -> from.filter(f -> e.at().isBefore(f)).isEmpty())
            .filter(e -> to.filter(t -> !e.at().isBefore(t)).isEmpty())
            .toList();
    return request.listing(
        shown,
        e -> e.sid().value(),
        MOST_PER_PAGE,
        "alerts",
        "Alert",
        "Alerts",
        e -> fields(request, e, false));
  }

  private static Answer fetch(RestRequest request) {
    Sid sid = request.sid("sid", SidKind.NOTIFICATION);
    return request.ask(Account::debugger).stream()
        .filter(e -> e.sid().equals(sid))
        .findFirst()
        .map(e -> Answer.found("Alert", fields(request, e, true)))
        .orElseThrow(request::notFound);
  }

  private static String level(LoggedAlert entry) {
    return entry.alert().level().name().toLowerCase(Locale.ROOT);
  }

  private static Fields fields(RestRequest request, LoggedAlert entry, boolean whole) {
    Fields fields =
        new Fields()
            .put("account_sid", request.account())
            .put("alert_text", Variables.text(entry))
            .put("api_version", "2010-04-01")
            .iso8601("date_created", entry.at())
            .iso8601("date_generated", entry.at())
            .iso8601("date_updated", entry.at())
            .put("error_code", entry.alert().code())
            .put("log_level", level(entry))
            .put("more_info", Variables.moreInfo(entry))
            .put("request_method", Variables.method(entry))
            .put("request_url", Variables.url(entry));
    if (whole) {
      fields.put("request_variables", Variables.request(entry));
    }
    fields.put("resource_sid", entry.call());
    if (whole) {
      fields
          .put("response_body", Variables.responseBody(entry))
          .put("response_headers", Variables.responseHeaders(entry))
          .put("request_headers", Variables.requestHeaders(entry));
    }
    return fields
        .put("sid", entry.sid())
        .put("url", request.url("/Alerts/" + entry.sid()))
        .put("service_sid", null);
  }
}
