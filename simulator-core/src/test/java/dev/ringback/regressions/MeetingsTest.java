package dev.ringback.regressions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.TwoCallers;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.voice.Act;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What went wrong once, in conferences and queues. */
class MeetingsTest extends TwoCallers {
  @Test
  void aScreeningDocumentWithNothingInItStillConnects() {
    for (Landing screen :
        List.of(
            FakeApp.twiml("<Response/>"),
            new Landing.Answered(500, null, ""),
            new Landing.Answered(200, "audio/wav", "", List.of(), Duration.ofSeconds(3)))) {
      answers(
          "<Enqueue action='/left'>support</Enqueue>",
          "<Dial action='/after'><Queue url='/screen'>support</Queue></Dial>");
      app.at("/screen", r -> screen);
      play(5, List.of(), List.of(does(20, new Act.HangUp())));
      assertEquals("bridged", form("/left", "QueueResult"));
      assertEquals("completed", form("/after", "DialCallStatus"));
      app.requests.clear();
    }
  }

  @Test
  void aWaitUrlThatFailsIsNotAskedAgainAndAgainWhateverTheClock() {
    worlds.latency = Duration.ofMillis(200);
    answers("<Enqueue waitUrl='/wait'>support</Enqueue>", "<Hangup/>");
    app.at("/wait", r -> new Landing.Answered(500, null, ""));
    play(1, does(30, new Act.HangUp()));
    assertEquals(1, app.to("/wait").size());
  }

  @Test
  void aFileAsAWaitUrlIsPlayedAgain() {
    String conference = "<Dial><Conference waitUrl='/hold.wav'>room</Conference></Dial>";
    answers(conference, "<Hangup/>");
    app.at(
        "/hold.wav",
        r -> new Landing.Answered(200, "audio/wav", "", List.of(), Duration.ofSeconds(10)));
    play(1, does(35, new Act.HangUp()));
    assertEquals(4, app.to("/hold.wav").size());
    assertTrue(
        !world.journal().after(0, 10_000).toString().contains("CONFERENCE_INVALID_WAIT_VERB"));
  }

  @Test
  void whoGivesUpAtTheInstantSomebodyComesLeavesNoGhost() {
    answers(
        "<Pause length='30'/><Enqueue action='/left'>support</Enqueue>",
        "<Dial timeout='30' action='/after'><Queue>support</Queue></Dial>");
    play(0, List.of(does(60, new Act.HangUp())), List.of());
    String result = form("/left", "QueueResult");
    String dialled = form("/after", "DialCallStatus");
    assertTrue(
        (result.equals("bridged") && dialled.equals("completed"))
            || (dialled.equals("no-answer") && !result.equals("bridged")),
        result + " / " + dialled);
  }

  @Test
  void whoLeavesWhileBeingTakenOutMakesRoomForTheNext() {
    answers(
        "<Enqueue action='/left'>support</Enqueue>",
        "<Dial action='/after' timeout='20'><Queue url='/screen'>support</Queue></Dial>");
    app.at("/screen", "<Response><Pause length='10'/></Response>");
    play(5, List.of(does(10, new Act.HangUp())), List.of());
    assertEquals("hangup", form("/left", "QueueResult"));
    assertEquals("5", form("/left", "QueueTime"));
    // Nobody else came within another 20 s.
    assertEquals("no-answer", form("/after", "DialCallStatus"));
  }

  @Test
  @Fact("enqueue.queue-result")
  void whoTakesOutMayLeaveBeforeTheTwoAreConnected() {
    answers(
        "<Enqueue action='/left'>support</Enqueue>",
        "<Dial action='/after'><Queue url='/screen'>support</Queue></Dial>");
    app.at("/screen", "<Response><Pause length='10'/></Response>");
    play(5, List.of(), List.of(does(3, new Act.HangUp())));
    assertEquals("bridging-in-process", form("/left", "QueueResult"));
    assertEquals("canceled", form("/after", "DialCallStatus"));
  }

  @Test
  void theTimeInTheQueueEndsWithTheConnection() {
    answers(
        "<Enqueue action='/left'>support</Enqueue>",
        "<Dial action='/after'><Queue>support</Queue></Dial>");
    play(25, List.of(), List.of(does(60, new Act.HangUp())));
    assertEquals("25", form("/left", "QueueTime"));
  }

  @Test
  void aConferenceIsLeftEvenBeforeItIsJoined() {
    String conference =
        "<Dial><Conference statusCallback='/conf' statusCallbackEvent='start end join leave'>room"
            + "</Conference></Dial>";
    answers(conference, conference);
    world = worlds.with(app);
    app.at(
        "/conf",
        request -> {
          if (form("/conf", "StatusCallbackEvent").equals("participant-join")) {
            world.endByApi(new dev.ringback.id.Sid(form("/conf", "CallSid")), false);
          }
          return new Landing.Answered(204, null, "");
        });
    world.place(WorldFixture.call());
    world.runUntilIdle();
    assertEquals(
        List.of("participant-join", "participant-leave", "conference-end"),
        all("/conf", "StatusCallbackEvent"));
  }

  @Test
  @Fact("enqueue.max-queue-size")
  void everyEnqueueHasItsOwnLimit() {
    answers(
        "<Enqueue action='/left' maxQueueSize='1'>support</Enqueue>",
        "<Enqueue action='/second' maxQueueSize='50'>support</Enqueue>");
    play(1, List.of(does(30, new Act.HangUp())), List.of(does(20, new Act.HangUp())));
    assertEquals("hangup", form("/second", "QueueResult"));
  }
}
