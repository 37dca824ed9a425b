package dev.ringback.junit;

import static dev.ringback.junit.Casts.answers;
import static dev.ringback.junit.Casts.busy;
import static dev.ringback.junit.Casts.ignores;
import static dev.ringback.junit.Requests.action;
import static dev.ringback.junit.Requests.voice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.opentest4j.AssertionFailedError;

/** As a user writes it, against the sample app. */
@ExtendWith(RingbackExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class RingbackExtensionTest {
  private static final String CUSTOMER = "+15558675310";
  private static final String NUMBER = "+15017122661";
  private static String app = "";
  private static HttpServer sample;

  @BeforeAll
  static void start() throws IOException {
    sample = AdvisorLine.start(0);
    app = "http://localhost:" + sample.getAddress().getPort();
  }

  @AfterAll
  static void stop() {
    Objects.requireNonNull(sample).stop(0);
  }

  @Test
  void aWorkerWhoDoesNotAnswer(World world) {
    Call call = world.app(app).call(CUSTOMER, NUMBER).worker(ignores());
    Exchange told =
        call.expect(action().with("Result", "dialed-call-incomplete").without("DialCallDuration"));
    assertEquals("no-answer", told.value("DialCallStatus"));
    assertTrue(told.body().contains("<Record"), told.body());
    call.ends("completed");
  }

  @Test
  void timePassesOnlyWhenItIsLet(World world) {
    Call call =
        world.app(app).conversation(CUSTOMER, NUMBER, "alice@example.com").call(CUSTOMER, NUMBER);
    call.worker(answers(Duration.ofSeconds(4), Duration.ofSeconds(30)));
    world.advance(Duration.ofSeconds(3));
    assertTrue(call.timeline().contains("rings"), call::timeline);
    world.advance(Duration.ofSeconds(2));
    call.customer().hangsUp();
    assertEquals("1", call.expect(action()).value("DialCallDuration"));
    call.ends("completed");
  }

  @Test
  void whatDoesNotComeFailsWithTheNearest(World world) {
    Call call = world.app(app).call(CUSTOMER, NUMBER).worker(busy());
    AssertionFailedError failed =
        assertThrows(
            AssertionFailedError.class,
            () -> call.expect(action().with("Result", "session-success")));
    assertTrue(
        String.valueOf(failed.getMessage())
            .contains("≠ Result: expected session-success, was 'dialed-call-incomplete'"),
        failed::getMessage);
    assertThrows(
        IllegalArgumentException.class, () -> call.expect(action().with("Resutl", "busy")));
    assertThrows(AssertionFailedError.class, () -> call.ends("busy"));
  }

  @Test
  void wrongUseIsSaid(World world) {
    Call call = world.call(CUSTOMER, NUMBER);
    assertThrows(IllegalStateException.class, call::place);
    world.app(app);
    call.place();
    assertThrows(IllegalStateException.class, () -> world.worker("bob@example.com"));
    assertThrows(IllegalStateException.class, () -> call.worker(busy()));
  }

  /** Each has a clock and an account of its own. */
  @RepeatedTest(200)
  void manyAtOnce(World world) {
    Call call = world.app(app).call(CUSTOMER, NUMBER).worker(ignores());
    assertEquals("ringing", call.expect(voice()).value("CallStatus"));
    assertEquals("no-answer", call.expect(action()).value("DialCallStatus"));
    call.ends("completed");
    assertEquals(world.accountSid(), call.expect(voice()).value("AccountSid"));
  }

  @RingbackScenarios("../scenarios/dial-call-status")
  void contract(World world) {
    world.app(app);
  }
}
