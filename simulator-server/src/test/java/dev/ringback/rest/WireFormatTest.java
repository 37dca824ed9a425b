package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.engine.WorldSettings;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.WorldFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** How the API looks on the wire: formats, pages, headers, credentials, limits. */
@Timeout(60)
class WireFormatTest {
  private static final Pattern UPPER = Pattern.compile("_(.)");

  private RestFixture fixture;

  @SuppressWarnings("NullAway.Init")
  WireFormatTest() {}

  @BeforeEach
  void start() throws Exception {
    fixture = new RestFixture("rest: {callsPerSecond: 100, maxConcurrentRequests: 3}");
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private String call() {
    return fixture
        .client
        .post(
            fixture.account("/Calls.json"),
            "To",
            WorldFixture.CUSTOMER,
            "From",
            WorldFixture.NUMBER,
            "Twiml",
            "<Response/>")
        .json()
        .path("sid")
        .asString();
  }

  @Test
  @Fact({
    "auth.format-by-extension",
    "auth.response-headers",
    "call-json.annotation",
    "call-json.api-version",
    "call-json.dates",
    "call-json.dates-of-a-new-call",
    "call-json.direction",
    "call-json.duration",
    "call-json.formatted",
    "call-json.nulls-are-there",
    "call-json.phone-number-sid",
    "call-json.price-unit",
    "call-json.price-until-rated",
    "call-json.queue-time",
    "call-json.sids",
    "call-json.start-and-end",
    "call-json.status",
    "call-json.subresource-uris",
    "call-json.texts-or-null",
    "call-json.to-and-from",
    "call-json.trunk-sid",
    "call-json.uri",
    "calls.create",
    "calls.requests-are-forms",
    "lifecycle.created-is-201-queued"
  })
  void aCallIsAsTwilioPrintsIt() {
    RestClient.Answer made =
        fixture.client.post(
            fixture.account("/Calls.json"),
            "To",
            WorldFixture.CUSTOMER,
            "From",
            WorldFixture.NUMBER,
            "Twiml",
            "<Response/>");
    assertEquals(201, made.status());
    assertEquals("application/json", made.header("Content-Type"));
    String sid = made.json().path("sid").asString();
    String number =
        fixture
            .client
            .get(fixture.account("/IncomingPhoneNumbers.json"))
            .json()
            .path("incoming_phone_numbers")
            .path(0)
            .path("sid")
            .asString();
    String base = fixture.account("/Calls/" + sid);
    String expected =
        """
        {"account_sid":"%s","annotation":null,"answered_by":null,"api_version":"2010-04-01",\
        "caller_name":null,"date_created":"Thu, 01 Jan 2026 09:00:00 +0000",\
        "date_updated":"Thu, 01 Jan 2026 09:00:00 +0000","direction":"outbound-api",\
        "duration":null,"end_time":null,"forwarded_from":null,"from":"+15017122661",\
        "from_formatted":"(501) 712-2661","group_sid":null,"parent_call_sid":null,\
        "phone_number_sid":"%s","price":null,"price_unit":"USD","queue_time":"0","sid":"%s",\
        "start_time":null,"status":"queued","subresource_uris":{\
        "notifications":"%s/Notifications.json","recordings":"%s/Recordings.json",\
        "payments":"%s/Payments.json","events":"%s/Events.json","siprec":"%s/Siprec.json",\
        "streams":"%s/Streams.json","transcriptions":"%s/Transcriptions.json",\
        "user_defined_message_subscriptions":"%s/UserDefinedMessageSubscriptions.json",\
        "user_defined_messages":"%s/UserDefinedMessages.json"},"to":"+15558675310",\
        "to_formatted":"(555) 867-5310","trunk_sid":null,"uri":"%s.json"}\
        """
            .formatted(
                fixture.account,
                number,
                sid,
                base,
                base,
                base,
                base,
                base,
                base,
                base,
                base,
                base,
                base);
    assertEquals(expected, made.body());
  }

  @Test
  @Fact({
    "auth.format-by-extension",
    "auth.unauthorized-xml",
    "auth.xml-errors-have-a-detail",
    "auth.xml-of-a-call",
    "auth.xml-of-a-list"
  })
  void xmlWithoutAnExtension() {
    String sid = call();
    RestClient.Answer one = fixture.client.get(fixture.account("/Calls/" + sid));
    assertTrue(one.header("Content-Type").startsWith("application/xml"));
    assertTrue(
        one.body()
            .startsWith(
                "<?xml version='1.0' encoding='UTF-8'?>\n<TwilioResponse><Call><Sid>"
                    + sid
                    + "</Sid><DateCreated>"),
        one.body());
    assertTrue(one.body().contains("<EndTime/>"), one.body());
    String own = fixture.account("/Calls/" + sid);
    assertTrue(one.body().contains("<Uri>" + own + "</Uri>"), one.body());
    assertTrue(
        one.body()
            .contains("<SubresourceUris><Notifications>" + own + "/Notifications</Notifications>"),
        one.body());
    String many = fixture.client.get(fixture.account("/Calls?PageSize=1")).body();
    assertTrue(
        many.contains(
            "<Calls page=\"0\" pagesize=\"1\" uri=\"%1$s?PageSize=1&amp;Page=0\" firstpageuri=\"%1$s?PageSize=1&amp;Page=0\" previouspageuri=\"\" nextpageuri=\"\"><Call><Sid>"
                .formatted(fixture.account("/Calls"))),
        many);
    RestClient.Answer wrong = fixture.client.get(fixture.account("/Calls/CA" + "0".repeat(32)));
    assertEquals(
        """
        <?xml version='1.0' encoding='UTF-8'?>
        <TwilioResponse><RestException><Code>20404</Code><Detail></Detail><Message>The requested resource \
        %s/Calls/CA%s was not found</Message><MoreInfo>https://www.twilio.com/docs/errors/20404\
        </MoreInfo><Status>404</Status></RestException></TwilioResponse>\
        """
            .formatted(fixture.account(""), "0".repeat(32)),
        wrong.body());
    assertEquals(404, fixture.client.get(fixture.account("/Calls.csv")).status());
    RestClient.Answer refused = fixture.client.with(null).get(fixture.account("/Calls"));
    assertTrue(refused.body().contains("<Code>20003</Code>"), refused.body());
  }

  @Test
  @Fact({
    "auth.no-idempotency",
    "paging.empty-page",
    "paging.envelope",
    "paging.no-total",
    "paging.null-at-the-ends",
    "paging.page-and-token",
    "paging.page-size-default",
    "paging.token-of-the-previous-page",
    "paging.uris"
  })
  void pagesOf2010() {
    List<String> sids = List.of(call(), call(), call());
    var first =
        fixture.client.get(fixture.account("/Calls.json?PageSize=2&From=%2B15017122661")).json();
    assertEquals(
        List.of(
            "calls",
            "end",
            "first_page_uri",
            "next_page_uri",
            "page",
            "page_size",
            "previous_page_uri",
            "start",
            "uri"),
        List.copyOf(first.propertyNames()));
    assertEquals(sids.get(2), first.path("calls").path(0).path("sid").asString());
    assertEquals(1, first.path("end").asInt());
    assertTrue(first.path("previous_page_uri").isNull());
    assertEquals(
        fixture.account("/Calls.json?From=%2B15017122661&PageSize=2&Page=0"),
        first.path("first_page_uri").asString());
    String next = first.path("next_page_uri").asString();
    assertEquals(
        fixture.account(
            "/Calls.json?From=%2B15017122661&PageSize=2&Page=1&PageToken=PA" + sids.get(1)),
        next);
    call(); // a new one at the front shifts no page
    var second = fixture.client.get(next).json();
    assertEquals(1, second.path("calls").size());
    assertEquals(sids.get(0), second.path("calls").path(0).path("sid").asString());
    assertTrue(second.path("next_page_uri").isNull());
    String previous = second.path("previous_page_uri").asString();
    assertTrue(previous.endsWith("&PageToken=PB" + sids.get(0)), previous);
    var back = fixture.client.get(previous).json();
    assertEquals(sids.get(2), back.path("calls").path(0).path("sid").asString());
    var none = fixture.client.get(fixture.account("/Calls.json?To=%2B19999999999")).json();
    assertEquals(0, none.path("calls").size());
    assertEquals(0, none.path("start").asInt());
    assertEquals(0, none.path("end").asInt());
    assertEquals(50, none.path("page_size").asInt());
  }

  @Test
  @Fact({
    "alerts.meta",
    "alerts.paging",
    "auth.newer-products-are-json",
    "conversations.meta",
    "conversations.paging-parameters",
    "paging.newer-products"
  })
  void pagesOfTheNewerProducts() {
    for (int i = 0; i < 3; i++) {
      fixture.client.post(fixture.conversations("/Conversations"), "FriendlyName", "c" + i);
    }
    var meta =
        fixture.client.get(fixture.conversations("/Conversations?PageSize=2")).json().path("meta");
    String base = fixture.server.url().replace("127.0.0.1", "localhost") + "/conversations/v1";
    assertEquals(base + "/Conversations?PageSize=2&Page=0", meta.path("url").asString());
    assertTrue(meta.path("previous_page_url").isNull());
    String next = meta.path("next_page_url").asString();
    assertTrue(next.startsWith(base + "/Conversations?PageSize=2&Page=1&PageToken=PACH"), next);
    var second = fixture.client.get(next.substring(next.indexOf("/conversations"))).json();
    assertEquals("c0", second.path("conversations").path(0).path("friendly_name").asString());
    assertTrue(second.path("meta").path("next_page_url").isNull());
    assertEquals("conversations", second.path("meta").path("key").asString());
  }

  @ParameterizedTest
  @CsvSource({
    "/Services, 100",
    "/Conversations, 100",
    "/Conversations/{conversation}/Participants, 100",
    "/ParticipantConversations?Identity=bob, 50",
  })
  @Fact({
    "conversations.page-of-100",
    "conversations.page-of-50-by-default",
    "conversations.services-page-of-100",
    "participants.conversations-page-of-50",
    "participants.page-of-100"
  })
  void howLargePagesAre(String list, int most) {
    String conversation = conversation().path("sid").asString();
    String path = fixture.conversations(list.replace("{conversation}", conversation));
    assertEquals(50, fixture.client.get(path).json().path("meta").path("page_size").asInt());
    String larger = path + (path.contains("?") ? "&" : "?") + "PageSize=1000";
    assertEquals(most, fixture.client.get(larger).json().path("meta").path("page_size").asInt());
  }

  private JsonNode conversation(String... form) {
    RestClient.Answer made = fixture.client.post(fixture.conversations("/Conversations"), form);
    assertEquals(201, made.status(), made.body());
    return made.json();
  }

  @Test
  @Fact({
    "conversations.bindings-empty",
    "conversations.order-of-fields",
    "conversations.timers-shown"
  })
  void aConversationIsAsTwilioPrintsIt() {
    JsonNode made = conversation();
    assertEquals(
        List.of(
            "sid",
            "account_sid",
            "chat_service_sid",
            "messaging_service_sid",
            "friendly_name",
            "unique_name",
            "attributes",
            "date_created",
            "date_updated",
            "state",
            "timers",
            "bindings",
            "url",
            "links"),
        List.copyOf(made.propertyNames()));
    assertEquals("{}", made.path("timers").toString());
    assertEquals("{}", made.path("bindings").toString());
    assertEquals(
        "{\"date_closed\":\"2026-01-01T09:10:00Z\"}",
        conversation("Timers.Closed", "PT10M").path("timers").toString());
    assertEquals(
        "{\"date_inactive\":\"2026-01-01T09:01:00Z\",\"date_closed\":\"2026-01-01T09:10:00Z\"}",
        conversation("Timers.Inactive", "PT1M", "Timers.Closed", "PT10M")
            .path("timers")
            .toString());
    JsonNode inactive =
        conversation("Timers.Inactive", "PT1M", "Timers.Closed", "PT10M", "State", "inactive");
    assertEquals("{\"date_closed\":\"2026-01-01T09:10:00Z\"}", inactive.path("timers").toString());
  }

  /** What is below a resource is below its address, with the service or without it. */
  @Test
  @Fact({
    "conversations.configuration-links",
    "conversations.links",
    "conversations.service-links",
    "conversations.urls-as-asked"
  })
  void whatResourcesLink() {
    JsonNode made = conversation();
    assertLinks(made, "participants", "messages", "webhooks", "export");
    assertTrue(made.path("url").asString().contains("/v1/Conversations/"), made::toString);
    String service = "/Services/" + WorldFixture.SERVICE;
    JsonNode within =
        fixture
            .client
            .get(fixture.conversations(service + "/Conversations/" + made.path("sid").asString()))
            .json();
    assertLinks(within, "participants", "messages", "webhooks", "export");
    assertTrue(
        within.path("url").asString().contains("/v1" + service + "/Conversations/"),
        within::toString);
    assertLinks(
        fixture.client.get(fixture.conversations(service)).json(),
        "conversations",
        "users",
        "roles",
        "bindings",
        "configuration",
        "participant_conversations",
        "conversation_with_participants");
    JsonNode configuration = fixture.client.get(fixture.conversations("/Configuration")).json();
    JsonNode links = configuration.path("links");
    assertEquals(List.of("service", "webhooks"), List.copyOf(links.propertyNames()));
    assertTrue(
        links.path("service").asString().endsWith("/v1" + service + "/Configuration"),
        links::toString);
    assertEquals(
        configuration.path("url").asString() + "/Webhooks", links.path("webhooks").asString());
  }

  private static void assertLinks(JsonNode resource, String... names) {
    JsonNode links = resource.path("links");
    assertEquals(List.of(names), List.copyOf(links.propertyNames()));
    for (String name : names) {
      String below = UPPER.matcher("_" + name).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
      assertEquals(resource.path("url").asString() + "/" + below, links.path(name).asString());
    }
  }

  @Test
  @Fact({
    "participants.conversations-binding",
    "participants.conversations-of-somebody",
    "participants.conversations-state",
    "participants.no-filter-by-proxy-address"
  })
  void theConversationsOfSomebody() {
    String other = "+15005550111";
    fixture.client.post(fixture.account("/IncomingPhoneNumbers.json"), "PhoneNumber", other);
    List<String> made = new ArrayList<>();
    for (String number : List.of(WorldFixture.NUMBER, other)) {
      String sid = conversation().path("sid").asString();
      made.addFirst(sid);
      String participants = fixture.conversations("/Conversations/" + sid + "/Participants");
      fixture.client.post(
          participants,
          "MessagingBinding.Address",
          WorldFixture.CUSTOMER,
          "MessagingBinding.ProxyAddress",
          number);
      fixture.client.post(participants, "Identity", "bob" + number);
    }
    fixture.client.post(fixture.conversations("/Conversations/" + made.get(1)), "State", "closed");
    JsonNode ofCustomer = somebodys("Address=%2B15558675310&ProxyAddress=%2B15017122661");
    assertEquals(2, ofCustomer.size(), ofCustomer::toString);
    assertEquals(
        Set.of(made.get(0) + " active", made.get(1) + " closed"),
        Set.of(shown(ofCustomer.path(0)), shown(ofCustomer.path(1))));
    JsonNode binding = ofCustomer.path(0).path("participant_messaging_binding");
    assertEquals(
        List.of("address", "proxy_address", "type", "level", "name", "projected_address"),
        List.copyOf(binding.propertyNames()));
    assertEquals("sms", binding.path("type").asString());
    for (String name : List.of("level", "name", "projected_address")) {
      assertTrue(binding.path(name).isNull(), name);
    }
    JsonNode ofWorker = somebodys("Identity=bob%2B15005550111");
    assertEquals(1, ofWorker.size(), ofWorker::toString);
    assertEquals(made.get(0) + " active", shown(ofWorker.path(0)));
    assertTrue(ofWorker.path(0).path("participant_messaging_binding").isNull());
  }

  private JsonNode somebodys(String query) {
    return fixture
        .client
        .get(fixture.conversations("/ParticipantConversations?" + query))
        .json()
        .path("conversations");
  }

  private static String shown(JsonNode conversation) {
    return conversation.path("conversation_sid").asString()
        + " "
        + conversation.path("conversation_state").asString();
  }

  @ParameterizedTest
  @CsvSource({
    "SMS, 201",
    "WhatsApp, 201",
    "Messenger, 201",
    "GBM, 201",
    "Email, 201",
    "RCS, 201",
    "Apple, 201",
    "chat, 201",
    "voice, 400",
  })
  @Fact({"conversations.address-types", "conversations.addresses-are-for-messages"})
  void addressesAreOfTheChannelsOfMessages(String type, int status) {
    RestClient.Answer made =
        fixture.client.post(
            fixture.conversations("/Configuration/Addresses"),
            "Type",
            type,
            "Address",
            WorldFixture.NUMBER);
    assertEquals(status, made.status(), made.body());
    if (status == 400) {
      assertEquals(20001, made.code());
    } else {
      assertEquals(type.toLowerCase(Locale.ROOT), made.json().path("type").asString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "StartTime=2026-01-01, 1",
    "StartTime=2026-01-02, 0",
    "StartTime%3E=2026-01-01, 1",
    "StartTime%3E=2026-01-02, 0",
    "StartTime%3C=2026-01-01, 0",
    "StartTime%3C=2026-01-02, 1",
    "StartTime>=2026-01-01T08:00:00Z, 1",
    "EndTime%3C=2026-01-02, 1",
    "From=%2B15017122661, 1",
    "From=(501) 712-2661, 1",
    "To=%2B15017122661, 0",
    "Status=completed, 1",
    "Status=busy, 0",
    "ParentCallSid=CA00000000000000000000000000000000, 0",
  })
  @Fact({
    "lifecycle.end-of-twiml-completes",
    "paging.date-filters",
    "paging.filters",
    "paging.inequalities-are-in-the-name"
  })
  void filtersOfCalls(String query, int found) {
    call();
    fixture.later(30);
    String path = fixture.account("/Calls.json?" + query.replace(" ", "%20").replace(">=", "%3E="));
    assertEquals(found, fixture.client.get(path).json().path("calls").size());
  }

  @Test
  @Fact({
    "auth.concurrent-requests",
    "auth.response-headers",
    "auth.response-headers-of-the-house",
    "auth.strict-transport-security",
    "sids.request"
  })
  void headers() {
    RestClient.Answer answer = fixture.client.get(fixture.account(".json"));
    assertEquals("1", answer.header("Twilio-Concurrent-Requests"));
    assertTrue(answer.header("Twilio-Request-Id").matches("RQ[0-9a-f]{32}"));
    assertTrue(answer.header("Twilio-Request-Duration").matches("\\d+\\.\\d{3}"));
    assertTrue(
        answer.response().headers().map().keySet().stream()
            .noneMatch(
                name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control")),
        "pages of other origins get nothing");
    assertEquals("AT-5000", answer.header("X-Powered-By"));
    assertEquals("none", answer.header("X-Shenanigans"));
    assertEquals("us1", answer.header("X-Home-Region"));
    assertEquals("api.twilio.com", answer.header("X-API-Domain"));
    assertEquals("max-age=31536000", answer.header("Strict-Transport-Security"));
    assertEquals(204, fixture.client.with(null).send("OPTIONS", "/2010-04-01/x", null).status());
  }

  @Test
  @Fact("rest-errors.code-20404")
  void unknownRoutesAndOtherAccounts() {
    RestClient.Answer unknown = fixture.client.get(fixture.account("/Sms/Nothing.json"));
    assertEquals(404, unknown.status());
    assertEquals(
        "The requested resource " + fixture.account("/Sms/Nothing.json") + " was not found",
        unknown.json().path("message").asString());
    assertEquals(404, fixture.client.get("/conversations/v1/Nothing").status());
    assertEquals(404, fixture.client.get("/monitor/v1/Events").status());
    RestClient.Answer bare = fixture.client.get("/v1/Conversations");
    assertEquals(404, bare.status());
    assertTrue(bare.body().contains("begin the path with /conversations"), bare.body());
    assertEquals(
        404, fixture.client.get("/2010-04-01/Accounts/AC" + "0".repeat(32) + ".json").status());
  }

  @Test
  @Fact({"auth.basic", "auth.standard-keys", "calls.list"})
  void aKeyOfTheConfigurationSignsIn() throws Exception {
    String key = "SK" + "0123456789abcdef".repeat(2);
    try (RestFixture other =
        new RestFixture("account: {apiKeys: [{sid: " + key + ", secret: s3cret}]}")) {
      RestClient byKey = RestClient.of(other.server.url(), key, "s3cret");
      assertEquals(200, byKey.get(other.account("/Calls.json")).status());
      assertEquals(200, byKey.get("/conversations/v1/Conversations").status());
      assertEquals(401, byKey.get(other.account("/Keys.json")).status());
      RestClient wrong = RestClient.of(other.server.url(), key, "secret");
      assertEquals(401, wrong.get(other.account("/Calls.json")).status());
    }
  }

  /** A key's SID is from the seed; its secret is known to nobody but who was told. */
  @Test
  @Fact("sids.api-key-secret")
  void secretsOfKeysAreNotOfTheSeed() throws Exception {
    try (RestFixture other = new RestFixture("")) {
      var first = fixture.client.post(fixture.account("/Keys.json")).json();
      var second = other.client.post(other.account("/Keys.json")).json();
      assertEquals(first.path("sid"), second.path("sid"));
      assertNotEquals(first.path("secret"), second.path("secret"));
      String secret = first.path("secret").asString();
      assertTrue(secret.matches("[0-9A-Za-z]{32}"), secret);
      RestClient byKey =
          RestClient.of(
              other.server.url(), second.path("sid").asString(), second.path("secret").asString());
      assertEquals(200, byKey.get(other.account("/Calls.json")).status());
    }
  }

  /** The account's webhooks are asked before the service's, and each by its own filters. */
  @Test
  @Fact({
    "conversation-webhooks.filters-repeat",
    "conversation-webhooks.global-configuration",
    "conversation-webhooks.post-or-get-forms",
    "conversation-webhooks.pre-by-account-and-service",
    "conversation-webhooks.quiet-rest",
    "conversation-webhooks.service-configuration"
  })
  void bothWebhooksAreAsked() {
    fixture.client.post(
        fixture.conversations("/Configuration/Webhooks"),
        "PreWebhookUrl",
        fixture.app.url() + "/wide",
        "Filters",
        "onConversationAdd");
    fixture.client.post(
        fixture.conversations("/Services/" + WorldFixture.SERVICE + "/Configuration/Webhooks"),
        "PreWebhookUrl",
        fixture.app.url() + "/narrow",
        "Filters",
        "onConversationAdd",
        "Filters",
        "onMessageAdd",
        "Method",
        "GET");
    fixture.app.at(
        "/wide",
        (RecordedRequest r) ->
            new MockResponse.Builder().body("{\"friendly_name\": \"wide\"}").build());
    fixture.app.at(
        "/narrow",
        (RecordedRequest r) ->
            new MockResponse.Builder().body("{\"friendly_name\": \"narrow\"}").build());
    RestClient.Answer made =
        fixture.client.send(
            "POST",
            fixture.conversations("/Conversations"),
            "",
            "X-Twilio-Webhook-Enabled",
            "true");
    assertEquals("narrow", made.json().path("friendly_name").asString());
    assertEquals(
        List.of("POST /wide", "GET /narrow"),
        fixture.app.requests.stream()
            .map(r -> r.getMethod() + " " + r.getUrl().encodedPath())
            .toList());
  }

  @Test
  @Fact("conversation-webhooks.post-by-all-three")
  void allThreeWebhooksAreTold() {
    fixture.client.post(
        fixture.conversations("/Configuration/Webhooks"),
        "PostWebhookUrl",
        fixture.app.url() + "/wide",
        "Filters",
        "onMessageAdded");
    fixture.client.post(
        fixture.conversations("/Services/" + WorldFixture.SERVICE + "/Configuration/Webhooks"),
        "PostWebhookUrl",
        fixture.app.url() + "/narrow",
        "Filters",
        "onMessageAdded");
    String conversation = conversation("FriendlyName", "c").path("sid").asString();
    String below = fixture.conversations("/Conversations/" + conversation);
    fixture.client.post(
        below + "/Webhooks",
        "Target",
        "webhook",
        "Configuration.Url",
        fixture.app.url() + "/scoped",
        "Configuration.Filters",
        "onMessageAdded");
    fixture.client.send("POST", below + "/Messages", "Body=Hi", "X-Twilio-Webhook-Enabled", "true");
    fixture.later(1);
    for (String path : List.of("/wide", "/narrow", "/scoped")) {
      assertEquals(1, fixture.app.to(path).size(), path);
    }
  }

  /** Two worlds are two accounts: each sees its own. */
  @Test
  @Fact("calls.list")
  void everyWorldHasItsOwnAccount() {
    var made = fixture.client.with(null).send("POST", "/sim/v1/worlds", null).json();
    String other = made.path("accountSid").asString();
    RestClient client =
        RestClient.of(fixture.server.url(), other, made.path("authToken").asString());
    call();
    RestClient.Answer own = client.get("/2010-04-01/Accounts/" + other + "/Calls.json");
    assertEquals(200, own.status(), () -> made + own.body());
    assertEquals(0, own.json().path("calls").size());
    assertEquals(404, client.get(fixture.account("/Calls.json")).status());
  }

  @Test
  @Fact({"calls.canceled-while-ringing-only", "rest-errors.code-21220"})
  void cancellingACallThatWasAnsweredDoesNothing() {
    String call = fixture.calls("<Response><Say>Hi</Say><Pause length='60'/></Response>");
    String path = fixture.account("/Calls/" + call + ".json");
    RestClient.Answer refused = fixture.client.post(path, "Status", "canceled");
    assertEquals(List.of(400, 21220), List.of(refused.status(), refused.code()));
    assertEquals("in-progress", fixture.client.get(path).json().path("status").asString());
  }

  @Test
  @Fact("call-json.start-of-an-inbound-call")
  void anInboundCallHasStartedBeforeItIsAnswered() {
    String call = fixture.calls("<Response><Pause length='60'/></Response>");
    var shown = fixture.client.get(fixture.account("/Calls/" + call + ".json")).json();
    assertEquals("ringing", shown.path("status").asString());
    assertEquals("Thu, 01 Jan 2026 09:00:00 +0000", shown.path("start_time").asString());
  }

  @Test
  @Fact("calls.update-shows-the-old-status")
  void anUpdateShowsHowTheCallWas() {
    String call = fixture.calls("<Response><Say>Hi</Say><Pause length='60'/></Response>");
    String path = fixture.account("/Calls/" + call + ".json");
    RestClient.Answer answer = fixture.client.post(path, "Status", "completed");
    assertEquals("in-progress", answer.json().path("status").asString());
    assertEquals("completed", fixture.client.get(path).json().path("status").asString());
  }

  @Test
  @Fact("calls.update-of-callbacks")
  void theFallbackAndTheStatusCallbackOfACallAreChanged() {
    fixture.app.at("/broken", (RecordedRequest r) -> new MockResponse.Builder().code(500).build());
    String call =
        fixture.calls(
            "<Response><Say>Hi</Say><Pause length='9'/><Redirect>/broken</Redirect></Response>");
    fixture.client.post(
        fixture.account("/Calls/" + call + ".json"),
        "FallbackUrl",
        fixture.app.url() + "/fallback",
        "FallbackMethod",
        "GET",
        "StatusCallback",
        fixture.app.url() + "/progress",
        "StatusCallbackMethod",
        "GET");
    fixture.later(30);
    assertEquals(
        List.of("POST /voice", "POST /broken", "GET /fallback", "GET /progress"),
        fixture.app.requests.stream()
            .map(r -> r.getMethod() + " " + r.getUrl().encodedPath())
            .toList());
    HttpUrl fallback = fixture.app.to("/fallback").getFirst().getUrl();
    assertEquals("11200", fallback.queryParameter("ErrorCode"));
    HttpUrl progress = fixture.app.to("/progress").getFirst().getUrl();
    assertEquals("completed", progress.queryParameter("CallStatus"));
  }

  @Test
  @Fact({"call-json.phone-number-sid-of-others", "calls.update"})
  void legsThatWereDialledAreNotChanged() {
    fixture.calls("<Response><Dial><Client>bob</Client></Dial></Response>");
    fixture.later(3);
    var legs = fixture.client.get(fixture.account("/Calls.json")).json().path("calls");
    String child = legs.path(0).path("sid").asString();
    assertFalse(legs.path(0).path("parent_call_sid").isNull());
    assertTrue(legs.path(0).path("phone_number_sid").isNull());
    var numbers = fixture.client.get(fixture.account("/IncomingPhoneNumbers.json")).json();
    assertEquals(
        numbers.path("incoming_phone_numbers").path(0).path("sid"),
        legs.path(1).path("phone_number_sid"));
    for (String name : List.of("TimeLimit", "Url", "StatusCallback")) {
      RestClient.Answer answer =
          fixture.client.post(
              fixture.account("/Calls/" + child + ".json"),
              name,
              name.equals("TimeLimit") ? "5" : "http://a.test/");
      assertEquals(List.of(400, 21220), List.of(answer.status(), answer.code()), name);
    }
    assertEquals(
        200,
        fixture
            .client
            .post(fixture.account("/Calls/" + child + ".json"), "Status", "completed")
            .status());
  }

  @ParameterizedTest
  @CsvSource({"a, 16374, 201", "a, 16375, 400", "é, 8187, 201", "é, 8188, 400"})
  @Fact("conversation-states.limit-of-attributes")
  void attributesAreMeasuredInBytes(String letter, int times, int status) {
    String attributes = "{\"key\":\"" + letter.repeat(times) + "\"}";
    RestClient.Answer answer =
        fixture.client.post(fixture.conversations("/Conversations"), "Attributes", attributes);
    assertEquals(status, answer.status(), answer.body());
    assertEquals(status == 400 ? 50303 : 0, answer.code(), answer.body());
  }

  @ParameterizedTest
  @CsvSource({"PT9000000000000H, 50380", "PT3000000000000H, 50380", "PT-11M, 50380"})
  void timersOfAnAgeAreRefused(String timer, int code) {
    RestClient.Answer answer =
        fixture.client.post(fixture.conversations("/Conversations"), "Timers.Closed", timer);
    assertEquals(List.of(400, code), List.of(answer.status(), answer.code()), answer.body());
    assertEquals(
        400,
        fixture
            .client
            .post(fixture.conversations("/Configuration"), "DefaultClosedTimer", timer)
            .status());
  }

  @Test
  void theApiSetsTheSizeOfAQueue() {
    fixture.client.post(fixture.account("/Queues.json"), "FriendlyName", "q", "MaxSize", "1");
    fixture.app.at("/full", "<Response><Hangup/></Response>");
    String enqueue = "<Response><Enqueue waitUrl='' action='/full'>q</Enqueue></Response>";
    fixture.calls(enqueue);
    fixture.calls(enqueue);
    assertEquals(1, fixture.app.to("/full").size());
  }

  /** Who waits for a webhook is told when the world is no more. */
  @Test
  @Fact({"auth.http-codes", "rest-errors.code-20503"})
  void aResetAnswersWhoeverWaits() throws Exception {
    fixture.app.at(
        "/pre",
        (RecordedRequest r) ->
            new MockResponse.Builder().headersDelay(3, TimeUnit.SECONDS).build());
    fixture.client.post(
        fixture.conversations("/Configuration/Webhooks"),
        "PreWebhookUrl",
        fixture.app.url() + "/pre",
        "Filters",
        "onConversationAdd");
    CompletableFuture<RestClient.Answer> waiting = slowly();
    org.awaitility.Awaitility.await().until(() -> !fixture.app.to("/pre").isEmpty());
    fixture.client.with(null).send("POST", "/sim/v1/reset", null);
    RestClient.Answer answer = waiting.get(2, TimeUnit.SECONDS);
    assertEquals(List.of(503, 20503), List.of(answer.status(), answer.code()), answer.body());
  }

  // Recordings

  private JsonNode recordings(String call) {
    return fixture
        .client
        .get(fixture.account("/Calls/" + call + "/Recordings.json"))
        .json()
        .path("recordings");
  }

  /** Nothing is said while it runs: a trimmed one would be absent. */
  @Test
  @Fact({
    "media.metadata-in-xml",
    "recordings.start-parameters",
    "recordings.status-processing",
    "recordings.uri"
  })
  void aRecordingFromItsStartToItsFile() {
    String call = fixture.calls("<Response><Say>Hi</Say><Pause length='60'/></Response>");
    String ofCall = fixture.account("/Calls/" + call + "/Recordings");
    var started =
        fixture
            .client
            .post(ofCall + ".json", "RecordingStatusCallback", fixture.app.url() + "/recorded")
            .json();
    assertEquals(1, started.path("channels").asInt());
    assertEquals("both", started.path("track").asString());
    String below = "/" + started.path("sid").asString();
    assertEquals(ofCall + below + ".json", started.path("uri").asString());
    fixture.later(10);
    fixture.client.post(ofCall + below + ".json", "Status", "stopped");
    String path = fixture.account("/Recordings") + below;
    var stopped = fixture.client.get(path + ".json").json();
    assertEquals("processing", stopped.path("status").asString());
    assertEquals(path + ".json", stopped.path("uri").asString());
    assertEquals(List.of(), fixture.app.to("/recorded"));
    fixture.later(10);
    RestClient.Answer kept = fixture.client.get(path + ".xml");
    assertEquals("application/xml", kept.header("Content-Type"));
    for (String part :
        List.of(
            "<TwilioResponse><Recording>",
            "<Sid>" + started.path("sid").asString() + "</Sid>",
            "<Duration>10</Duration>",
            "<Status>completed</Status>")) {
      assertTrue(kept.body().contains(part), kept.body());
    }
    List<RecordedRequest> told = fixture.app.to("/recorded");
    assertEquals(1, told.size());
    assertEquals("POST", told.getFirst().getMethod());
    String form = java.util.Objects.requireNonNull(told.getFirst().getBody()).utf8();
    assertTrue(form.contains("RecordingStatus=completed"), form);
  }

  @Test
  @Fact("recordings.sources-run-together")
  void aRecordingOfTheDocumentAndOneOfTheApiRunTogether() {
    String call =
        fixture.calls(
            "<Response><Start><Recording/></Start><Say>Hi</Say><Pause length='60'/></Response>");
    RestClient.Answer made =
        fixture.client.post(fixture.account("/Calls/" + call + "/Recordings.json"));
    assertEquals(201, made.status(), made.body());
    fixture.later(1);
    assertEquals(
        List.of("StartCallRecordingAPI in-progress", "StartCallRecordingTwiML in-progress"),
        recordings(call)
            .valueStream()
            .map(r -> r.path("source").asString() + " " + r.path("status").asString())
            .toList());
  }

  /** The API has no status of its own for a file that failed. */
  @ParameterizedTest
  @CsvSource({
    "'', trim-silence, 16102",
    "{fault: recording-absent}, do-not-trim, 16101",
    "{fault: recording-failed}, do-not-trim, 16104"
  })
  @Fact({
    "recording-status.rest-of-absent",
    "recordings.status-has-no-failed",
    "recordings.status-processing"
  })
  void aRecordingThatIsNotKeptIsAbsent(String fault, String trim, int code) throws Exception {
    fixture.close();
    fixture = new RestFixture("faults: [%s]".formatted(fault));
    String call = fixture.calls("<Response><Say>Hi</Say><Pause length='20'/></Response>");
    fixture.client.post(fixture.account("/Calls/" + call + "/Recordings.json"), "Trim", trim);
    fixture.later(60);
    JsonNode lost = recordings(call).path(0);
    assertEquals("absent", lost.path("status").asString());
    assertEquals(code, lost.path("error_code").asInt());
  }

  // Test credentials

  private RestClient test() {
    WorldSettings settings = fixture.world().settings();
    return RestClient.of(
        fixture.server.url(), settings.testAccount().value(), settings.testToken());
  }

  private String testAccount(String below) {
    return "/2010-04-01/Accounts/" + fixture.world().settings().testAccount() + below;
  }

  @ParameterizedTest
  @CsvSource({
    "+15005550006, +15558675310, 201, 0",
    "+15005550001, +15558675310, 400, 21212",
    "+15017122661, +15558675310, 400, 21210",
    "+15005550006, +15005550001, 400, 21217",
    "+15005550006, +15005550002, 400, 21214",
    "+15005550006, +15005550003, 400, 21215",
    "+15005550006, +15005550004, 400, 21216",
    "+15005550006, 12, 400, 21211",
  })
  @Fact({
    "rest-errors.code-21210",
    "rest-errors.code-21212",
    "rest-errors.code-21214",
    "rest-errors.code-21215",
    "rest-errors.code-21216",
    "rest-errors.code-21217"
  })
  void magicNumbersOfCalls(String from, String to, int status, int code) {
    RestClient.Answer answer =
        test()
            .post(
                testAccount("/Calls.json"), "From", from, "To", to, "Url", "http://app.test/voice");
    assertEquals(List.of(status, code), List.of(answer.status(), answer.code()), answer.body());
    fixture.later(5);
    assertEquals(List.of(), fixture.world().calls().join());
  }

  @ParameterizedTest
  @CsvSource({
    "+15005550006, +15558675310, 201, 0",
    "+15005550001, +15558675310, 400, 21212",
    "+15005550007, +15558675310, 400, 21606",
    "+15005550008, +15558675310, 429, 21611",
    "+15017122661, +15558675310, 400, 21606",
    "+15005550006, +15005550001, 400, 21211",
    "+15005550006, +15005550002, 400, 21612",
    "+15005550006, +15005550003, 400, 21408",
    "+15005550006, +15005550004, 400, 21610",
    "+15005550006, +15005550009, 400, 21614",
  })
  void magicNumbersOfMessages(String from, String to, int status, int code) {
    RestClient.Answer answer =
        test().post(testAccount("/Messages.json"), "From", from, "To", to, "Body", "Hi");
    assertEquals(List.of(status, code), List.of(answer.status(), answer.code()), answer.body());
    assertEquals(
        0, fixture.client.get(fixture.account("/Messages.json")).json().path("messages").size());
  }

  @ParameterizedTest
  @CsvSource({
    "PhoneNumber, +15005550006, 201, 0",
    "PhoneNumber, +15005550000, 400, 21422",
    "PhoneNumber, +15005550001, 400, 21421",
    "PhoneNumber, +15558675310, 400, 21421",
    "AreaCode, 500, 201, 0",
    "AreaCode, 533, 400, 21452",
  })
  void magicNumbersOfPurchases(String name, String value, int status, int code) {
    RestClient.Answer answer = test().post(testAccount("/IncomingPhoneNumbers.json"), name, value);
    assertEquals(List.of(status, code), List.of(answer.status(), answer.code()), answer.body());
  }

  @Test
  @Fact("rest-errors.code-20008")
  void testCredentialsAreForThreeRequests() {
    RestClient.Answer answer = test().get(testAccount("/Calls.json"));
    assertEquals(403, answer.status());
    assertEquals(20008, answer.code());
    assertEquals(403, test().get("/conversations/v1/Conversations").status());
  }

  // Limits

  @Test
  @Fact({
    "auth.http-codes",
    "auth.too-many-requests",
    "auth.too-many-requests-may-be-tried-again",
    "rest-errors.code-20429"
  })
  void tooManyRequestsAtOnce() throws Exception {
    fixture.app.at(
        "/pre",
        (RecordedRequest r) ->
            new MockResponse.Builder().headersDelay(700, TimeUnit.MILLISECONDS).build());
    fixture.client.post(
        fixture.conversations("/Configuration/Webhooks"),
        "PreWebhookUrl",
        fixture.app.url() + "/pre",
        "Filters",
        "onConversationAdd");
    List<CompletableFuture<RestClient.Answer>> slow =
        List.of(slowly(), slowly(), slowly(), slowly(), slowly());
    List<Integer> statuses = slow.stream().map(f -> f.join().status()).sorted().toList();
    assertEquals(List.of(201, 201, 201, 429, 429), statuses);
    RestClient.Answer refused =
        slow.stream()
            .map(CompletableFuture::join)
            .filter(a -> a.status() == 429)
            .findFirst()
            .orElseThrow();
    assertEquals(20429, refused.code());
    assertEquals("Too Many Requests", refused.json().path("message").asString());
    assertEquals(201, slowly().join().status());
  }

  private CompletableFuture<RestClient.Answer> slowly() {
    return CompletableFuture.supplyAsync(
        () ->
            fixture.client.send(
                "POST",
                fixture.conversations("/Conversations"),
                "",
                "X-Twilio-Webhook-Enabled",
                "true"),
        runnable -> Thread.ofVirtual().start(runnable));
  }

  /** A status callback that takes its time does not hold up whoever asks for calls. */
  @Test
  void answersDoNotWaitForCallbacks() {
    fixture.app.at(
        "/slow",
        (RecordedRequest r) ->
            new MockResponse.Builder().headersDelay(1, TimeUnit.SECONDS).build());
    long start = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      RestClient.Answer answer =
          fixture.client.post(
              fixture.account("/Calls.json"),
              "To",
              WorldFixture.CUSTOMER,
              "From",
              WorldFixture.NUMBER,
              "Url",
              fixture.app.url() + "/slow",
              "StatusCallback",
              fixture.app.url() + "/slow",
              "StatusCallbackEvent",
              "initiated");
      assertEquals(201, answer.status());
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.toMillis() < 1_000, () -> "20 calls took " + took);
    assertFalse(fixture.app.to("/slow").isEmpty());
  }
}
