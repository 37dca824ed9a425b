package dev.ringback.rest.v1;

import dev.ringback.account.ApiError;
import dev.ringback.conversation.Configuration;
import dev.ringback.conversation.EventType;
import dev.ringback.conversation.WebhookConfiguration;
import dev.ringback.engine.Account;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import dev.ringback.twiml.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all conversations of the account (docs/conversations/api/configuration-resource,
 * -webhook-resource).
 */
final class ConfigurationResource {
  private ConfigurationResource() {}

  static void add(Routes routes) {
    routes
        .get(
            "/Configuration",
            r ->
                Answer.found(
                    "Configuration",
                    fields(r, r.ask(a -> a.directory().services().configuration()))))
        .post("/Configuration", ConfigurationResource::update)
        .get(
            "/Configuration/Webhooks",
            r ->
                Answer.found(
                    "Webhooks", webhookFields(r, r.ask(a -> a.directory().services().webhooks()))))
        .post("/Configuration/Webhooks", ConfigurationResource::updateWebhooks);
  }

  private static Answer update(RestRequest request) {
    Params params = request.params();
    Optional<Sid> service = params.sid("DefaultChatServiceSid", SidKind.SERVICE, 20001);
    Optional<Sid> messaging =
        params.sid("DefaultMessagingServiceSid", SidKind.MESSAGING_SERVICE, 50341);
    String inactive = timer(params, "DefaultInactiveTimer", 50379, 50375, Duration.ofMinutes(1));
    String closed = timer(params, "DefaultClosedTimer", 50380, 50376, Duration.ofMinutes(10));
    Configuration.Draft draft =
        new Configuration.Draft(service.orElse(null), messaging.orElse(null), inactive, closed);
    Configuration changed =
        request.change(account -> account.directory().services().configure(draft));
    return Answer.found("Configuration", fields(request, changed));
  }

  private static @Nullable String timer(
      Params params, String name, int badForm, int tooShort, Duration shortest) {
    Optional<Duration> timer = params.duration(name, badForm);
    timer
        .filter(t -> !t.isZero() && t.compareTo(shortest) < 0)
        .ifPresent(t -> {
          throw ApiError.badRequest(
              tooShort, "%s should be greater or equal to %s".formatted(name, shortest));
        });
    return timer.map(Duration::toString).orElse(null);
  }

  private static Fields fields(RestRequest request, Configuration configuration) {
    return new Fields()
        .put("account_sid", request.account())
        .put("default_chat_service_sid", configuration.service())
        .put("default_messaging_service_sid", configuration.messagingService())
        .put("default_inactive_timer", configuration.inactiveTimer())
        .put("default_closed_timer", configuration.closedTimer())
        .put("url", request.url("/Configuration"))
        .put(
            "links",
            new Fields()
                .put(
                    "service",
                    request.url("/Services/" + configuration.service() + "/Configuration"))
                .put("webhooks", request.url("/Configuration/Webhooks")));
  }

  // Webhooks

  private static Answer updateWebhooks(RestRequest request) {
    WebhookConfiguration.Draft draft = webhooks(request.params(), true);
    WebhookConfiguration changed =
        request.change(account -> {
          WebhookConfiguration after = account.directory().services().configure(draft);
          nameDeafness(account, after, "/Configuration/Webhooks");
          return after;
        });
    return Answer.found("Webhooks", webhookFields(request, changed));
  }

  /** Twilio takes addresses without filters, and then never calls them. */
  static void nameDeafness(Account account, WebhookConfiguration webhooks, String path) {
    if ((webhooks.pre() != null || webhooks.post() != null) && webhooks.filters().isEmpty()) {
      account.remark(
          null, path + " has addresses and no Filters, so no event is sent there; name the events");
    }
  }

  /**
   * @param wide whether they are the account's, which have a target
   */
  static WebhookConfiguration.Draft webhooks(Params params, boolean wide) {
    Optional<String> target =
        wide ? params.choice("Target", List.of("webhook", "flex"), 20001) : Optional.empty();
    if (target.filter("flex"::equals).isPresent()) {
      throw ApiError.badRequest(20001, "Target flex is not emulated; use webhook");
    }
    return new WebhookConfiguration.Draft(
        method(params, "Method"),
        params.has("Filters") ? filters(params, "Filters", 20001) : null,
        params.url("PreWebhookUrl", 50077).orElse(null),
        params.url("PostWebhookUrl", 50078).orElse(null),
        target.orElse(null));
  }

  static @Nullable HttpMethod method(Params params, String name) {
    return params.method(name, 50055).orElse(null);
  }

  /** Names of events, each a value of its own. */
  static List<EventType> filters(Params params, String name, int code) {
    List<EventType> filters = new ArrayList<>();
    for (String filter : params.all(name)) {
      if (!filter.isEmpty()) {
        filters.add(
            EventType.named(filter)
                .orElseThrow(() ->
                    ApiError.badRequest(
                        code, "%s: there is no event '%s'".formatted(name, filter))));
      }
    }
    return filters;
  }

  private static Fields webhookFields(RestRequest request, WebhookConfiguration webhooks) {
    return new Fields()
        .put("account_sid", request.account())
        .put("pre_webhook_url", webhooks.pre())
        .put("post_webhook_url", webhooks.post())
        .put("method", webhooks.method().name())
        .put("filters", EventType.wireNames(webhooks.filters()))
        .put("target", webhooks.target())
        .put("url", request.url("/Configuration/Webhooks"));
  }
}
