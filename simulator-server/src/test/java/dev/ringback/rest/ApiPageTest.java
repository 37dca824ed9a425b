package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.house.GeneratedDocs;
import dev.ringback.server.RingbackServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code docs/API.md}: the routes as the code has them, and what was tried and refused. */
@Timeout(60)
class ApiPageTest {
  private static final List<String> APPROXIMATED =
      List.of(
          "Prices are null; nothing is rated.",
          "Whoever is called answers as a human: `AnsweredBy=human`, at once or in the background.",
          "Messages of 2010 are accepted, kept and shown; nothing is sent, and they stay `queued`, or"
              + " `accepted` with a messaging service.",
          "Every number that the account does not have can be bought, and costs nothing.",
          "Roles are kept and shown; everybody may do everything.",
          "Address configurations are kept and shown; no messages come in that they could concern.",
          "Deleted recordings are gone at once, so `IncludeSoftDeleted` finds none. A deleted call"
              + " stays in the control API.",
          "A leg that a document dialled can be ended by the API and not redirected or recorded.",
          "Caller ids need not be verified unless `account.callerIds` lists those that are; with"
              + " numbers configured, `From` must be one of them.",
          "Projected addresses are checked, kept and shown; there are no group texts.");

  /** A request that is not emulated, and how it is refused. */
  private record Refused(String what, String method, String path, List<String> form, int status) {}

  private static final List<Refused> NOT_EMULATED =
      List.of(
          new Refused("CSV", "GET", "{ac}/Calls.csv", List.of(), 404),
          new Refused("subaccounts", "POST", "/2010-04-01/Accounts.json", List.of(), 405),
          new Refused(
              "searching for numbers",
              "GET",
              "{ac}/AvailablePhoneNumbers/US/Local.json",
              List.of(),
              404),
          new Refused("verified caller ids", "GET", "{ac}/OutgoingCallerIds.json", List.of(), 404),
          new Refused("usage", "GET", "{ac}/Usage/Records.json", List.of(), 404),
          new Refused("SIP domains", "GET", "{ac}/SIP/Domains.json", List.of(), 404),
          new Refused("transcriptions", "GET", "{ac}/Transcriptions.json", List.of(), 404),
          new Refused("media of messages", "GET", "{ac}/Messages/{SM}/Media.json", List.of(), 404),
          new Refused("payments", "POST", "{ac}/Calls/{CA}/Payments.json", List.of(), 404),
          new Refused("streams", "POST", "{ac}/Calls/{CA}/Streams.json", List.of(), 404),
          new Refused(
              "calling participants into a conference",
              "POST",
              "{ac}/Conferences/{CF}/Participants.json",
              List.of("From", "+15017122661", "To", "+15558675310"),
              400),
          new Refused(
              "muting and holding participants",
              "POST",
              "{ac}/Conferences/{CF}/Participants/{CA}.json",
              List.of("Muted", "true"),
              400),
          new Refused(
              "announcements in conferences",
              "POST",
              "{ac}/Conferences/{CF}.json",
              List.of("AnnounceMethod", "GET"),
              400),
          new Refused(
              "e-mail conversations",
              "POST",
              "/conversations/v1/Conversations",
              List.of("Bindings.Email.Address", "a@b.test"),
              400),
          new Refused(
              "media and content of conversation messages",
              "POST",
              "/conversations/v1/Conversations/{CH}/Messages",
              List.of("MediaSid", "ME00000000000000000000000000000000"),
              400),
          new Refused(
              "Studio flows as webhooks",
              "POST",
              "/conversations/v1/Conversations/{CH}/Webhooks",
              List.of("Target", "studio"),
              400),
          new Refused(
              "Flex as target of webhooks",
              "POST",
              "/conversations/v1/Configuration/Webhooks",
              List.of("Target", "flex"),
              400),
          new Refused(
              "delivery receipts",
              "GET",
              "/conversations/v1/Conversations/{CH}/Messages/{IM}/Receipts",
              List.of(),
              404),
          new Refused(
              "bindings of devices",
              "GET",
              "/conversations/v1/Services/{IS}/Bindings",
              List.of(),
              404),
          new Refused("Monitor events", "GET", "/monitor/v1/Events", List.of(), 404));

  @Test
  void whatIsNotEmulatedIsRefused() throws Exception {
    try (RestFixture fixture = new RestFixture("")) {
      String conversation =
          fixture.client.post("/conversations/v1/Conversations").json().path("sid").asString();
      for (Refused refused : NOT_EMULATED) {
        String path =
            refused
                .path()
                .replace("{ac}", fixture.account(""))
                .replace("{CH}", conversation)
                .replaceAll("\\{([A-Z]{2})}", "$1" + "0".repeat(32));
        RestClient.Answer answer =
            refused.method().equals("GET")
                ? fixture.client.get(path)
                : fixture.client.post(path, refused.form().toArray(String[]::new));
        assertEquals(refused.status(), answer.status(), refused.what() + ": " + answer.body());
        assertEquals(answer.status(), answer.json().path("status").asInt(), refused.what());
      }
    }
  }

  @Test
  void thePageIsTheCode() {
    GeneratedDocs.check("API.md", page());
  }

  private static String page() {
    StringBuilder page = new StringBuilder();
    page.append("# Twilio's API, route by route\n\n")
        .append(
            "Generated from the code by `make docs`; `make test` fails when it is out of date.\n")
        .append(
            "How an app gets here is in [ROADS.md](ROADS.md). Routes that are not in this list\n")
        .append("answer 404 with code 20404, and the log says that they are not emulated.\n");
    Map<String, Map<String, List<String>>> products = new LinkedHashMap<>();
    for (String route : RingbackServer.twilioRoutes()) {
      String[] words = route.split(" ", -1);
      if (!words[2].contains("/Services/{service}/")
          || words[2].startsWith("/v1/Services/{service}/Configuration")) {
        products
            .computeIfAbsent(words[1], p -> new TreeMap<>())
            .computeIfAbsent(words[2], p -> new ArrayList<>())
            .add(words[0]);
      }
    }
    products.forEach((product, routes) -> {
      page.append("\n## ").append(product).append(".twilio.com\n\n");
      if (product.equals("conversations")) {
        page.append("What belongs to a service is also below `/v1/Services/{service}`.\n\n");
      }
      page.append("| path | methods |\n|---|---|\n");
      routes.forEach((path, methods) ->
          page.append("| `%s` | %s |\n".formatted(path, String.join(", ", methods))));
    });
    page.append("\n## Approximated\n\n");
    APPROXIMATED.forEach(line -> page.append("- ").append(line).append('\n'));
    page.append("\n## Not emulated\n\n")
        .append("A test makes each of these requests and sees it refused. Unknown parameters are\n")
        .append(
            "ignored, as Twilio ignores them; the timeline of the call names them, or the log\n")
        .append("and the journal of the world where no call is meant.\n\n")
        .append("| what | request | answer |\n|---|---|---|\n");
    for (Refused refused : NOT_EMULATED) {
      page.append(
          "| %s | `%s %s%s` | %d |\n"
              .formatted(
                  refused.what(),
                  refused.method(),
                  refused.path().replace("{ac}", "…"),
                  refused.form().isEmpty() ? "" : " " + refused.form().getFirst() + "=…",
                  refused.status()));
    }
    return page.toString();
  }
}
