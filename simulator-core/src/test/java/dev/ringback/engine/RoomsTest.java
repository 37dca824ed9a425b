package dev.ringback.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.callback.WebRequest;
import dev.ringback.cast.CallParty;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.id.Sid;
import dev.ringback.voice.Act;
import dev.ringback.voice.HeardSound;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Sound;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where calls meet: {@code <Conference>}, {@code <Enqueue>} and {@code <Queue>}. */
class RoomsTest {
  private final FakeApp app = new FakeApp();
  private final Worlds worlds = new Worlds();
  private World world = worlds.with(app);

  /** The app answers by who calls. */
  private void answers(String customer, String stranger) {
    app.at(
        "/voice",
        request ->
            FakeApp.twiml(
                "<Response>"
                    + (from(request).equals(Worlds.CUSTOMER) ? customer : stranger)
                    + "</Response>"));
  }

  private static String from(WebRequest request) {
    return request.form().value("From").orElse("");
  }

  private void play(double strangerAt, ScriptStep... customers) {
    play(strangerAt, List.of(customers), List.of());
  }

  private void play(double strangerAt, List<ScriptStep> customers, List<ScriptStep> strangers) {
    world = worlds.with(app);
    world.place(
        new Placement.ByCustomer(
            Worlds.CUSTOMER, Worlds.NUMBER, new Script(Map.of(), Caller.DEFAULT, customers)));
    world.place(
        new Placement.ByCustomer(
            Worlds.STRANGER, Worlds.NUMBER, new Script(Map.of(), Caller.DEFAULT, strangers)),
        Duration.ofMillis((long) (strangerAt * 1000)));
    world.runUntilIdle();
  }

  private static ScriptStep does(int second, Act act) {
    return new ScriptStep(Duration.ofSeconds(second), new ScriptStep.Does(CallParty.CUSTOMER, act));
  }

  private String form(String path, String name) {
    return app.to(path).getLast().form().value(name).orElse("absent");
  }

  private List<String> all(String path, String name) {
    return app.to(path).stream().map(r -> r.form().value(name).orElse("absent")).toList();
  }

  // Conferences

  @Test
  void aConferenceFromTheFirstToTheLast() {
    String conference =
        "<Dial action='/after'><Conference statusCallback='/conf' "
            + "statusCallbackEvent='start end join leave' waitUrl='/wait'>room</Conference></Dial>";
    answers(conference, conference);
    app.at("/wait", "<Response><Say>Please wait for the others</Say></Response>");
    play(5, List.of(does(20, new Act.HangUp())), List.of(does(10, new Act.HangUp())));
    assertEquals(
        List.of(
            "participant-join",
            "conference-start",
            "participant-join",
            "participant-leave",
            "participant-leave",
            "conference-end"),
        all("/conf", "StatusCallbackEvent"));
    assertEquals(List.of("1", "2", "3", "4", "5", "6"), all("/conf", "SequenceNumber"));
    assertEquals("room", form("/conf", "FriendlyName"));
    assertTrue(form("/conf", "ConferenceSid").startsWith("CF"));
    assertEquals("last-participant-left", form("/conf", "ReasonConferenceEnded"));
    assertEquals(List.of("answered", "answered"), all("/after", "DialCallStatus"));
    // 2 s of words; the second time the conference cuts in.
    assertEquals(3, app.to("/wait").size());
    assertTrue(form("/wait", "ConferenceSid").startsWith("CF"));
  }

  @Test
  void endConferenceOnExitEndsItForAll() {
    answers(
        "<Dial action='/after'><Conference>room</Conference></Dial>",
        "<Dial><Conference endConferenceOnExit='true'>room</Conference></Dial>");
    play(5, List.of(), List.of(does(10, new Act.HangUp())));
    assertEquals("answered", form("/after", "DialCallStatus"));
    assertEquals("in-progress", form("/after", "CallStatus"));
  }

  @Test
  void whatHasNotStartedIsNotEnded() {
    String waits =
        "<Conference startConferenceOnEnter='false' endConferenceOnExit='%s' "
            + "statusCallback='/conf' statusCallbackEvent='start end join leave'>room</Conference>";
    answers(
        "<Dial action='/after'>" + waits.formatted("false") + "</Dial>",
        "<Dial>" + waits.formatted("true") + "</Dial>");
    play(5, List.of(does(30, new Act.HangUp())), List.of(does(10, new Act.HangUp())));
    assertEquals(
        List.of(
            "participant-join",
            "participant-join",
            "participant-leave",
            "participant-leave",
            "conference-end"),
        all("/conf", "StatusCallbackEvent"));
    assertEquals("last-participant-left", form("/conf", "ReasonConferenceEnded"));
    assertEquals("completed", form("/after", "CallStatus"));
  }

  @Test
  void theStarLeavesAndTheConferenceGoesOn() {
    answers(
        "<Dial action='/after' hangupOnStar='true'><Conference>room</Conference></Dial>",
        "<Dial action='/other'><Conference>room</Conference></Dial>");
    play(1, List.of(does(10, new Act.Press("*"))), List.of(does(20, new Act.HangUp())));
    assertEquals("in-progress", form("/after", "CallStatus"));
    assertEquals("completed", form("/other", "CallStatus"));
  }

  @Test
  void verbsThatAreNotForWaitDocuments() {
    String conference = "<Dial><Conference waitUrl='/wait'>room</Conference></Dial>";
    answers(conference, conference);
    app.at("/wait", "<Response><Gather/><Record/><Say>wait</Say></Response>");
    play(1, List.of(does(5, new Act.HangUp())), List.of(does(5, new Act.HangUp())));
    assertTrue(world.journal().after(0, 1000).toString().contains("CONFERENCE_INVALID_WAIT_VERB"));
  }

  @Test
  void maxParticipants() {
    String conference =
        "<Dial action='/after'><Conference maxParticipants='1'>room</Conference></Dial>";
    answers(conference, conference);
    play(1, List.of(does(5, new Act.HangUp())), List.of());
    assertEquals(List.of("failed", "answered"), all("/after", "DialCallStatus"));
  }

  @Test
  void aConferenceIsRecordedFromItsStartUntilWhoAskedForItLeaves() {
    answers(
        "<Dial><Conference>room</Conference></Dial>",
        "<Dial><Conference record='record-from-start' trim='do-not-trim' "
            + "recordingStatusCallback='/recorded'>room</Conference></Dial>");
    play(5, List.of(does(10, new Act.Press("5"))), List.of(does(10, new Act.HangUp())));
    assertEquals(1, app.to("/recorded").size());
    assertEquals("Conference", form("/recorded", "RecordingSource"));
    assertEquals("completed", form("/recorded", "RecordingStatus"));
    assertEquals("10", form("/recorded", "RecordingDuration"));
    assertTrue(form("/recorded", "ConferenceSid").startsWith("CF"));
    assertTrue(
        recorded(form("/recorded", "RecordingSid")).contains(new Sound.Keys("5")),
        "what the other one pressed");
  }

  private List<Sound> recorded(String sid) {
    var recording = world.recording(new Sid(sid));
    world.runUntilIdle();
    return recording.join().orElseThrow().sounds().stream().map(HeardSound::sound).toList();
  }

  @Test
  void recordOfADialIsNotThatOfAConference() {
    answers(
        "<Dial record='record-from-answer' recordingStatusCallback='/recorded'>"
            + "<Conference>room</Conference></Dial>",
        "<Dial><Conference>room</Conference></Dial>");
    play(1, List.of(does(5, new Act.HangUp())), List.of(does(9, new Act.HangUp())));
    assertEquals(0, app.to("/recorded").size());
    assertTrue(world.journal().after(0, 1000).toString().contains("use the <Conference>'s own"));
  }

  // Queues

  @Test
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
    assertEquals(Worlds.CUSTOMER, form("/screen", "From"));
    assertEquals("bridged", form("/left", "QueueResult"));
    assertTrue(form("/left", "QueueSid").startsWith("QU"));
    assertEquals("in-progress", form("/left", "CallStatus"));
    assertEquals("completed", form("/after", "DialCallStatus"));
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

  /** However they left: one was taken out, the other hung up. */
  @Test
  void theAverageIsOfAllWhoHaveLeftTheQueue() {
    app.at(
        "/voice",
        request ->
            FakeApp.twiml(
                from(request).equals(Worlds.STRANGER)
                    ? "<Response><Dial><Queue>support</Queue></Dial></Response>"
                    : "<Response><Enqueue action='/left' waitUrl='/wait'>support</Enqueue></Response>"));
    app.at("/wait", "<Response><Pause length='600'/></Response>");
    world = worlds.with(app);
    enters(Worlds.CUSTOMER, 0, 60);
    enters("+15558675301", 5, 21);
    enters(Worlds.STRANGER, 11, 20);
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
            Worlds.NUMBER,
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
    assertTrue(world.journal().after(0, 60_000).toString().contains("too-many-waits"));
  }

  // What went wrong once

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
    world.place(Worlds.call());
    world.runUntilIdle();
    assertEquals(
        List.of("participant-join", "participant-leave", "conference-end"),
        all("/conf", "StatusCallbackEvent"));
  }

  @Test
  void everyEnqueueHasItsOwnLimit() {
    answers(
        "<Enqueue action='/left' maxQueueSize='1'>support</Enqueue>",
        "<Enqueue action='/second' maxQueueSize='50'>support</Enqueue>");
    play(1, List.of(does(30, new Act.HangUp())), List.of(does(20, new Act.HangUp())));
    assertEquals("hangup", form("/second", "QueueResult"));
  }
}
