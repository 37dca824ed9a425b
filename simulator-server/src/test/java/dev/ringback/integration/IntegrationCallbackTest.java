package dev.ringback.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.security.RequestValidator;
import dev.ringback.cli.Commands;
import dev.ringback.cli.Commands.Run;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.id.Sid;
import dev.ringback.server.RingbackServer;
import dev.ringback.server.WebApp;
import dev.ringback.twiml.Level;
import dev.ringback.yaml.Yaml;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ringback callback}: the Frontline app's questions, and a judgement on the answers. */
@Timeout(60)
class IntegrationCallbackTest {
  private WebApp app;
  private RingbackServer server;

  @SuppressWarnings("NullAway.Init")
  IntegrationCallbackTest() {}

  @BeforeEach
  void start() throws Exception {
    app = new WebApp();
    String yaml =
        """
        server: {port: 0, voices: tones}
        clock: {mode: skipping}
        numbers: [{number: "%s", voiceUrl: "%s/voice"}]
        frontline:
          outgoing: {url: "%s/voice"}
          integration: {crm: "%s/crm", outgoingConversation: "%s/outgoing"}
        """
            .formatted(WorldFixture.NUMBER, app.url(), app.url(), app.url(), app.url());
    server =
        RingbackServer.start(
            ConfigFile.read(Yaml.parse("ringback.yaml", yaml)), seed -> new WorldDraft());
  }

  @AfterEach
  void stop() {
    server.close();
    app.close();
  }

  private void answers(String path, int status, String json) {
    app.at(
        path,
        (RecordedRequest r) ->
            new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(json)
                .build());
  }

  private Run run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("callback"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--server", server.url()));
    return Commands.run(all.toArray(String[]::new));
  }

  @Test
  @Fact({
    "frontline-callbacks.customer-id-of-any-form",
    "frontline-callbacks.customers-answer",
    "frontline-callbacks.customers-search",
    "frontline-callbacks.form-by-post",
    "frontline-callbacks.get-customers-list",
    "frontline-callbacks.location-and-worker",
    "frontline-callbacks.no-version-header",
    "frontline-callbacks.signed"
  })
  void theListOfCustomersIsAskedForSigned() {
    answers(
        "/crm",
        200,
        "{\"objects\":{\"customers\":[{\"customer_id\":7,\"display_name\":\"Ann\"}],\"searchable\":true}}");
    Run run = run("crm", "--worker", "alice@example.com", "-p", "Query=An");
    assertEquals(0, run.exit(), run.said());
    assertTrue(run.said().contains("Location=GetCustomersList"), run.said());
    assertTrue(run.said().contains("← 200 {\"objects\""), run.said());
    RecordedRequest request = app.to("/crm").getFirst();
    Map<String, String> form = form(request);
    assertEquals(
        Map.of(
            "Location", "GetCustomersList",
            "Worker", "alice@example.com",
            "PageSize", "30",
            "Query", "An"),
        form);
    assertTrue(
        new RequestValidator(server.world().settings().authToken())
            .validate(
                app.url() + "/crm",
                form,
                String.valueOf(request.getHeaders().get("X-Twilio-Signature"))));
    assertEquals(
        List.of(),
        request.getHeaders().names().stream()
            .filter(name -> name.toLowerCase(Locale.ROOT).contains("version"))
            .toList());
  }

  private static Map<String, String> form(RecordedRequest request) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : Objects.requireNonNull(request.getBody()).utf8().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  @Test
  @Fact("frontline-callbacks.customers-next-page")
  void furtherPagesOfCustomers() {
    answers("/crm", 200, "{\"objects\":{\"customers\":[]}}");
    for (String next : List.of("Anchor=7", "NextPageToken=2")) {
      Run run = run("crm", "--worker", "alice@example.com", "-p", next);
      assertEquals(0, run.exit(), run.said());
      String[] parts = next.split("=", 2);
      assertEquals(
          Map.of(
              "Location",
              "GetCustomersList",
              "Worker",
              "alice@example.com",
              "PageSize",
              "30",
              parts[0],
              parts[1]),
          form(app.to("/crm").getLast()));
    }
  }

  @ParameterizedTest
  @CsvSource({"65536, 0", "65537, 1"})
  @Fact("frontline-callbacks.large-answer-48003")
  void anAnswerHas64KbAtMost(int bytes, int exit) {
    String customers = "{\"objects\":{\"customers\":[]}}";
    answers("/crm", 200, customers + " ".repeat(bytes - customers.length()));
    Run run = run("crm");
    assertEquals(exit, run.exit(), run.said());
    assertEquals(exit == 1, run.said().contains("✗ 48003  the answer is larger than 64 KB"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | {"objects":{}}                                  | 48003 | customers
          200 | {"objects":{"customers":[{"customer_id":7}]}}   | 48003 | /objects/customers/0
          200 | {"objects":                                     | 48003 | no JSON
          500 | {}                                              | 48004 | answered HTTP 500
          403 | {"friendly_error_message":"no"}                 | 48004 | answered HTTP 403
          """)
  @Fact({
    "errors.code-48003",
    "errors.code-48004",
    "frontline-callbacks.customers-answer",
    "frontline-callbacks.error-answer-48004",
    "frontline-callbacks.friendly-error",
    "frontline-callbacks.invalid-answer-48003"
  })
  void answersThatAreNone(int status, String body, int code, String says) {
    answers("/crm", status, body);
    Run run = run("crm");
    assertEquals(1, run.exit(), run.said());
    assertTrue(run.said().contains("✗ " + code), run.said());
    assertTrue(run.said().contains(says), run.said());
    assertTrue(run.said().contains("← " + status + " " + body), run.said());
    assertEquals(
        List.of(Integer.toString(code)),
        server.world().debugger().join().stream().map(e -> e.alert().code()).distinct().toList());
  }

  @Test
  @Fact({
    "errors.code-48003",
    "frontline-callbacks.customer-answer",
    "frontline-callbacks.customer-id-of-any-form"
  })
  void detailsAreCheckedFieldByField() {
    answers(
        "/crm",
        200,
        "{\"objects\":{\"customer\":{\"customer_id\":\"a\",\"display_name\":\"Ann\",\"channels\":"
            + "[{\"type\":\"pigeon\",\"value\":\"x\"}]}}}");
    Run run = run("crm", "--location", "GetCustomerDetailsByCustomerId", "-p", "CustomerId=a");
    assertEquals(1, run.exit());
    assertTrue(run.said().contains("/objects/customer/channels/0/type"), run.said());
  }

  private static final String CUSTOMER =
      """
      {"objects": {"customer": {"customer_id": "a", "display_name": "Ann",
        "channels": [
          {"type": "sms", "value": "+15558675310"},
          {"type": "whatsapp", "value": "whatsapp:+15558675310"},
          {"type": "chat", "value": "ann"},
          {"type": "email", "value": "ann@example.com"}],
        "links": [{"type": "Web", "value": "http://a.test/ann", "display_name": "Her page"}],
        "details": {"title": "Notes", "content": "Has a roof"},
        "avatar": "http://a.test/ann.png",
        "worker": "alice@example.com"}}}
      """;

  @Test
  @Fact({
    "frontline-callbacks.channel-email",
    "frontline-callbacks.customer-answer",
    "frontline-callbacks.get-customer-details"
  })
  void aWholeCustomerIsTaken() {
    answers("/crm", 200, CUSTOMER);
    Run details = run("crm", "--location", "GetCustomerDetailsByCustomerId", "-p", "CustomerId=a");
    assertEquals(0, details.exit(), details.said());
    Map<String, String> asked = form(app.to("/crm").getFirst());
    assertEquals("GetCustomerDetailsByCustomerId", asked.get("Location"));
    assertEquals("a", asked.get("CustomerId"));
    answers("/crm", 200, CUSTOMER.replace("\"sms\"", "1").replace("\"content\"", "\"text\""));
    Run wrong = run("crm", "--location", "GetCustomerDetailsByCustomerId", "-p", "CustomerId=a");
    assertEquals(1, wrong.exit(), wrong.said());
    assertTrue(wrong.said().contains("/objects/customer/channels/0/type"), wrong.said());
    assertTrue(wrong.said().contains("/objects/customer/details"), wrong.said());
  }

  @Test
  @Fact({"frontline-callbacks.create-customer", "frontline-callbacks.delete-customer"})
  void aCustomerIsMadeAndDeleted() {
    answers("/crm", 200, CUSTOMER);
    String channels = "[{\"type\":\"sms\",\"value\":\"+15558675310\"}]";
    String[] create = {
      "crm", "--location", "CreateCustomer", "-p", "DisplayName=Ann", "-p", "Channels=" + channels
    };
    Run made = run(create);
    assertEquals(0, made.exit(), made.said());
    Map<String, String> asked = form(app.to("/crm").getFirst());
    assertEquals("Ann", asked.get("DisplayName"));
    assertEquals(channels, asked.get("Channels"));
    answers("/crm", 200, "{}");
    Run nobody = run(create);
    assertEquals(1, nobody.exit(), nobody.said());
    assertTrue(nobody.said().contains("✗ 48003"), nobody.said());
    Run deleted = run("crm", "--location", "DeleteCustomer", "-p", "CustomerId=7");
    assertEquals(0, deleted.exit(), deleted.said());
    assertEquals("7", form(app.to("/crm").getLast()).get("CustomerId"));
  }

  @Test
  @Fact("frontline-callbacks.no-can-start-conversation")
  void nobodyAsksWhetherAConversationMayBegin() {
    assertEquals(
        List.of("GetProxyAddress"),
        IntegrationCallback.OUTGOING_CONVERSATION.locations().stream()
            .map(IntegrationCallback.Location::wireName)
            .toList());
    assertEquals(
        Optional.empty(),
        IntegrationCallback.OUTGOING_CONVERSATION.location("CanStartConversation"));
  }

  @ParameterizedTest
  @CsvSource({
    "+15017122661, +15558675310, 0",
    "nothing, +15558675310, 48026",
    "+15017122661, +15017122661, 48027",
    "+19998887777, +15558675310, 48028",
    "whatsapp:+15017122661, +15558675310, 48029",
  })
  @Fact({
    "errors.codes-48026-to-48029",
    "frontline-callbacks.proxy-address-answer",
    "frontline-callbacks.proxy-address-equal-48027",
    "frontline-callbacks.proxy-address-foreign-48028",
    "frontline-callbacks.proxy-address-invalid-48026",
    "frontline-callbacks.proxy-address-type-48029"
  })
  void theProxyAddressIsOneOfTheAccount(String proxy, String contact, int code) {
    answers("/outgoing", 200, "{\"proxy_address\":\"" + proxy + "\"}");
    Run run =
        run(
            "outgoing-conversation",
            "-p",
            "CustomerId=7",
            "-p",
            "ChannelType=sms",
            "-p",
            "ChannelValue=" + contact);
    assertEquals(code == 0 ? 0 : 1, run.exit(), run.said());
    assertTrue(code == 0 || run.said().contains("✗ " + code), run.said());
  }

  private HttpResponse<String> workerCalls(String customer) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create(server.url() + "/sim/v1/workers/alice@example.com/calls"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"customer\": \"" + customer + "\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  @Fact("frontline-callbacks.proxy-address-answer")
  void aWorkerWhoCallsSomebodyNewBeginsAConversation() throws Exception {
    app.at("/voice", WorldFixture.connect(""));
    app.at("/action", "<Response><Hangup/></Response>");
    answers("/outgoing", 403, "{}");
    HttpResponse<String> refused = workerCalls("+15558675399");
    assertEquals(422, refused.statusCode(), refused.body());
    assertTrue(refused.body().contains("48004"), refused.body());
    answers("/outgoing", 200, "{\"proxy_address\": \"" + WorldFixture.NUMBER + "\"}");
    HttpResponse<String> placed = workerCalls("+15558675399");
    assertEquals(201, placed.statusCode(), placed.body());
    String call = placed.body().replaceAll(".*(CA[0-9a-f]{32}).*", "$1");
    server.world().whenOver(new Sid(call)).join();
    String result = Objects.requireNonNull(app.to("/action").getFirst().getBody()).utf8();
    assertTrue(result.contains("Result=session-success"), result);
    assertTrue(result.contains("WorkerInitiated=true"), result);
    HttpResponse<String> again = workerCalls("+15558675399");
    assertEquals(201, again.statusCode(), again.body());
    assertEquals(2, app.to("/outgoing").size(), "the second call finds the conversation");
  }

  @Test
  @Fact({
    "errors.code-48001",
    "frontline-callbacks.templates-answer",
    "frontline-callbacks.templates-of-nobody",
    "frontline-callbacks.templates-question",
    "frontline-callbacks.url-not-set-48001"
  })
  void templatesByAUrlOfTheirOwnAndWithoutAny() {
    Run unset = run("templates", "-p", "CustomerId=7", "-p", "ConversationSid=CH1");
    assertEquals(1, unset.exit());
    assertTrue(unset.said().contains("✗ 48001"), unset.said());
    assertEquals(
        List.of(Level.WARNING),
        server.world().debugger().join().stream().map(e -> e.alert().level()).toList());
    answers("/t", 200, "[{\"display_name\":\"Hi\",\"templates\":[{\"content\":\"Hello\"}]}]");
    Run run =
        run(
            "templates",
            "--url",
            app.url() + "/t",
            "--worker",
            "carol@example.com",
            "-p",
            "CustomerId=7",
            "-p",
            "ConversationSid=CH1");
    assertEquals(0, run.exit(), run.said());
    assertEquals(
        Map.of(
            "Location", "GetTemplatesByCustomerId",
            "Worker", "carol@example.com",
            "CustomerId", "7",
            "ConversationSid", "CH1"),
        form(app.to("/t").getFirst()));
    answers("/t", 404, "{}");
    Run nobody =
        run(
            "templates",
            "--url",
            app.url() + "/t",
            "-p",
            "CustomerId=8",
            "-p",
            "ConversationSid=CH1");
    assertEquals(1, nobody.exit());
    assertTrue(nobody.said().contains("✗ 48004  answered HTTP 404"), nobody.said());
  }

  @Test
  @Fact("frontline-callbacks.unknown-location")
  void anyLocationIsAskedFor() {
    answers("/crm", 422, "{}");
    Run unknown = run("crm", "--location", "GetHoroscope", "-p", "Sign=Leo");
    assertEquals(1, unknown.exit(), unknown.said());
    assertTrue(unknown.said().contains("Location=GetHoroscope"), unknown.said());
    assertTrue(unknown.said().contains("✗ 48004"), unknown.said());
    answers("/crm", 200, "{\"anything\":1}");
    assertEquals(0, run("crm", "--location", "GetProxyAddress").exit());
  }

  @Test
  @Fact("frontline-callbacks.delete-customer")
  void whatIsWrongWithTheQuestion() {
    assertEquals(2, run("phone").exit());
    Run missing = run("crm", "--location", "DeleteCustomer");
    assertEquals(2, missing.exit());
    assertTrue(missing.said().contains("DeleteCustomer needs CustomerId"), missing.said());
  }
}
