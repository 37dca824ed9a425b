package dev.ringback.behaviour.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cast.Caller;
import dev.ringback.cast.Script;
import dev.ringback.engine.Account;
import dev.ringback.engine.Placement;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.TwoCallers;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.voice.Act;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where one call takes out another: {@code <Enqueue>} and {@code <Queue>}. */
class QueueTest extends TwoCallers {
  @Test
  @Fact("recording-status.conference-sid")
  void whoTakesSomebodyOutOfAQueueMayRecordIt() {
    answers(
        "<Enqueue>support</Enqueue>",
        "<Dial record='record-from-answer' recordingStatusCallback='/recorded' action='/after'>"
            + "<Queue>support</Queue></Dial>");
    play(5, List.of(does(12, new Act.Press("5"))), List.of(does(10, new Act.HangUp())));
    assertEquals("DialVerb", form("/recorded", "RecordingSource"));
    assertEquals("absent", form("/recorded", "ConferenceSid"));
    assertEquals("10", form("/recorded", "RecordingDuration"));
    assertEquals(form("/recorded", "RecordingUrl"), form("/after", "RecordingUrl"));
  }

  @Test
  @Fact({
    "dial.queue-attributes",
    "dial.queue-sid-and-time",
    "dial.queue-url-parameters",
    "enqueue.action-parameters",
    "enqueue.queue-result",
    "enqueue.wait-url-parameters",
    "sids.queue"
  })
  void whoWaitsIsTakenOutByWhoDials() {
    answers(
        "<Enqueue action='/left' waitUrl='/wait'>support</Enqueue>",
        "<Dial action='/after'><Queue url='/screen'>support</Queue></Dial>");
    app.at("/wait", "<Response><Pause length='10'/></Response>");
    app.at("/screen", "<Response><Say>You will be connected now</Say></Response>");
    play(25, List.of(), List.of(does(60, new Act.HangUp())));
    assertEquals("1", form("/wait", "QueuePosition"));
    assertEquals("20", form("/wait", "QueueTime"));
    assertEquals("1", form("/wait", "CurrentQueueSize"));
    assertEquals("100", form("/wait", "MaxQueueSize"));
    assertTrue(form("/screen", "DequeingCallSid").startsWith("CA"));
    assertEquals("25", form("/screen", "QueueTime"));
    assertEquals(WorldFixture.CUSTOMER, form("/screen", "From"));
    assertEquals("bridged", form("/left", "QueueResult"));
    assertTrue(form("/left", "QueueSid").startsWith("QU"));
    assertEquals("in-progress", form("/left", "CallStatus"));
    assertEquals("completed", form("/after", "DialCallStatus"));
    assertEquals(form("/left", "QueueSid"), form("/after", "QueueSid"));
    assertEquals("25", form("/after", "QueueTime"));
    assertEquals("58", form("/after", "DialCallDuration"));
    assertEquals("completed", form("/after", "CallStatus"));
  }

  @Test
  void whoDialsMayComeFirst() {
    answers(
        "<Dial action='/after' timeout='30'><Queue>support</Queue></Dial>",
        "<Enqueue action='/left'>support</Enqueue>");
    play(10, List.of(), List.of(does(20, new Act.HangUp())));
    assertEquals("bridged", form("/left", "QueueResult"));
    assertEquals("completed", form("/after", "DialCallStatus"));
    assertEquals("20", form("/after", "DialCallDuration"));
  }

  @Test
  void nobodyComesInTime() {
    answers("<Dial action='/after' timeout='30'><Queue>support</Queue></Dial>", "<Hangup/>");
    play(100);
    assertEquals("no-answer", form("/after", "DialCallStatus"));
  }

  @Test
  @Fact({
    "enqueue.action-parameters",
    "enqueue.max-queue-size",
    "enqueue.queue-result",
    "enqueue.wait-document-verbs",
    "gather.actions-are-the-standard-set-and-the-verbs-own",
    "redirect.leave-goes-to-the-action"
  })
  void leavingHangingUpAndAFullQueue() {
    answers(
        "<Enqueue action='/left' waitUrl='/wait'>support</Enqueue>",
        "<Enqueue action='/full' maxQueueSize='1'>support</Enqueue>");
    app.at("/wait", "<Response><Pause length='9'/><Leave/></Response>");
    play(1);
    assertEquals("queue-full", form("/full", "QueueResult"));
    assertEquals("leave", form("/left", "QueueResult"));
    assertEquals("9", form("/left", "QueueTime"));
    assertEquals("in-progress", form("/left", "CallStatus"));
    app.at("/wait", "<Response><Pause length='60'/></Response>");
    play(1, does(30, new Act.HangUp()));
    assertEquals("hangup", form("/left", "QueueResult"));
    assertEquals("completed", form("/left", "CallStatus"));
  }

  @Test
  @Fact({"enqueue.wait-document-runs-no-other-verbs", "redirect.leave-goes-to-the-next-verb"})
  void otherVerbsAreNotRunWhileItWaitsAndWithoutAnActionTheNextVerbFollows() {
    answers("<Enqueue waitUrl='/wait'>support</Enqueue><Redirect>/next</Redirect>", "<Hangup/>");
    app.at(
            "/wait",
            "<Response><Record action='/r'/><Dial>+15558675311</Dial><Enqueue>q</Enqueue>"
                + "<Pause length='9'/><Leave/></Response>")
        .at("/next", "<Response/>");
    play(1);
    assertEquals(
        List.of("/voice", "/wait", "/voice", "/call-status", "/next", "/call-status"), paths());
    String said = world.journal().all().toString();
    for (String verb : List.of("Record", "Dial", "Enqueue")) {
      String skipped = "<" + verb + "> is not allowed in a document heard while a call waits";
      assertTrue(said.contains(skipped), skipped);
    }
  }

  @Test
  @Fact("enqueue.wait-url-default")
  void withoutAWaitUrlTheAppIsAskedForNothing() {
    answers("<Enqueue action='/left'>support</Enqueue>", "<Hangup/>");
    play(1, does(30, new Act.HangUp()));
    assertEquals("30", form("/left", "QueueTime"));
    assertEquals(List.of("/voice", "/voice", "/call-status", "/left", "/call-status"), paths());
  }

  private List<String> paths() {
    return app.requests.stream().map(r -> r.url().substring(FakeApp.URL.length())).toList();
  }

  /** However they left: one was taken out, the other hung up. */
  @Test
  @Fact("enqueue.wait-url-parameters")
  void theAverageIsOfAllWhoHaveLeftTheQueue() {
    app.at(
        "/voice",
        request ->
            FakeApp.twiml(
                from(request).equals(WorldFixture.STRANGER)
                    ? "<Response><Dial><Queue>support</Queue></Dial></Response>"
                    : "<Response><Enqueue action='/left' waitUrl='/wait'>support</Enqueue></Response>"));
    app.at("/wait", "<Response><Pause length='600'/></Response>");
    world = worlds.with(app);
    enters(WorldFixture.CUSTOMER, 0, 60);
    enters("+15558675301", 5, 21);
    enters(WorldFixture.STRANGER, 11, 20);
    enters("+15558675302", 40, 10);
    world.runUntilIdle();
    // 11 s until the stranger came, then 21 s until that caller gave up.
    assertEquals(List.of("0", "0", "16"), all("/wait", "AvgQueueTime"));
    assertEquals(List.of("21", "11", "10"), all("/left", "QueueTime"));
    var queues = world.ask(Account::queues);
    world.runUntilIdle();
    assertEquals(14, queues.join().getFirst().averageWait());
  }

  private void enters(String from, int at, int hangsUpAfter) {
    world.place(
        new Placement.ByCustomer(
            from,
            WorldFixture.NUMBER,
            new Script(Map.of(), Caller.DEFAULT, List.of(does(hangsUpAfter, new Act.HangUp())))),
        Duration.ofSeconds(at));
  }

  @Test
  void aWaitDocumentThatTakesNoTimeIsSilence() {
    answers("<Enqueue waitUrl='/wait'>support</Enqueue>", "<Hangup/>");
    app.at("/wait", "<Response/>");
    play(1, does(30, new Act.HangUp()));
    assertEquals(1, app.to("/wait").size());
  }

  @Test
  void aWaitDocumentThatGoesOnForEverFallsSilentInTheEnd() {
    answers("<Enqueue waitUrl='/wait'>support</Enqueue>", "<Hangup/>");
    app.at("/wait", "<Response><Say>wait</Say></Response>");
    play(1);
    assertEquals(1000, app.to("/wait").size());
    assertTrue(world.journal().all().toString().contains("too-many-waits"));
  }
}
