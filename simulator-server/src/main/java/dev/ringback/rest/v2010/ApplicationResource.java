package dev.ringback.rest.v2010;

import dev.ringback.account.ApiError;
import dev.ringback.account.Application;
import dev.ringback.account.Endpoints;
import dev.ringback.engine.Account;
import dev.ringback.id.SidKind;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * TwiML apps (docs/usage/api/applications). One of them is "Voice in Frontline", whose URL answers
 * the calls of workers.
 */
final class ApplicationResource {
  private static final List<String> MORE_URLS =
      List.of("SmsStatusCallback", "MessageStatusCallback");

  private ApplicationResource() {}

  static void add(Routes routes) {
    routes
        .get("/Applications", ApplicationResource::list)
        .post("/Applications", ApplicationResource::create)
        .get(
            "/Applications/{sid}",
            r -> Answer.found("Application", fields(r, r.ask(account -> find(r, account)))))
        .post("/Applications/{sid}", ApplicationResource::update)
        .delete(
            "/Applications/{sid}",
            r ->
                r.change(account -> {
                  account.inventory().removeApplication(find(r, account).sid());
                  return Answer.gone();
                }));
  }

  private static Application find(RestRequest request, Account account) {
    return account
        .inventory()
        .application(request.sid("sid", SidKind.APPLICATION))
        .orElseThrow(request::notFound);
  }

  private static Map<String, String> changes(RestRequest request) {
    Map<String, String> changes = Hooks.changes(request.params(), MORE_URLS);
    request
        .params()
        .flag("PublicApplicationConnectEnabled")
        .ifPresent(f -> changes.put("public_application_connect_enabled", f ? "true" : ""));
    return changes;
  }

  private static Endpoints checked(Endpoints endpoints) {
    if (endpoints.get("voice_fallback_url") != null && endpoints.get("voice_url") == null) {
      throw ApiError.badRequest(21405, "Cannot set VoiceFallbackUrl without setting Url");
    }
    if (endpoints.get("sms_fallback_url") != null && endpoints.get("sms_url") == null) {
      throw ApiError.badRequest(21406, "Cannot set SmsFallbackUrl without setting SmsUrl");
    }
    return endpoints;
  }

  private static Answer create(RestRequest request) {
    Map<String, String> changes = changes(request);
    Application made =
        request.change(account ->
            account
                .inventory()
                .addApplication(checked(Endpoints.NONE.with(changes)), account.now()));
    return Answer.created("Application", fields(request, made));
  }

  private static Answer update(RestRequest request) {
    Map<String, String> changes = changes(request);
    Application changed =
        request.change(account -> {
          Application before = find(request, account);
          return account
              .inventory()
              .updateApplication(before, checked(before.endpoints().with(changes)), account.now());
        });
    return Answer.found("Application", fields(request, changed));
  }

  private static Answer list(RestRequest request) {
    Optional<String> name = request.params().text("FriendlyName");
    List<Application> shown =
        request.ask(account -> account.inventory().applications()).reversed().stream()
            .filter(a -> name.filter(n -> !n.equals(a.endpoints().get("friendly_name"))).isEmpty())
            .toList();
    return request.listing(
        shown,
        a -> a.sid().value(),
        Version2010.MOST_PER_PAGE,
        "applications",
        "Application",
        "Applications",
        a -> fields(request, a));
  }

  private static String method(Endpoints endpoints, String field) {
    String method = endpoints.get(field);
    return method == null ? "POST" : method;
  }

  private static Fields fields(RestRequest request, Application application) {
    Endpoints endpoints = application.endpoints();
    return new Fields()
        .put("account_sid", request.account())
        .put("api_version", Version2010.NAME)
        .rfc2822("date_created", application.created())
        .rfc2822("date_updated", application.updated())
        .put("friendly_name", endpoints.get("friendly_name"))
        .put("message_status_callback", endpoints.get("message_status_callback"))
        .put("sid", application.sid())
        .put("sms_fallback_method", method(endpoints, "sms_fallback_method"))
        .put("sms_fallback_url", endpoints.get("sms_fallback_url"))
        .put("sms_method", method(endpoints, "sms_method"))
        .put("sms_status_callback", endpoints.get("sms_status_callback"))
        .put("sms_url", endpoints.get("sms_url"))
        .put("status_callback", endpoints.get("status_callback"))
        .put("status_callback_method", method(endpoints, "status_callback_method"))
        .put("uri", request.uri("/Applications/" + application.sid()))
        .put("voice_caller_id_lookup", endpoints.get("voice_caller_id_lookup") != null)
        .put("voice_fallback_method", method(endpoints, "voice_fallback_method"))
        .put("voice_fallback_url", endpoints.get("voice_fallback_url"))
        .put("voice_method", method(endpoints, "voice_method"))
        .put("voice_url", endpoints.get("voice_url"))
        .put(
            "public_application_connect_enabled",
            endpoints.get("public_application_connect_enabled") != null);
  }
}
