package dev.ringback.rest.v2010;

import dev.ringback.rest.Product;
import dev.ringback.rest.Route.Audience;
import dev.ringback.rest.Routes;

/** Routes of the API of 2010, below {@code /2010-04-01}. */
public final class Api2010 {
  private Api2010() {}

  public static Routes routes() {
    Routes routes = Routes.of(Product.API);
    AccountResource.add(routes.open(Audience.ACCOUNT));
    Routes account = routes.below("/Accounts/{account}");
    CallResource.add(account);
    CallRecordingResource.add(account);
    RecordingResource.add(account);
    PhoneNumberResource.add(account);
    ApplicationResource.add(account);
    NotificationResource.add(account);
    QueueResource.add(account);
    ConferenceResource.add(account);
    MessageResource.add(account);
    KeyResource.add(account.open(Audience.ACCOUNT));
    return routes;
  }
}
