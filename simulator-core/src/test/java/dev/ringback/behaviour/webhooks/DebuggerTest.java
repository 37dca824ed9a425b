package dev.ringback.behaviour.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.call.Call;
import dev.ringback.callback.Param;
import dev.ringback.cast.Cast;
import dev.ringback.engine.LoggedAlert;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.CallFixture;
import dev.ringback.id.Sid;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Alert;
import dev.ringback.voice.Landing;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the Debugger keeps and tells (docs/usage/troubleshooting/debugging-event-webhooks). */
class DebuggerTest {
  private static final String MESSAGE =
      "An attempt to retrieve content from http://app.test/voice returned the HTTP status code 404";

  private static CallFixture failing() {
    CallFixture stage = new CallFixture();
    stage.worlds.debugger = true;
    stage.app.at("/voice", r -> new Landing.Answered(404, "text/html", "<b>\"no\"</b>\n"));
    return stage.play();
  }

  @Test
  @Fact({
    "call-status.first-request-inbound",
    "debugger.account-sid",
    "debugger.error-code-is-text",
    "debugger.has-an-idempotency-token",
    "debugger.is-a-form-by-post",
    "debugger.is-signed",
    "debugger.level",
    "debugger.more-info",
    "debugger.more-info-messages",
    "debugger.parent-account-sid",
    "debugger.payload-is-json",
    "debugger.payload-type",
    "debugger.resource-sid",
    "debugger.service-sid",
    "debugger.sid",
    "debugger.timestamp-iso8601",
    "debugger.webhook-only-with-a-request",
    "debugger.webhook-request",
    "debugger.webhook-response",
    "lifecycle.inbound-begins-ringing",
    "lifecycle.voice-url-while-ringing",
    "parameters.call-status-always",
    "sids.lower-case",
    "sids.notification"
  })
  void theWebhookHasTheRealPayload() {
    CallFixture stage = failing();
    var request = stage.app.to("/debugger").getFirst();
    assertEquals(
        List.of(
            "AccountSid",
            "Sid",
            "ParentAccountSid",
            "Timestamp",
            "Level",
            "PayloadType",
            "Payload"),
        request.form().params().stream().map(Param::name).toList());
    assertTrue(stage.form("/debugger", "Sid").matches("NO[0-9a-f]{32}"));
    assertEquals("2026-01-01T09:00:00Z", stage.form("/debugger", "Timestamp"));
    assertEquals("ERROR", stage.form("/debugger", "Level"));
    assertEquals("", stage.form("/debugger", "ParentAccountSid"));
    assertEquals("application/json", stage.form("/debugger", "PayloadType"));
    String payload = stage.form("/debugger", "Payload");
    assertTrue(payload.startsWith("{\"resource_sid\":\"CA"), payload);
    for (String part :
        List.of(
            "\"service_sid\":null",
            "\"more_info\":{\"msg\":\"" + MESSAGE,
            "\"Msg\":\"" + MESSAGE,
            "\"ErrorCode\":\"11200\"",
            "\"error_code\":\"11200\"",
            "\"sourceComponent\":\"12000\"",
            "\"httpResponse\":\"404\"",
            "\"url\":\"http://app.test/voice\"",
            "\"type\":\"application/json\"",
            "\"method\":\"POST\"",
            "\"CallStatus\":\"ringing\"",
            "\"status_code\":404",
            "\"body\":\"<b>\\\"no\\\"</b>\\n\"")) {
      assertTrue(payload.contains(part), part + " in " + payload);
    }
    assertEquals(HttpMethod.POST, request.method());
    Map<String, String> headers =
        request.headers().stream().collect(Collectors.toMap(Param::name, Param::value));
    assertTrue(headers.containsKey("X-Twilio-Signature"), headers::toString);
    assertTrue(headers.containsKey("I-Twilio-Idempotency-Token"), headers::toString);
    assertEquals(
        "application/x-www-form-urlencoded; charset=utf-8",
        String.valueOf(headers.get("Content-Type")).toLowerCase(Locale.ROOT));
  }

  @Test
  void entriesAreKept() {
    CallFixture stage = failing();
    var entries = stage.world().debugger();
    stage.world().runUntilIdle();
    LoggedAlert entry = entries.join().getFirst();
    assertEquals("11200", entry.alert().code());
    assertEquals(404, java.util.Objects.requireNonNull(entry.answer()).status());
    assertEquals(stage.form("/debugger", "Sid"), entry.sid().value());
  }

  @Test
  void aDebuggerThatFailsIsNotToldOfItself() {
    CallFixture stage = new CallFixture();
    stage.worlds.debugger = true;
    stage.app.at("/voice", r -> new Landing.Answered(404, "text/html", ""));
    stage.app.at("/debugger", r -> new Landing.Answered(500, null, ""));
    stage.play();
    assertEquals(1, stage.app.to("/debugger").size());
    assertEquals(List.of("11200", "ringback"), stage.codes());
  }

  @Test
  void ourOwnRemarksAreNotTwilios() {
    CallFixture stage = new CallFixture().at("/voice", "<Pay/><Hangup/>");
    stage.worlds.debugger = true;
    stage.play();
    assertEquals(List.of("ringback"), stage.codes());
    assertEquals(0, stage.app.to("/debugger").size());
  }

  private static LoggedAlert last(CallFixture stage) {
    var entries = stage.world().debugger();
    stage.world().runUntilIdle();
    return entries.join().getLast();
  }

  private static void raises(CallFixture stage, @Nullable Sid leg, Alert alert) {
    var unused =
        stage
            .world()
            .change(account -> {
              if (leg == null) {
                account.raise(alert);
              } else {
                account.raise(leg, alert);
              }
              return true;
            });
    stage.world().runUntilIdle();
  }

  @Test
  @Fact({
    "debugger.error-code-is-text",
    "debugger.level",
    "debugger.more-info",
    "debugger.webhook-only-with-a-request"
  })
  void whatConcernsTheAccountNamesNoCall() {
    CallFixture stage = failing();
    raises(
        stage, null, Alert.of(TwilioError.SCHEMA_VALIDATION_WARNING, "odd", "http://app.test/x"));
    assertNull(last(stage).call());
    assertEquals("WARNING", stage.form("/debugger", "Level"));
    String payload = stage.form("/debugger", "Payload");
    for (String part :
        List.of(
            "{\"resource_sid\":null,",
            "\"error_code\":\"12200\"",
            "\"LogLevel\":\"WARN\"",
            "\"url\":\"http://app.test/x\"")) {
      assertTrue(payload.contains(part), part + " in " + payload);
    }
    assertFalse(payload.contains("webhook"), payload);
  }

  @Test
  @Fact({"debugger.resource-sid", "debugger.sid"})
  void whatConcernsACallNamesItByItsFirstLeg() {
    CallFixture stage =
        new CallFixture().at("/voice", "<Dial>+15558675311</Dial>").cast("+15558675311", BUSY);
    stage.worlds.debugger = true;
    stage.play();
    var calls = stage.world().calls();
    stage.world().runUntilIdle();
    Call call = calls.join().getFirst();
    Sid child = call.facts().children().getFirst().sid();
    Alert alert = Alert.of(TwilioError.HTTP_RETRIEVAL_FAILURE, "bad", null);
    for (Sid leg : List.of(call.sid(), child)) {
      raises(stage, leg, alert);
      assertEquals(call.sid(), last(stage).call());
      assertEquals("ERROR", stage.form("/debugger", "Level"));
      assertTrue(
          stage
              .form("/debugger", "Payload")
              .startsWith("{\"resource_sid\":\"" + call.sid() + "\""));
    }
    raises(stage, new Sid("CA" + "0".repeat(32)), alert);
    assertNull(last(stage).call(), "a call that nobody knows any more");
    // The entry and its event have one identifier, and every entry its own.
    List<String> told =
        stage.app.to("/debugger").stream().map(r -> r.form().value("Sid").orElse("")).toList();
    assertEquals(3, told.stream().distinct().count());
    assertEquals(last(stage).sid().value(), told.getLast());
  }

  private static final Cast BUSY = new Cast.Busy();
}
