package dev.ringback.rest.v1;

import dev.ringback.conversation.EventType;
import dev.ringback.conversation.Service;
import dev.ringback.conversation.WebhookConfiguration;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;

/** Services and their configuration (docs/conversations/api/service-resource). */
final class ServiceResource {
  private static final int MOST_PER_PAGE = 100;

  private ServiceResource() {}

  static void add(Routes routes) {
    routes
        .get("/Services", ServiceResource::list)
        .post("/Services", ServiceResource::create)
        .get(
            "/Services/{service}",
            r -> Answer.found("Service", fields(r, r.ask(a -> Scope.service(r, a)))))
        .delete(
            "/Services/{service}",
            r ->
                r.change(account -> {
                  Sid sid = Scope.service(r, account).sid();
                  account.directory().deleteService(sid);
                  return Answer.gone();
                }))
        .get(
            "/Services/{service}/Configuration",
            r -> Answer.found("Configuration", configuration(r, r.ask(a -> Scope.service(r, a)))))
        .post("/Services/{service}/Configuration", ServiceResource::configure)
        .get(
            "/Services/{service}/Configuration/Webhooks",
            r -> Answer.found("Webhooks", webhooks(r, r.ask(a -> Scope.service(r, a)))))
        .post("/Services/{service}/Configuration/Webhooks", ServiceResource::configureWebhooks);
  }

  private static Answer list(RestRequest request) {
    return request.listing(
        request.ask(account -> account.directory().services().all()),
        s -> s.sid().value(),
        MOST_PER_PAGE,
        "services",
        "Service",
        "Services",
        s -> fields(request, s));
  }

  private static Answer create(RestRequest request) {
    String name = request.params().required("FriendlyName");
    Service made =
        request.change(account -> account.directory().services().create(name, account.now()));
    return Answer.created("Service", fields(request, made));
  }

  private static Fields fields(RestRequest request, Service service) {
    String path = "/Services/" + service.sid();
    return new Fields()
        .put("sid", service.sid())
        .put("account_sid", request.account())
        .put("friendly_name", service.friendlyName())
        .iso8601("date_created", service.created())
        .iso8601("date_updated", service.updated())
        .put("url", request.url(path))
        .put(
            "links",
            new Fields()
                .put("conversations", request.url(path + "/Conversations"))
                .put("users", request.url(path + "/Users"))
                .put("roles", request.url(path + "/Roles"))
                .put("bindings", request.url(path + "/Bindings"))
                .put("configuration", request.url(path + "/Configuration"))
                .put("participant_conversations", request.url(path + "/ParticipantConversations"))
                .put(
                    "conversation_with_participants",
                    request.url(path + "/ConversationWithParticipants")));
  }

  // Configuration

  private static Answer configure(RestRequest request) {
    Params params = request.params();
    Service.Draft draft =
        new Service.Draft(
            params.sid("DefaultConversationCreatorRoleSid", SidKind.ROLE, 50106).orElse(null),
            params.sid("DefaultConversationRoleSid", SidKind.ROLE, 50109).orElse(null),
            params.sid("DefaultChatServiceRoleSid", SidKind.ROLE, 20001).orElse(null),
            params.flag("ReachabilityEnabled").orElse(null));
    Service changed =
        request.change(account -> {
          Sid sid = Scope.service(request, account).sid();
          return account.directory().services().configure(sid, draft);
        });
    return Answer.found("Configuration", configuration(request, changed));
  }

  private static Fields configuration(RestRequest request, Service service) {
    String path = "/Services/" + service.sid() + "/Configuration";
    return new Fields()
        .put("chat_service_sid", service.sid())
        .put("default_conversation_creator_role_sid", service.creatorRole())
        .put("default_conversation_role_sid", service.conversationRole())
        .put("default_chat_service_role_sid", service.serviceRole())
        .put("reachability_enabled", service.reachability())
        .put("url", request.url(path))
        .put(
            "links",
            new Fields()
                .put("notifications", request.url(path + "/Notifications"))
                .put("webhooks", request.url(path + "/Webhooks")));
  }

  // Webhooks

  private static Answer configureWebhooks(RestRequest request) {
    WebhookConfiguration.Draft draft = ConfigurationResource.webhooks(request.params(), false);
    Service changed =
        request.change(account -> {
          Sid sid = Scope.service(request, account).sid();
          Service after = account.directory().services().configure(sid, draft);
          ConfigurationResource.nameDeafness(
              account, after.webhooks(), "/Services/" + sid + "/Configuration/Webhooks");
          return after;
        });
    return Answer.found("Webhooks", webhooks(request, changed));
  }

  private static Fields webhooks(RestRequest request, Service service) {
    WebhookConfiguration webhooks = service.webhooks();
    boolean set =
        !webhooks.equals(WebhookConfiguration.NONE); // of a fresh service all of it is null
    return new Fields()
        .put("account_sid", request.account())
        .put("chat_service_sid", service.sid())
        .put("pre_webhook_url", webhooks.pre())
        .put("post_webhook_url", webhooks.post())
        .put(
            "filters",
            webhooks.filters().isEmpty() ? null : EventType.wireNames(webhooks.filters()))
        .put("method", set ? webhooks.method().name() : null)
        .put("url", request.url("/Services/" + service.sid() + "/Configuration/Webhooks"));
  }
}
