package dev.ringback.rest.v2010;

import dev.ringback.rest.Answer;
import dev.ringback.rest.Fields;
import dev.ringback.rest.RestRequest;
import dev.ringback.rest.Routes;
import java.time.Instant;
import java.util.List;

/** Accounts (docs/iam/api/account): there is one, and it is active. */
final class AccountResource {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  /** As the resource names them, and their paths. */
  private static final List<List<String>> BELOW =
      List.of(
          List.of("available_phone_numbers", "AvailablePhoneNumbers"),
          List.of("calls", "Calls"),
          List.of("conferences", "Conferences"),
          List.of("incoming_phone_numbers", "IncomingPhoneNumbers"),
          List.of("notifications", "Notifications"),
          List.of("outgoing_caller_ids", "OutgoingCallerIds"),
          List.of("recordings", "Recordings"),
          List.of("transcriptions", "Transcriptions"),
          List.of("addresses", "Addresses"),
          List.of("signing_keys", "SigningKeys"),
          List.of("connect_apps", "ConnectApps"),
          List.of("sip", "SIP"),
          List.of("authorized_connect_apps", "AuthorizedConnectApps"),
          List.of("usage", "Usage"),
          List.of("keys", "Keys"),
          List.of("applications", "Applications"),
          List.of("short_codes", "ShortCodes"),
          List.of("queues", "Queues"),
          List.of("messages", "Messages"),
          List.of("balance", "Balance"));

  private AccountResource() {}

  static void add(Routes routes) {
    routes.get("/Accounts", AccountResource::list);
    routes.get("/Accounts/{account}", r -> Answer.found("Account", fields(r)));
  }

  private static Answer list(RestRequest request) {
    boolean shown =
        request
                .params()
                .choice("Status", List.of("active", "suspended", "closed"), 20001)
                .filter(status -> !status.equals("active"))
                .isEmpty()
            && request.params().text("FriendlyName").filter(n -> !n.equals(NAME)).isEmpty();
    return request.listing(
        shown ? List.of(request.account()) : List.<String>of(),
        sid -> sid,
        Version2010.MOST_PER_PAGE,
        "accounts",
        "Account",
        "Accounts",
        sid -> fields(request));
  }

  private static final String NAME = "Ringback";

  private static Fields fields(RestRequest request) {
    Fields below = new Fields();
    BELOW.forEach(each -> below.put(each.getFirst(), request.uri("/" + each.getLast())));
    return new Fields()
        .put("auth_token", request.token())
        .rfc2822("date_created", CREATED)
        .rfc2822("date_updated", CREATED)
        .put("friendly_name", NAME)
        .put("owner_account_sid", request.account())
        .put("sid", request.account())
        .put("status", "active")
        .put("subresource_uris", below)
        .put("type", "Full")
        .put("uri", request.uri(""));
  }
}
