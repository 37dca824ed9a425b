package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import dev.ringback.id.Sid;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Alert;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
