package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import dev.ringback.id.Sid;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Alert;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What calls leave behind for the account: the averages of a queue, the entries of the Debugger.
 */
@Timeout(60)
class WhatTheAccountSeesTest {
  private final RestFixture fixture;

  WhatTheAccountSeesTest() throws Exception {
    fixture = new RestFixture("");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private String enters() {
    return fixture.calls("<Response><Enqueue waitUrl=''>support</Enqueue></Response>");
  }

  private JsonNode queue() {
    return fixture.client.get(fixture.account("/Queues.json")).json().path("queues").path(0);
  }

  private void hangsUp(String call) {
    assertEquals(
        200,
        fixture
            .client
            .post(fixture.account("/Calls/" + call + ".json"), "Status", "completed")
            .status());
  }

  @Test
  @Fact("calls.completed-in-any-state")
  void theAverageWaitOfAQueueIsThatOfWhoeverHasLeft() {
    String first = enters();
    fixture.later(8);
    assertEquals(0, queue().path("average_wait_time").asInt());
    hangsUp(first); // after 10 s
    String second = enters();
    assertEquals(10, queue().path("average_wait_time").asInt());
    assertEquals(1, queue().path("current_size").asInt());
    fixture.later(19);
    hangsUp(second); // after 21 s
    assertEquals(15, queue().path("average_wait_time").asInt());
    assertEquals(0, queue().path("current_size").asInt());
  }

  private JsonNode alert() {
    return fixture.client.get("/monitor/v1/Alerts").json().path("alerts").path(0);
  }

  private JsonNode notification() {
    return fixture
        .client
        .get(fixture.account("/Notifications.json"))
        .json()
        .path("notifications")
        .path(0);
  }

  @Test
  @Fact({"alerts.notification-log", "errors.code-12100"})
  void anAlertNamesTheCallThatItConcerns() {
    String call = fixture.calls("no TwiML at all");
    assertEquals("12100", alert().path("error_code").asString());
    assertEquals("error", alert().path("log_level").asString());
    assertEquals(call, alert().path("resource_sid").asString());
    assertEquals(call, notification().path("call_sid").asString());
    assertEquals("0", notification().path("log").asString());
  }

  /** The names and values of a text that is written as a query. */
  private static Map<String, String> values(String text) {
    assertFalse(text.matches(".*[ <>/].*"), text);
    return Stream.of(text.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  @Test
  @Fact({
    "alerts.alert-text-is-encoded",
    "alerts.notification-more-info",
    "alerts.notification-text-is-encoded"
  })
  void whatAnEntrySaysIsWrittenAsAQuery() {
    String unused = fixture.calls("no TwiML at all");
    for (String text :
        List.of(
            alert().path("alert_text").asString(),
            notification().path("message_text").asString())) {
      Map<String, String> values = values(text);
      assertEquals("12100", values.get("ErrorCode"));
      assertEquals("ERROR", values.get("LogLevel"));
      assertEquals("12000", values.get("sourceComponent"));
      assertTrue(String.valueOf(values.get("Msg")).contains(" "), text);
    }
    String page = "https://www.twilio.com/docs/errors/12100";
    assertEquals(page, alert().path("more_info").asString());
    assertEquals(page, notification().path("more_info").asString());
  }

  @Test
  @Fact("alerts.notification-text-of-15003")
  void aRefusedCallbackIsNamedWithItsStatus() {
    fixture.app.at("/gone", request -> new MockResponse.Builder().code(404).build());
    String unused =
        fixture.calls(
            "<Response><Dial><Number statusCallback='/gone'>+15558675311</Number></Dial></Response>");
    fixture.later(60);
    Map<String, String> values = values(notification().path("message_text").asString());
    String url = fixture.app.url() + "/gone";
    assertEquals("15003", values.get("ErrorCode"));
    assertEquals("WARN", values.get("LogLevel"));
    assertEquals(url, values.get("statusCallback"));
    assertEquals("Got HTTP 404 response to " + url, values.get("Msg"));
  }

  @ParameterizedTest
  @CsvSource({"error, 12100", "warning, 12200", "notice,", "debug,"})
  @Fact("alerts.log-level-filter")
  void alertsOfALevel(String level, @Nullable String code) {
    raises(List.of(), Alert.of(TwilioError.SCHEMA_VALIDATION_WARNING, "odd", null));
    raises(List.of(), Alert.of(TwilioError.DOCUMENT_PARSE_FAILURE, "bad", null));
    assertEquals(
        Stream.ofNullable(code).toList(),
        fixture
            .client
            .get("/monitor/v1/Alerts?LogLevel=" + level)
            .json()
            .path("alerts")
            .valueStream()
            .map(each -> each.path("error_code").asString())
            .toList());
  }

  @Test
  @Fact({
    "alerts.notification-log",
    "alerts.notification-request",
    "alerts.notifications-of-a-call"
  })
  void anAlertOfTheAccountNamesNoCall() {
    String call = fixture.calls("<Response><Pause length='60'/></Response>");
    Alert warning =
        Alert.of(TwilioError.SCHEMA_VALIDATION_WARNING, "odd", fixture.app.url() + "/odd");
    raises(List.of(), warning);
    assertEquals("12200", alert().path("error_code").asString());
    assertEquals("warning", alert().path("log_level").asString());
    assertTrue(alert().path("resource_sid").isNull(), alert()::toString);
    assertEquals(fixture.app.url() + "/odd", alert().path("request_url").asString());
    assertTrue(notification().path("call_sid").isNull(), notification()::toString);
    assertEquals("1", notification().path("log").asString());
    String ofCall = fixture.account("/Calls/" + call + "/Notifications.json");
    assertEquals(0, fixture.client.get(ofCall).json().path("notifications").size());
    raises(List.of(new Sid(call)), warning);
    assertEquals(call, alert().path("resource_sid").asString());
    assertEquals(1, fixture.client.get(ofCall).json().path("notifications").size());
  }

  private void raises(List<Sid> legs, Alert alert) {
    boolean done =
        fixture
            .world()
            .change(account -> {
              legs.forEach(leg -> account.raise(leg, alert));
              if (legs.isEmpty()) {
                account.raise(alert);
              }
              return true;
            })
            .join();
    assertTrue(done);
  }
}
