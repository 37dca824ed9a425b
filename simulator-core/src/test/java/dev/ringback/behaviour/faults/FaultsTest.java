package dev.ringback.behaviour.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.callback.WebRequest;
import dev.ringback.engine.World;
import dev.ringback.fault.Fault;
import dev.ringback.fault.FaultRule;
import dev.ringback.fixture.CallFixture;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.journal.Fact;
import dev.ringback.twiml.Level;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.RequestKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Trouble to order, each sort of it, and that nothing else is disturbed. */
class FaultsTest {
  private static final String EVENTS =
      "statusCallback=\"/status\" statusCallbackEvent=\"call-initiated call-ringing call-answered"
          + " call-completed\"";

  private static CallFixture session(FaultRule... orders) {
    CallFixture stage =
        new CallFixture()
            .at(
                "/voice",
                WorldFixture.connect(
                    EVENTS
                        + " record=\"record-from-answer\" recordingStatusCallback=\"http://app.test/rec\""))
            .at("/action", "<Hangup/>")
            .cast(WorldFixture.WORKER, CallFixture.answers(3, 6));
    stage.worlds.faults = List.of(orders);
    return stage;
  }

  private static FaultRule of(Fault fault, String event) {
    return new FaultRule(fault, RequestKind.SESSION_STATUS, Map.of("Status", event), 1, 0);
  }

  private static List<String> events(CallFixture stage) {
    return stage.app.to("/status").stream()
        .map(r -> r.form().value("Status").orElse("").replace("call-", ""))
        .toList();
  }

  private static String header(WebRequest request, String name) {
    return request.headers().stream()
        .filter(h -> h.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void slow() {
    CallFixture stage = session(of(new Fault.Slow(Duration.ofSeconds(5)), "call-ringing")).play();
    assertEquals(List.of("initiated", "answered", "ringing", "completed"), events(stage));
    assertEquals(List.of(0.0, 3.0, 5.0, 9.0), stage.times("/status"));
    assertEquals("session-success", stage.form("/action", "Result"));
    assertEquals(
        List.of("1", "3", "2", "4"),
        stage.app.to("/status").stream()
            .map(r -> r.form().value("SequenceNumber").orElse(""))
            .toList());
  }

  @Test
  void aSlowDocument() {
    FaultRule order =
        new FaultRule(new Fault.Slow(Duration.ofSeconds(4)), RequestKind.ACTION, Map.of(), 1, 0);
    assertEquals(List.of(13.0), session(order).play().times("/action"));
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "connect.failing-status-callback-is-32503",
    "conversation-errors.32503",
    "errors.code-32503"
  })
  void dropped() {
    CallFixture stage = session(of(new Fault.Dropped(), "call-answered")).play();
    assertEquals(List.of("initiated", "ringing", "completed"), events(stage));
    assertEquals(List.of("32503"), stage.codes());
    assertEquals(Level.WARNING, stage.alerts().getFirst().level());
  }

  @Test
  @dev.ringback.fidelity.Fact("errors.code-11205")
  void aDroppedDocumentGoesToTheFallback() {
    FaultRule order = new FaultRule(new Fault.Dropped(), RequestKind.VOICE, Map.of(), 1, 0);
    CallFixture stage = session(order).at("/fallback", "<Hangup/>");
    stage.worlds.fallback = true;
    stage.play();
    assertEquals(0, stage.app.to("/voice").size());
    assertEquals("11205", stage.form("/fallback", "ErrorCode"));
  }

  @Test
  @dev.ringback.fidelity.Fact("headers.idempotency-token-stays")
  void duplicated() {
    CallFixture stage = session(of(new Fault.Duplicated(), "call-ringing")).play();
    assertEquals(
        List.of("initiated", "ringing", "ringing", "answered", "completed"), events(stage));
    List<WebRequest> sent = stage.app.to("/status");
    assertEquals(
        header(sent.get(1), "I-Twilio-Idempotency-Token"),
        header(sent.get(2), "I-Twilio-Idempotency-Token"));
    assertEquals(sent.get(1).form(), sent.get(2).form());
  }

  @Test
  void reordered() {
    CallFixture stage = session(of(new Fault.Reordered(), "call-initiated")).play();
    assertEquals(List.of("ringing", "initiated", "answered", "completed"), events(stage));
  }

  @Test
  @dev.ringback.fidelity.Fact({"conversation-errors.32502", "errors.code-32502"})
  void neverSent() {
    CallFixture stage = session(of(new Fault.NeverSent(), "call-completed")).play();
    assertEquals(List.of("initiated", "ringing", "answered"), events(stage));
    assertEquals(List.of("32502"), stage.codes());
    assertEquals(Level.WARNING, stage.alerts().getFirst().level());
    assertEquals("session-success", stage.form("/action", "Result"));
  }

  @Test
  void clockSkew() {
    CallFixture stage =
        session(of(new Fault.ClockSkew(Duration.ofSeconds(-90)), "call-initiated")).play();
    assertEquals(
        "Thu, 01 Jan 2026 08:58:30 +0000",
        stage.app.to("/status").getFirst().form().value("Timestamp").orElseThrow());
    assertEquals("Thu, 01 Jan 2026 09:00:09 +0000", stage.form("/status", "Timestamp"));
  }

  /** On one request, and on no other; a document can have it, too. */
  @Test
  void wrongSignature() {
    CallFixture right = session(of(new Fault.Duplicated(), "call-initiated")).play();
    CallFixture wrong = session(of(new Fault.WrongSignature(), "call-initiated")).play();
    String name = "X-Twilio-Signature";
    List<WebRequest> sent = wrong.app.to("/status");
    assertEquals(right.app.to("/status").getFirst().form(), sent.getFirst().form());
    assertNotEquals(
        header(right.app.to("/status").getFirst(), name), header(sent.getFirst(), name));
    assertEquals(header(right.app.to("/status").get(2), name), header(sent.get(1), name));
    CallFixture action =
        session(new FaultRule(new Fault.WrongSignature(), RequestKind.ACTION, Map.of(), 1, 0))
            .play();
    assertNotEquals(
        header(right.app.to("/action").getFirst(), name),
        header(action.app.to("/action").getFirst(), name));
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "errors.code-16104",
    "recording-status.duration",
    "recording-status.error-code",
    "recording-status.failed-is-processing",
    "recording-status.status"
  })
  void recordingsThatComeToNothing() {
    CallFixture failed =
        session(FaultRule.always(new Fault.RecordingLost(RecordingStatus.FAILED))).play();
    assertEquals("failed", failed.form("/rec", "RecordingStatus"));
    assertEquals("16104", failed.form("/rec", "ErrorCode"));
    assertEquals("absent", failed.form("/rec", "RecordingDuration"));
    CallFixture unasked =
        session(FaultRule.always(new Fault.RecordingLost(RecordingStatus.FAILED)));
    unasked
        .at(
            "/voice",
            WorldFixture.connect(
                "record='true' recordingStatusCallback='/rec'"
                    + " recordingStatusCallbackEvent='in-progress completed'"))
        .play();
    assertEquals(
        List.of("in-progress"),
        unasked.app.to("/rec").stream()
            .map(r -> r.form().value("RecordingStatus").orElse(""))
            .toList());
    CallFixture absent =
        session(FaultRule.always(new Fault.RecordingLost(RecordingStatus.ABSENT))).play();
    assertEquals("absent", absent.form("/rec", "RecordingStatus"));
    assertEquals(1, absent.app.to("/rec").size());
  }

  /** There is no word for it: whoever wants to know of what never was hears of what failed. */
  @Test
  @dev.ringback.fidelity.Fact("recording-status.status")
  void whoAsksForAbsentHearsOfWhatFailed() {
    for (var each :
        Map.of(
                "absent", List.of("failed"),
                "in-progress", List.of("in-progress"),
                "completed", List.<String>of(),
                "in-progress completed absent", List.of("in-progress", "failed"))
            .entrySet()) {
      CallFixture stage =
          session(FaultRule.always(new Fault.RecordingLost(RecordingStatus.FAILED)));
      stage
          .at(
              "/voice",
              WorldFixture.connect(
                  "record='true' recordingStatusCallback='/rec' recordingStatusCallbackEvent='"
                      + each.getKey()
                      + "'"))
          .play();
      assertEquals(
          each.getValue(),
          stage.app.to("/rec").stream()
              .map(r -> r.form().value("RecordingStatus").orElse(""))
              .toList(),
          each.getKey());
    }
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "connect.apps-branch-on-nobody",
    "conversation-errors.32500",
    "errors.code-32500"
  })
  void sessionsThatFail() {
    CallFixture broken = session(FaultRule.always(new Fault.InternalError())).play();
    assertEquals("internal-error", broken.form("/action", "Result"));
    assertEquals(List.of("32500"), broken.codes());
    CallFixture refused = session(FaultRule.always(new Fault.NoConversation()));
    refused.worlds.conversations.clear();
    refused.play();
    assertEquals("failed-create-conversation", refused.form("/action", "Result"));
    CallFixture unreachable = session(FaultRule.always(new Fault.CarrierFailure())).play();
    assertEquals("failed", unreachable.form("/action", "DialCallStatus"));
  }

  @Test
  void soManyTimesAndNoMore() {
    FaultRule once =
        new FaultRule(new Fault.NeverSent(), RequestKind.SESSION_STATUS, Map.of(), 1, 1);
    assertEquals(List.of("ringing", "answered", "completed"), events(session(once).play()));
  }

  @Test
  void theProbabilityIsDrawnFromTheSeed() {
    FaultRule sometimes =
        new FaultRule(new Fault.NeverSent(), RequestKind.SESSION_STATUS, Map.of(), 0.5, 0);
    int sent = 0;
    for (long seed = 0; seed < 100; seed++) {
      CallFixture one = session(sometimes);
      one.worlds.seed = seed;
      CallFixture same = session(sometimes);
      same.worlds.seed = seed;
      assertEquals(one.play().journal(), same.play().journal());
      sent += events(one).size();
    }
    assertTrue(sent > 160 && sent < 240, sent + " of 400");
  }

  @Test
  void aFaultIsInTheJournalAndCanBeTakenBack() {
    CallFixture stage = session();
    World world = stage.worlds.with(stage.app);
    var id = world.addFault(of(new Fault.NeverSent(), "call-completed"));
    world.runUntilIdle();
    world.place(WorldFixture.call());
    world.runUntilIdle();
    assertTrue(
        world.journal().after(0, 1000).stream()
            .anyMatch(e ->
                e.fact() instanceof Fact.FaultStruck struck && struck.fault().equals(id.join())));
    var faults = world.faults();
    var removed = world.removeFault(id.join());
    var again = world.removeFault(id.join());
    world.place(WorldFixture.call());
    world.runUntilIdle();
    assertEquals(1, faults.join().getFirst().struck());
    assertTrue(removed.join());
    assertFalse(again.join());
    assertEquals("call-completed", stage.form("/status", "Status"));
  }
}
