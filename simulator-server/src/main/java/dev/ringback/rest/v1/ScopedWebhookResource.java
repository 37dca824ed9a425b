package dev.ringback.rest.v1;

import dev.ringback.account.ApiError;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.EventType;
import dev.ringback.conversation.ScopedWebhook;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Webhooks of one conversation (docs/conversations/api/conversation-scoped-webhook-resource). */
final class ScopedWebhookResource {
  private static final int MOST_PER_PAGE = 5;
  private static final String PATH = "/Conversations/{conversation}/Webhooks";

  private ScopedWebhookResource() {}

  static void add(Routes routes) {
    routes
        .get(PATH, ScopedWebhookResource::list)
        .post(PATH, ScopedWebhookResource::create)
        .get(
            PATH + "/{webhook}",
            r ->
                Answer.found(
                    "Webhook",
                    fields(
                        r,
                        r.ask(account ->
                            account
                                .directory()
                                .scopedWebhooks()
                                .of(Scope.conversation(r, account).sid(), r.name("webhook"))))))
        .post(PATH + "/{webhook}", ScopedWebhookResource::update)
        .delete(
            PATH + "/{webhook}",
            r ->
                r.change(account -> {
                  account
                      .directory()
                      .scopedWebhooks()
                      .remove(Scope.conversation(r, account).sid(), r.name("webhook"));
                  return Answer.gone();
                }));
  }

  private static ScopedWebhook.Draft draft(Params params, @Nullable String target) {
    if (params.has("Configuration.ReplayAfter") || params.has("Configuration.FlowSid")) {
      throw ApiError.badRequest(
          20001, "Configuration.ReplayAfter and Configuration.FlowSid are not emulated");
    }
    return new ScopedWebhook.Draft(
        target,
        params.url("Configuration.Url", 50369).filter(u -> !u.isEmpty()).orElse(null),
        ConfigurationResource.method(params, "Configuration.Method"),
        params.has("Configuration.Filters")
            ? ConfigurationResource.filters(params, "Configuration.Filters", 50365)
            : null,
        params.has("Configuration.Triggers") ? params.all("Configuration.Triggers") : null);
  }

  private static Answer create(RestRequest request) {
    Params params = request.params();
    String given = params.required("Target", 50368, "Conversation webhook type not provided");
    String target =
        params.choice("Target", List.of("webhook", "trigger", "studio"), 50364).orElse(given);
    if (target.equals("studio")) {
      throw ApiError.badRequest(50364, "Target studio is not emulated; use webhook or trigger");
    }
    ScopedWebhook.Draft draft = draft(params, target);
    if (draft.url() == null) {
      throw ApiError.badRequest(50369, "Conversation webhook URL not provided");
    }
    if (target.equals("trigger") && (draft.triggers() == null || draft.triggers().isEmpty())) {
      throw ApiError.badRequest(50371, "Conversation webhook trigger not provided");
    }
    ScopedWebhook made =
        request.change(account ->
            account
                .directory()
                .scopedWebhooks()
                .add(Scope.conversation(request, account), draft, account.now()));
    return Answer.created("Webhook", fields(request, made));
  }

  private static Answer update(RestRequest request) {
    ScopedWebhook.Draft draft = draft(request.params(), null);
    ScopedWebhook changed =
        request.change(account ->
            account
                .directory()
                .scopedWebhooks()
                .update(
                    Scope.conversation(request, account).sid(),
                    request.name("webhook"),
                    draft,
                    account.now()));
    return Answer.found("Webhook", fields(request, changed));
  }

  private static Answer list(RestRequest request) {
    return request.listing(
        request.ask(account -> {
          Conversation conversation = Scope.conversation(request, account);
          return account.directory().scopedWebhooks().all(conversation.sid());
        }),
        w -> w.sid().value(),
        MOST_PER_PAGE,
        "webhooks",
        "Webhook",
        "Webhooks",
        w -> fields(request, w));
  }

  private static Fields fields(RestRequest request, ScopedWebhook webhook) {
    Fields configuration =
        new Fields()
            .put("url", webhook.url())
            .put("method", webhook.method().name().toLowerCase(Locale.ROOT))
            .put("filters", EventType.wireNames(webhook.filters()));
    if (!webhook.triggers().isEmpty()) {
      configuration.put("triggers", webhook.triggers());
    }
    return Scope.withService(request, new Fields().put("account_sid", request.account()))
        .put("conversation_sid", webhook.conversation())
        .put("sid", webhook.sid())
        .put("target", webhook.target())
        .put("configuration", configuration)
        .iso8601("date_created", webhook.created())
        .iso8601("date_updated", webhook.updated())
        .put(
            "url",
            Scope.url(
                request,
                "/Conversations/" + webhook.conversation() + "/Webhooks/" + webhook.sid()));
  }
}
