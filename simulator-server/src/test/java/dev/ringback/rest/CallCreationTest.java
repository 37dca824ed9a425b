package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.ConfigFile;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What Twilio takes and then does not do, and what it does not take, when a call is created. */
@Timeout(60)
class CallCreationTest {
  private RestFixture fixture;

  @SuppressWarnings("NullAway.Init")
  CallCreationTest() {}

  @BeforeEach
  void start() throws Exception {
    fixture = new RestFixture("");
    fixture.app.at("/hello", "<Response><Pause length='2'/></Response>");
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static final String SILENCE = "<Response><Pause length='10'/></Response>";

  private RestClient.Answer create(String... more) {
    List<String> form =
        new ArrayList<>(
            List.of(
                "To",
                WorldFixture.CUSTOMER,
                "From",
                WorldFixture.NUMBER,
                "Url",
                fixture.app.url() + "/hello"));
    for (int i = 0; i < more.length; i += 2) {
      int place = form.indexOf(more[i]);
      if (place >= 0) {
        form.subList(place, place + 2).clear();
      }
    }
    form.addAll(List.of(more));
    return fixture.client.post(fixture.account("/Calls.json"), form.toArray(String[]::new));
  }

  private List<String> progress() {
    return fixture.app.to("/progress").stream()
        .map(CallCreationTest::form)
        .map(form -> form.replaceAll(".*CallStatus=([a-z-]+).*", "$1"))
        .toList();
  }

  private List<String> codes(String path, String list) {
    return fixture
        .client
        .get(path)
        .json()
        .path(list)
        .valueStream()
        .map(each -> each.path("error_code").asString())
        .toList();
  }

  /** Messages of the journal's alerts about a call, or about none. */
  private List<String> said(String call) {
    return fixture
        .client
        .get("/sim/v1/calls/" + call + "/timeline")
        .json()
        .toString()
        .lines()
        .toList();
  }

  // What is left out

  @Test
  @Fact({
    "calls.methods-of-documents",
    "calls.record-defaults",
    "calls.status-callback-event-default"
  })
  void aCallThatIsGivenNoMore() {
    String call =
        create("StatusCallback", fixture.app.url() + "/progress").json().path("sid").asString();
    fixture.later(30);
    assertEquals(List.of("completed"), progress());
    assertEquals("POST", fixture.app.to("/hello").getFirst().getMethod());
    assertEquals(0, recordings(call).size());
  }

  private JsonNode recordings(String call) {
    return fixture
        .client
        .get(fixture.account("/Calls/" + call + "/Recordings.json"))
        .json()
        .path("recordings");
  }

  @Test
  @Fact({"calls.fallback-url", "calls.methods-of-documents"})
  void theFallbackIsAskedWhenTheUrlFails() {
    fixture.app.at("/hello", (RecordedRequest r) -> new MockResponse.Builder().code(500).build());
    create();
    fixture.later(30);
    assertEquals(Set.of("POST /hello"), requests());
    create("FallbackUrl", fixture.app.url() + "/fallback");
    fixture.later(30);
    assertEquals(Set.of("POST /hello", "POST /fallback"), requests());
    assertEquals(1, fixture.app.to("/fallback").size());
    String form = form(fixture.app.to("/fallback").getFirst());
    assertTrue(form.contains("ErrorCode=11200"), form);
  }

  private Set<String> requests() {
    return fixture.app.requests.stream()
        .map(r -> r.getMethod() + " " + r.getUrl().encodedPath())
        .collect(Collectors.toSet());
  }

  private static String form(RecordedRequest request) {
    return String.valueOf(request.getBody() == null ? null : request.getBody().utf8());
  }

  @Test
  @Fact({"calls.timeout-default", "lifecycle.ring-time-default-60"})
  void itRingsForAMinute() throws Exception {
    fixture.close();
    fixture =
        new RestFixture(
            "customers: [{number: \"%s\", cast: ignores}]".formatted(WorldFixture.CUSTOMER));
    String call = create().json().path("sid").asString();
    fixture.later(59);
    assertEquals("ringing", status(call));
    fixture.later(2);
    assertEquals("no-answer", status(call));
  }

  @Test
  @Fact({"calls.record-callback", "calls.record-defaults"})
  void aRecordedCallThatIsGivenNoMore() {
    String untold = create("Record", "true").json().path("sid").asString();
    fixture.later(30);
    assertEquals(Set.of("POST /hello"), requests());
    JsonNode recording = recordings(untold).path(0);
    assertEquals(1, recording.path("channels").asInt());
    assertEquals("both", recording.path("track").asString());
    create(
        "Record",
        "true",
        "Trim", // of silence nothing would be left
        "do-not-trim",
        "RecordingStatusCallback",
        fixture.app.url() + "/recorded");
    fixture.later(30);
    assertEquals(Set.of("POST /hello", "POST /recorded"), requests());
    assertEquals(1, fixture.app.to("/recorded").size());
    String form = form(fixture.app.to("/recorded").getFirst());
    assertTrue(form.contains("RecordingStatus=completed"), form);
  }

  // Status callback events

  @Test
  @Fact({
    "alerts.notification-error-code-is-text",
    "alerts.notifications-of-a-call",
    "calls.fallback-and-status-callback",
    "status-callbacks.event-parameter-repeated"
  })
  void eventsInOneParameterAreAWarningAndNobodyIsTold() {
    RestClient.Answer made =
        create(
            "StatusCallback",
            fixture.app.url() + "/progress",
            "StatusCallbackEvent",
            "initiated ringing answered completed");
    assertEquals(201, made.status(), made.body());
    fixture.later(30);
    assertEquals(List.of(), progress());
    String call = made.json().path("sid").asString();
    assertEquals("completed", status(call));
    for (List<String> warnings :
        List.of(
            codes("/monitor/v1/Alerts", "alerts"),
            codes(fixture.account("/Notifications.json"), "notifications"),
            codes(fixture.account("/Calls/" + call + "/Notifications.json"), "notifications"))) {
      assertEquals(List.of("21626"), warnings);
    }
    var alert = fixture.client.get("/monitor/v1/Alerts").json().path("alerts").path(0);
    assertEquals("warning", alert.path("log_level").asString());
    assertEquals(call, alert.path("resource_sid").asString());
    assertTrue(
        alert.path("alert_text").asString().contains("StatusCallbackEvent"), alert::toString);
  }

  private String status(String call) {
    return fixture
        .client
        .get(fixture.account("/Calls/" + call + ".json"))
        .json()
        .path("status")
        .asString();
  }

  @Test
  @Fact({
    "calls.fallback-and-status-callback",
    "calls.methods",
    "status-callbacks.api-events-of-four",
    "status-callbacks.event-parameter-repeated"
  })
  void eventsThatAreSomeAreTold() {
    create(
        "StatusCallback",
        fixture.app.url() + "/progress",
        "StatusCallbackEvent",
        "ringing",
        "StatusCallbackEvent",
        "answered,completed",
        "StatusCallbackEvent",
        "completed");
    fixture.later(30);
    assertEquals(List.of("ringing", "completed"), progress());
    assertEquals(List.of("21626"), codes("/monitor/v1/Alerts", "alerts"));
  }

  @Test
  @Fact("status-callbacks.api-default-is-completed")
  void whoAsksForNoEventIsToldOfTheEnd() {
    create("StatusCallback", fixture.app.url() + "/progress");
    fixture.later(30);
    assertEquals(List.of("completed"), progress());
  }

  @Test
  @Fact("lifecycle.initiated-is-shown-as-queued")
  void aCallThatHasLeftTheQueueIsShownInIt() {
    List<String> shown = new CopyOnWriteArrayList<>();
    fixture.app.at(
        "/progress",
        (RecordedRequest request) -> {
          String form = String.valueOf(request.getBody() == null ? null : request.getBody().utf8());
          shown.add(status(form.replaceAll(".*CallSid=(CA[0-9a-f]{32}).*", "$1")));
          return new MockResponse.Builder().code(204).build();
        });
    create(
        "StatusCallback",
        fixture.app.url() + "/progress",
        "StatusCallbackEvent",
        "initiated",
        "StatusCallbackEvent",
        "ringing");
    fixture.later(30);
    assertEquals(List.of("initiated", "ringing"), progress());
    assertEquals(List.of("queued", "ringing"), shown);
  }

  // Digits and detection

  @Test
  @Fact({"calls.send-digits", "rest-errors.codes-21206-21208-21209"})
  void theLettersOfTheKeypad() {
    assertEquals(201, create("SendDigits", "ABCD0*#wW").status());
    RestClient.Answer lower = create("SendDigits", "a");
    assertEquals(List.of(400, 21206), List.of(lower.status(), lower.code()));
  }

  @Test
  void noDetectionWithDigits() {
    String call =
        create("SendDigits", "1", "MachineDetection", "Enable").json().path("sid").asString();
    fixture.later(30);
    assertTrue(!form(fixture.app.to("/hello").getFirst()).contains("AnsweredBy"));
    assertTrue(said(call).toString().contains("MachineDetection: ignored"), () -> "" + said(call));
  }

  @Test
  @Fact({
    "calls.async-amd",
    "calls.machine-detection-timeout",
    "rest-errors.code-21234",
    "rest-errors.code-21262"
  })
  void detectionThatNobodyIsToldOf() {
    assertEquals(201, create("MachineDetection", "Enable", "AsyncAmd", "true").status());
    assertEquals(List.of("21262"), codes("/monitor/v1/Alerts", "alerts"));
    RestClient.Answer tooLong =
        create("MachineDetection", "Enable", "MachineDetectionTimeout", "61");
    assertEquals(List.of(400, 21234), List.of(tooLong.status(), tooLong.code()));
  }

  // Recordings

  /** Of silence nothing is left when it is trimmed. */
  @ParameterizedTest
  @CsvSource({", absent", "trim-silence, absent", "do-not-trim, completed"})
  @Fact("calls.record-trims-silence")
  void aRecordedCallIsTrimmedUnlessItIsSaidOtherwise(@Nullable String trim, String status) {
    RestClient.Answer made =
        trim == null
            ? create("Url", "", "Twiml", SILENCE, "Record", "true")
            : create("Url", "", "Twiml", SILENCE, "Record", "true", "Trim", trim);
    assertEquals(201, made.status(), made.body());
    fixture.later(60);
    var recordings = fixture.client.get(fixture.account("/Recordings.json")).json();
    assertEquals(
        status,
        recordings.path("recordings").path(0).path("status").asString(),
        recordings::toString);
  }

  // Documents

  /** Of a new call the URL goes before the text; of a live one they exclude each other. */
  @Test
  @Fact("calls.twiml-beside-url")
  void twimlBesideAUrl() {
    RestClient.Answer created = create("Twiml", "<Response><Say>Unheard</Say></Response>");
    assertEquals(201, created.status(), created.body());
    String call = created.json().path("sid").asString();
    fixture.later(3);
    assertEquals(1, fixture.app.to("/hello").size());
    assertTrue(said(call).toString().contains("Twiml: ignored, because Url is given"));
    RestClient.Answer changed =
        fixture.client.post(
            fixture.account("/Calls/" + call + ".json"),
            "Url",
            fixture.app.url() + "/hello",
            "Twiml",
            "<Response/>");
    assertEquals(400, changed.status(), changed.body());
    assertTrue(changed.json().path("message").asString().contains("mutually exclusive"));
    assertEquals(201, create("Url", "", "Twiml", "<Response/>").status());
  }

  @Test
  @Fact("calls.application-goes-first")
  void theApplicationAnswersWhateverElseIsGiven() {
    fixture.app.at("/of-app", "<Response/>");
    String application =
        fixture
            .client
            .post(fixture.account("/Applications.json"), "VoiceUrl", fixture.app.url() + "/of-app")
            .json()
            .path("sid")
            .asString();
    String call = create("ApplicationSid", application).json().path("sid").asString();
    fixture.later(10);
    assertEquals(1, fixture.app.to("/of-app").size());
    assertTrue(said(call).toString().contains("Url: ignored"), () -> "" + said(call));
  }

  /** The application's own URL fails, and it has no fallback. */
  @Test
  @Fact("calls.application-goes-before-callbacks")
  void anApplicationGoesBeforeFallbacksCallbacksAndMethods() {
    fixture.app.at("/of-app", (RecordedRequest r) -> new MockResponse.Builder().code(500).build());
    String application =
        fixture
            .client
            .post(fixture.account("/Applications.json"), "VoiceUrl", fixture.app.url() + "/of-app")
            .json()
            .path("sid")
            .asString();
    String call =
        create(
                "ApplicationSid",
                application,
                "Method",
                "GET",
                "FallbackUrl",
                fixture.app.url() + "/fallback",
                "FallbackMethod",
                "GET",
                "StatusCallback",
                fixture.app.url() + "/progress",
                "StatusCallbackMethod",
                "GET")
            .json()
            .path("sid")
            .asString();
    fixture.later(30);
    assertEquals(Set.of("POST /of-app"), requests());
    assertTrue(
        said(call).toString().contains("Url, FallbackUrl, StatusCallback: ignored"),
        () -> "" + said(call));
  }

  // Addresses

  @ParameterizedTest
  @ValueSource(strings = {"client:bob", "sip:a@b.test"})
  @Fact({"call-json.formatted-others", "calls.to-and-from-may-be-clients"})
  void whoIsCalledAndWhoCallsNeedBeNoNumber(String address) {
    for (String name : List.of("To", "From")) {
      RestClient.Answer made = create(name, address);
      assertEquals(201, made.status(), made.body());
      String field = name.toLowerCase(Locale.ROOT);
      assertEquals(address, made.json().path(field).asString());
      assertEquals(address, made.json().path(field + "_formatted").asString());
    }
  }

  @Test
  @Fact("call-json.formatted-others")
  void aNumberOfAnotherContinentIsShownAsItIs() {
    JsonNode made = create("To", "+442071838750").json();
    assertEquals("+442071838750", made.path("to_formatted").asString());
  }

  // Caller ids

  @ParameterizedTest
  @CsvSource({"+15017122661, 201, 0", "+15558675311, 201, 0", "+15558675399, 400, 21210"})
  @Fact("rest-errors.code-21210")
  void onlyVerifiedNumbersCall(String from, int status, int code) throws Exception {
    fixture.close();
    fixture = new RestFixture("account: {callerIds: [\"+15558675311\"]}");
    RestClient.Answer answer = create("From", from);
    assertEquals(List.of(status, code), List.of(answer.status(), answer.code()), answer.body());
  }

  /** A default voice URL answers every number, and makes none of them ours. */
  @Test
  void anEmptyListLeavesTheAccountsOwn() throws Exception {
    fixture.close();
    fixture = new RestFixture("account: {callerIds: []}");
    assertEquals(201, create("From", WorldFixture.NUMBER).status());
    assertEquals(21210, create("From", WorldFixture.STRANGER).code());
    fixture.client.post(
        fixture.account("/IncomingPhoneNumbers.json"), "PhoneNumber", WorldFixture.STRANGER);
    assertEquals(201, create("From", WorldFixture.STRANGER).status());
  }

  @Test
  void aListOfWhatIsNoNumberIsWrong() {
    BadInput wrong =
        assertThrows(
            BadInput.class,
            () ->
                ConfigFile.read(
                    Yaml.parse("ringback.yaml", "account: {callerIds: [\"5558675311\"]}")));
    assertTrue(String.valueOf(wrong.getMessage()).contains("E.164"), wrong::getMessage);
  }

  // The envelope

  @Test
  @Fact({"auth.response-headers", "sids.request", "sids.request-shares-digits"})
  void theRequestAndWhatItMadeShareTheirDigits() {
    RestClient.Answer made = create();
    String digits = made.json().path("sid").asString().substring(2);
    assertEquals("RQ" + digits, made.header("Twilio-Request-Id"));
    RestClient.Answer key = fixture.client.post(fixture.account("/Keys.json"));
    assertEquals(
        "RQ" + key.json().path("sid").asString().substring(2), key.header("Twilio-Request-Id"));
    String path = fixture.account("/Calls/CA" + digits + ".json");
    List<String> ids =
        Stream.generate(() -> fixture.client.get(path).header("Twilio-Request-Id"))
            .limit(3)
            .distinct()
            .toList();
    assertEquals(3, ids.size());
    assertTrue(ids.stream().allMatch(id -> id.matches("RQ[0-9a-f]{32}")), ids::toString);
  }

  @Test
  @Fact({"auth.unauthorized", "rest-errors.body-byte-by-byte", "rest-errors.text-20003"})
  void errorsHaveTheSpacesOfTwilio() {
    String path = fixture.account("/Calls/CA" + "0".repeat(32) + ".json");
    assertEquals(
        "{\"code\": 20404, \"message\": \"The requested resource "
            + path
            + " was not found\", \"more_info\": \"https://www.twilio.com/docs/errors/20404\","
            + " \"status\": 404}",
        fixture.client.get(path).body());
    assertEquals(
        "{\"code\": 20003, \"message\": \"Authenticate\", \"more_info\":"
            + " \"https://www.twilio.com/docs/errors/20003\", \"status\": 401}",
        RestClient.of(fixture.server.url(), fixture.account, "wrong").get(path).body());
  }
}
