package dev.ringback.rest.v1;

import dev.ringback.account.ApiError;
import dev.ringback.conversation.AddressConfiguration;
import dev.ringback.conversation.AddressConfiguration.AutoCreation;
import dev.ringback.conversation.AddressConfigurations;
import dev.ringback.conversation.ChannelAddress;
import dev.ringback.conversation.EventType;
import dev.ringback.id.SidKind;
import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.Params;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import dev.ringback.twiml.HttpMethod;
import java.util.List;
import java.util.Optional;

/**
 * What is to become of messages to an address
 * (docs/conversations/api/address-configuration-resource). Kept and shown: calls do not ask it.
 */
final class AddressResource {
  private static final int MOST_PER_PAGE = 50;
  private static final List<String> TYPES =
      List.of("sms", "whatsapp", "messenger", "gbm", "email", "rcs", "apple", "chat");
  private static final String PATH = "/Configuration/Addresses";

  private AddressResource() {}

  static void add(Routes routes) {
    routes
        .get(PATH, AddressResource::list)
        .post(PATH, AddressResource::create)
        .get(
            PATH + "/{address}",
            r ->
                Answer.found(
                    "Address",
                    fields(
                        r,
                        r.ask(a -> a.directory().addressConfigurations().of(r.name("address"))))))
        .post(PATH + "/{address}", AddressResource::update)
        .delete(
            PATH + "/{address}",
            r ->
                r.change(account -> {
                  account.directory().addressConfigurations().delete(r.name("address"));
                  return Answer.gone();
                }));
  }

  private static AutoCreation autoCreation(Params params, AutoCreation before) {
    String prefix = "AutoCreation.";
    Optional<HttpMethod> method = params.method(prefix + "WebhookMethod", 20001);
    return new AutoCreation(
        params.flag(prefix + "Enabled").orElse(before.enabled()),
        params
            .choice(prefix + "Type", List.of("webhook", "studio", "default"), 20001)
            .orElse(before.type()),
        params
            .sid(prefix + "ConversationServiceSid", SidKind.SERVICE, 20001)
            .map(sid -> sid.value())
            .orElse(before.service()),
        params.url(prefix + "WebhookUrl", 20001).orElse(before.webhookUrl()),
        method.map(HttpMethod::name).orElse(before.webhookMethod()),
        params.has(prefix + "WebhookFilters")
            ? ConfigurationResource.filters(params, prefix + "WebhookFilters", 20001)
            : before.webhookFilters(),
        params.text(prefix + "StudioFlowSid").orElse(before.studioFlow()),
        params.integer(prefix + "StudioRetryCount", 0, 3, 20001).orElse(before.studioRetries()));
  }

  private static Answer create(RestRequest request) {
    Params params = request.params();
    String given = params.required("Type");
    String type = params.choice("Type", TYPES, 20001).orElse(given);
    String address = params.required("Address");
    params.text("Address", 256, 20001);
    boolean isNumber = type.equals("sms") || type.equals("whatsapp");
    if (isNumber && !ChannelAddress.of(address).isE164()) {
      throw ApiError.badRequest(20001, "Address is not valid for type " + type + ": " + address);
    }
    String name = params.text("FriendlyName", 256, 20001).orElse(null);
    String country = params.text("AddressCountry").orElse(null);
    AutoCreation autoCreation = autoCreation(params, AutoCreation.NONE);
    AddressConfiguration made =
        request.change(account ->
            account
                .directory()
                .addressConfigurations()
                .create(type, address, name, country, autoCreation, account.now()));
    return Answer.created("Address", fields(request, made));
  }

  private static Answer update(RestRequest request) {
    Params params = request.params();
    String name = params.text("FriendlyName", 256, 20001).orElse(null);
    AddressConfiguration changed =
        request.change(account -> {
          AddressConfigurations addresses = account.directory().addressConfigurations();
          AddressConfiguration before = addresses.of(request.name("address"));
          return addresses.update(
              before, name, autoCreation(params, before.autoCreation()), account.now());
        });
    return Answer.found("Address", fields(request, changed));
  }

  private static Answer list(RestRequest request) {
    Optional<String> type = request.params().choice("Type", TYPES, 20001);
    return request.listing(
        request.ask(account -> account.directory().addressConfigurations().all()).stream()
            .filter(a -> type.filter(t -> !t.equals(a.type())).isEmpty())
            .toList(),
        a -> a.sid().value(),
        MOST_PER_PAGE,
        "address_configurations",
        "AddressConfiguration",
        "AddressConfigurations",
        a -> fields(request, a));
  }

  private static Fields fields(RestRequest request, AddressConfiguration address) {
    AutoCreation auto = address.autoCreation();
    Fields autoCreation =
        new Fields()
            .put("enabled", auto.enabled())
            .put("type", auto.type())
            .put("conversation_service_sid", auto.service());
    switch (auto.type()) {
      case "webhook" ->
          autoCreation
              .put("webhook_url", auto.webhookUrl())
              .put("webhook_method", auto.webhookMethod())
              .put("webhook_filters", EventType.wireNames(auto.webhookFilters()));
      case "studio" ->
          autoCreation
              .put("studio_flow_sid", auto.studioFlow())
              .put("studio_retry_count", auto.studioRetries());
      default -> {}
    }
    return new Fields()
        .put("account_sid", request.account())
        .put("sid", address.sid())
        .put("address", address.address())
        .put("type", address.type())
        .put("friendly_name", address.friendlyName())
        .put("address_country", address.country())
        .put("auto_creation", autoCreation)
        .iso8601("date_created", address.created())
        .iso8601("date_updated", address.updated())
        .put("url", request.url("/Configuration/Addresses/" + address.sid()));
  }
}
