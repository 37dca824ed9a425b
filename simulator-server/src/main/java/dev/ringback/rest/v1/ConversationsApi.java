package dev.ringback.rest.v1;

import dev.ringback.rest.Product;
import dev.ringback.rest.Routes;
import java.util.List;

/**
 * Routes of {@code conversations.twilio.com}, below {@code /v1}. What belongs to a service is there
 * twice: for the default service, and below {@code /Services/{service}}.
 */
public final class ConversationsApi {
  private ConversationsApi() {}

  public static Routes routes() {
    Routes routes = Routes.of(Product.CONVERSATIONS);
    ServiceResource.add(routes);
    ConfigurationResource.add(routes);
    AddressResource.add(routes);
    for (Routes each : List.of(routes, routes.below("/Services/{service}"))) {
      ConversationResource.add(each);
      ParticipantResource.add(each);
      ConversationMessageResource.add(each);
      ScopedWebhookResource.add(each);
      ParticipantConversationResource.add(each);
      UserResource.add(each);
      UserConversationResource.add(each);
      RoleResource.add(each);
    }
    return routes;
  }
}
