package dev.ringback.behaviour.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.call.CallEvent;
import dev.ringback.cast.CallParty;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.fixture.CallFixture;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.Act;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Leg;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The events of a call as the journal tells them, each with its second. Timelines, expectations and
 * the control API are readers of these lines, so a line that is left out or told twice is a lie.
 */
class CallEventsTest {
  private static final String A = "+15558675311";
  private static final String B = "+15558675312";

  private final CallFixture fixture = new CallFixture();
  private final Map<String, String> names = new HashMap<>();

  /** SIDs by kind and number, in the order in which the events name them. */
  private String name(@Nullable Sid sid) {
    if (sid == null) {
      return "none";
    }
    String kind = sid.value().substring(0, 2);
    return names.computeIfAbsent(
        sid.value(),
        s -> kind + (1 + names.keySet().stream().filter(k -> k.startsWith(kind)).count()));
  }

  private String told(CallEvent event) {
    return switch (event) {
      case CallEvent.DocumentRead read ->
          "reads %s on %s".formatted(read.verbs(), name(read.leg()));
      case CallEvent.DocumentFailed failed ->
          "no document for %s, next %s".formatted(name(failed.leg()), failed.fallback());
      case CallEvent.VerbStarted verb ->
          "%s on %s: %s, %s"
              .formatted(verb.verb(), name(verb.leg()), verb.detail(), seconds(verb.lasts()));
      case CallEvent.LegChanged changed -> told(changed.leg());
      case CallEvent.SessionStarted started ->
          "session" + (started.workerInitiated() ? " of a worker" : "");
      case CallEvent.ConversationChosen chosen ->
          "%s%s with %s"
              .formatted(
                  name(chosen.conversation()), chosen.created() ? " (new)" : "", chosen.worker());
      case CallEvent.WorkerAssigned assigned ->
          "%s joins %s".formatted(assigned.worker(), name(assigned.conversation()));
      case CallEvent.Connected connected ->
          "%s talks with %s".formatted(name(connected.parent()), name(connected.child()));
      case CallEvent.DialEnded ended ->
          "dial over: %s, %s".formatted(ended.outcome().status().wireName(), ended.why());
      case CallEvent.MeetingChanged changed ->
          "%s %s (%s)"
              .formatted(
                  name(changed.leg()),
                  changed.what().replaceAll("CA[0-9a-f]{32}", "another"),
                  name(changed.room()));
      case CallEvent.StreamChanged changed ->
          "%s %s".formatted(name(changed.stream()), changed.running() ? "streams" : "stops");
      case CallEvent.SessionEnded ended ->
          "session over: %s, %s".formatted(ended.outcome().result().wireName(), ended.why());
      case CallEvent.RecordingChanged changed ->
          "%s %s, %d s"
              .formatted(name(changed.recording()), changed.status().wireName(), changed.seconds());
      case CallEvent.CallEnded ended ->
          "over: %s, %s".formatted(name(ended.leg().sid()), ended.why());
    };
  }

  private String told(Leg leg) {
    return "%s to %s is %s".formatted(name(leg.sid()), leg.to(), leg.status().wireName());
  }

  private static String seconds(@Nullable Duration lasts) {
    return lasts == null ? "open" : lasts.toMillis() / 1000.0 + " s";
  }

  private String told() {
    return fixture.journal().stream()
        .filter(entry -> entry.fact() instanceof Fact.Happened)
        .map(this::line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private String line(JournalEntry entry) {
    double second = Duration.between(WorldSettings.VIRTUAL_START, entry.at()).toMillis() / 1000.0;
    return "%.1f %s".formatted(second, told(((Fact.Happened) entry.fact()).moment()));
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "lifecycle.first-sound-answers",
    "lifecycle.inbound-begins-ringing",
    "lifecycle.voice-url-while-ringing"
  })
  void promptsAndTheEndOfADocument() {
    fixture.at("/voice", "<Say>Hello</Say><Pause length='2'/><Hangup/>").play();
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 reads [Say, Pause, Hangup] on CA1
        0.0 CA1 to +15017122661 is in-progress
        0.0 Say on CA1: "Hello", 1.0 s
        1.0 Pause on CA1: , 2.0 s
        3.0 Hangup on CA1: , open
        3.0 over: CA1, <Hangup>
        """,
        told());
  }

  @Test
  @dev.ringback.fidelity.Fact({"fallback.none-is-an-apology", "fallback.words-of-the-apology"})
  void noDocumentAndNoFallback() {
    fixture.app.at("/voice", request -> new Landing.Answered(500, null, ""));
    fixture.play();
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 no document for CA1, next null
        0.0 CA1 to +15017122661 is in-progress
        0.0 Say on CA1: "We're sorry, an application error has occurred. Goodbye.", 3.2 s
        3.2 Hangup on CA1: , open
        3.2 over: CA1, <Hangup>
        """,
        told());
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "fallback.is-asked-after-a-fatal-error",
    "lifecycle.reject-first-never-answers",
    "redirect.reject-never-answers"
  })
  void noDocumentAndAFallback() {
    fixture.worlds.fallback = true;
    fixture.app.at("/voice", request -> new Landing.Answered(500, null, ""));
    fixture.at("/fallback", "<Reject/>").play();
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 no document for CA1, next http://app.test/fallback
        0.0 reads [Reject] on CA1
        0.0 Reject on CA1: rejected, open
        0.0 over: CA1, <Reject>
        """,
        told());
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "fallback.that-fails-is-an-apology",
    "fallback.words-of-the-apology"
  })
  void noDocumentAndAFallbackThatFails() {
    fixture.worlds.fallback = true;
    fixture.app.at("/voice", request -> new Landing.Answered(500, null, ""));
    fixture.app.at("/fallback", request -> new Landing.Answered(500, null, ""));
    fixture.play();
    assertEquals(1, fixture.app.to("/fallback").size());
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 no document for CA1, next http://app.test/fallback
        0.0 no document for CA1, next null
        0.0 CA1 to +15017122661 is in-progress
        0.0 Say on CA1: "We're sorry, an application error has occurred. Goodbye.", 3.2 s
        3.2 Hangup on CA1: , open
        3.2 over: CA1, <Hangup>
        """,
        told());
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "frontline-voice.found-by-pair",
    "frontline-voice.one-customer-one-worker",
    "lifecycle.dial-and-connect-answer"
  })
  void aSessionInTheConversationThatIsThere() {
    fixture
        .at("/voice", WorldFixture.connect("record='record-from-answer' url='/whisper'"))
        .at("/whisper", "<Say>A customer</Say>")
        .at("/action", "<Hangup/>")
        .cast(WorldFixture.WORKER, CallFixture.answers(2, 10))
        .play();
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 reads [Connect] on CA1
        0.0 CA1 to +15017122661 is in-progress
        0.0 Connect on CA1: , open
        0.0 session
        0.0 CH1 with alice@example.com
        0.0 CA2 to client:alice@example.com is initiated
        0.0 CA2 to client:alice@example.com is ringing
        2.0 CA2 to client:alice@example.com is in-progress
        2.0 RE1 in-progress, 0 s
        2.0 reads [Say] on CA2
        2.0 Say on CA2: "A customer", 1.0 s
        3.0 CA1 talks with CA2
        13.0 CA2 to client:alice@example.com is completed
        13.0 session over: session-success, the called party hung up
        13.0 reads [Hangup] on CA1
        13.0 Hangup on CA1: , open
        13.0 over: CA1, <Hangup>
        14.0 RE1 completed, 11 s
        """,
        told());
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "conversation-calls.declined-or-unanswered",
    "frontline-voice.one-customer-one-worker"
  })
  void aSessionThatMakesItsConversation() {
    fixture.worlds.conversations.clear();
    fixture
        .at("/voice", WorldFixture.connect(""))
        .at("/action", "<Hangup/>")
        .cast(WorldFixture.WORKER, new Cast.Declines(Duration.ofSeconds(3)))
        .play();
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 reads [Connect] on CA1
        0.0 CA1 to +15017122661 is in-progress
        0.0 Connect on CA1: , open
        0.0 session
        0.0 CH1 (new) with null
        0.0 alice@example.com joins CH1
        0.0 CA2 to client:alice@example.com is initiated
        0.0 CA2 to client:alice@example.com is ringing
        3.0 CA2 to client:alice@example.com is busy
        3.0 session over: dialed-call-incomplete, the called party declined
        3.0 reads [Hangup] on CA1
        3.0 Hangup on CA1: , open
        3.0 over: CA1, <Hangup>
        """,
        told());
  }

  @Test
  @dev.ringback.fidelity.Fact({"dial.whisper-end-connects", "dial.whisper-verbs"})
  void aDialThatIsScreenedAndRecorded() {
    fixture
        .at(
            "/voice",
            "<Dial action='/after' record='record-from-ringing'><Number url='/screen'>%s</Number><Number>%s</Number></Dial>"
                .formatted(A, B))
        .at("/screen", "<Pause length='1'/>")
        .cast(A, CallFixture.answers(2, 5))
        .cast(B, new Cast.Busy())
        .play();
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 reads [Dial] on CA1
        0.0 Dial on CA1: +15558675311, +15558675312, open
        0.0 CA1 to +15017122661 is in-progress
        0.0 CA2 to +15558675311 is initiated
        0.0 CA3 to +15558675312 is initiated
        0.0 CA2 to +15558675311 is ringing
        0.0 RE1 in-progress, 0 s
        0.0 CA3 to +15558675312 is busy
        2.0 CA2 to +15558675311 is in-progress
        2.0 reads [Pause] on CA2
        2.0 Pause on CA2: , 1.0 s
        3.0 CA1 talks with CA2
        8.0 CA2 to +15558675311 is completed
        8.0 dial over: completed, the called party hung up
        8.0 reads [Hangup] on CA1
        8.0 Hangup on CA1: , open
        8.0 over: CA1, <Hangup>
        9.0 RE1 completed, 8 s
        """,
        told());
  }

  @Test
  @dev.ringback.fidelity.Fact("lifecycle.dial-and-connect-answer")
  void aDialThatNobodyAnswers() {
    fixture
        .at(
            "/voice",
            "<Dial action='/after' timeout='10' record='record-from-answer'>%s</Dial>".formatted(A))
        .cast(A, new Cast.Ignores())
        .play();
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 reads [Dial] on CA1
        0.0 Dial on CA1: +15558675311, open
        0.0 CA1 to +15017122661 is in-progress
        0.0 CA2 to +15558675311 is initiated
        0.0 CA2 to +15558675311 is ringing
        10.0 CA2 to +15558675311 is no-answer
        10.0 dial over: no-answer, nobody answered in time
        10.0 reads [Hangup] on CA1
        10.0 Hangup on CA1: , open
        10.0 over: CA1, <Hangup>
        11.0 RE1 absent, 0 s
        """,
        told());
  }

  @Test
  void aQueueAndWhoTakesOut() {
    fixture.app.at(
        "/voice",
        request ->
            FakeApp.twiml(
                request.form().value("From").orElse("").equals(WorldFixture.CUSTOMER)
                    ? "<Response><Enqueue action='/left' waitUrl='/wait'>support</Enqueue></Response>"
                    : "<Response><Dial action='/after'><Queue url='/screen'>support</Queue></Dial></Response>"));
    fixture.at("/wait", "<Pause length='60'/>").at("/screen", "<Pause length='1'/>");
    two(5, 20);
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 reads [Enqueue] on CA1
        0.0 Enqueue on CA1: support, open
        0.0 CA1 to +15017122661 is in-progress
        0.0 CA1 waits at place 1 (QU1)
        0.0 reads [Pause] on CA1
        0.0 Pause on CA1: , 60.0 s
        5.0 CA2 to +15017122661 is ringing
        5.0 reads [Dial] on CA2
        5.0 Dial on CA2: Queue support, open
        5.0 CA2 to +15017122661 is in-progress
        5.0 CA1 is taken out by call another (QU1)
        5.0 reads [Pause] on CA1
        5.0 Pause on CA1: , 1.0 s
        6.0 CA2 is connected with call another (QU1)
        6.0 CA1 is connected with call another (QU1)
        25.0 dial over: completed, the caller hung up
        25.0 over: CA2, the caller hung up
        25.0 CA1 leaves: bridged (QU1)
        25.0 reads [Hangup] on CA2
        25.0 reads [Hangup] on CA1
        25.0 Hangup on CA1: , open
        25.0 over: CA1, <Hangup>
        """,
        told());
  }

  @Test
  void aConferenceOfTwo() {
    fixture.at(
        "/voice", "<Dial action='/after'><Conference waitUrl='/wait'>room</Conference></Dial>");
    fixture.at("/wait", "<Pause length='60'/>");
    two(5, 20);
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 reads [Dial] on CA1
        0.0 Dial on CA1: Conference room, open
        0.0 CA1 to +15017122661 is in-progress
        0.0 CA1 joins and waits for others (CF1)
        0.0 reads [Pause] on CA1
        0.0 Pause on CA1: , 60.0 s
        5.0 CA2 to +15017122661 is ringing
        5.0 reads [Dial] on CA2
        5.0 Dial on CA2: Conference room, open
        5.0 CA2 to +15017122661 is in-progress
        5.0 CA2 joins (CF1)
        5.0 CA1 begins (CF1)
        25.0 CA2 leaves (CF1)
        25.0 dial over: answered, the caller hung up
        25.0 over: CA2, the caller hung up
        25.0 reads [Hangup] on CA2
        30.0 CA1 leaves (CF1)
        30.0 dial over: answered, the caller hung up
        30.0 over: CA1, the caller hung up
        30.0 reads [Hangup] on CA1
        """,
        told());
  }

  @Test
  void aQueueThatIsLeftByItsCaller() {
    fixture
        .at("/voice", "<Enqueue action='/left' waitUrl=''>support</Enqueue>")
        .customer(9, new Act.HangUp())
        .play();
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 reads [Enqueue] on CA1
        0.0 Enqueue on CA1: support, open
        0.0 CA1 to +15017122661 is in-progress
        0.0 CA1 waits at place 1 (QU1)
        9.0 CA1 leaves: hangup (QU1)
        9.0 over: CA1, the caller hung up
        9.0 reads [Hangup] on CA1
        """,
        told());
  }

  /** The customer calls, then a stranger, who hangs up first. */
  private void two(int strangerAt, int strangerTalks) {
    World world = fixture.worlds.with(fixture.app);
    fixture.on(world);
    world.place(
        new Placement.ByCustomer(
            WorldFixture.CUSTOMER,
            WorldFixture.NUMBER,
            hangingUpAfter(strangerAt + strangerTalks + 5)));
    world.place(
        new Placement.ByCustomer(
            WorldFixture.STRANGER, WorldFixture.NUMBER, hangingUpAfter(strangerTalks)),
        Duration.ofSeconds(strangerAt));
    world.runUntilIdle();
  }

  private static Script hangingUpAfter(int seconds) {
    return new Script(
        Map.of(),
        Caller.DEFAULT,
        List.of(
            new ScriptStep(
                Duration.ofSeconds(seconds),
                new ScriptStep.Does(CallParty.CUSTOMER, new Act.HangUp()))));
  }

  @Test
  @dev.ringback.fidelity.Fact("stream.start-does-not-block")
  void aConferenceOfOneAndAStream() {
    fixture
        .at(
            "/voice",
            "<Start><Stream url='wss://app.test/s'/></Start><Dial action='/after'><Conference waitUrl=''>room</Conference></Dial>")
        .customer(7, new Act.HangUp())
        .play();
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 reads [Start, Dial] on CA1
        0.0 Start on CA1: Stream, open
        0.0 CA1 to +15017122661 is in-progress
        0.0 MZ1 streams
        0.0 Dial on CA1: Conference room, open
        0.0 CA1 joins and waits for others (CF1)
        7.0 CA1 leaves (CF1)
        7.0 dial over: answered, the caller hung up
        7.0 MZ1 stops
        7.0 over: CA1, the caller hung up
        7.0 reads [Hangup] on CA1
        """,
        told());
  }

  @Test
  @dev.ringback.fidelity.Fact({"lifecycle.first-sound-answers", "record.timeout-ends-with-silence"})
  void aMessageIsRecorded() {
    fixture
        .at("/voice", "<Record action='/got' timeout='2' maxLength='20'/>")
        .caller(4, false, "")
        .play();
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 reads [Record] on CA1
        0.0 CA1 to +15017122661 is in-progress
        0.0 Record on CA1: , open
        0.0 RE1 in-progress, 0 s
        6.0 reads [Hangup] on CA1
        6.0 Hangup on CA1: , open
        6.0 over: CA1, <Hangup>
        7.0 RE1 completed, 4 s
        """,
        told());
  }

  @Test
  @dev.ringback.fidelity.Fact("lifecycle.first-sound-answers")
  void keysAreGathered() {
    fixture
        .at(
            "/voice",
            "<Gather action='/got' numDigits='1' timeout='3'><Say>Press a key</Say></Gather>")
        .on(CallParty.CUSTOMER, "Press a key", new Act.Press("1"))
        .play();
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 reads [Gather] on CA1
        0.0 CA1 to +15017122661 is in-progress
        0.0 Gather on CA1: "Press a key", open
        0.0 Say on CA1: "Press a key", 1.2 s
        1.2 reads [Hangup] on CA1
        1.2 Hangup on CA1: , open
        1.2 over: CA1, <Hangup>
        """,
        told());
  }

  @Test
  @dev.ringback.fidelity.Fact("frontline-routing.worker-in-time-is-dialled")
  void aWorkerJoinsTheConversationLater() {
    fixture.worlds.conversations.clear();
    fixture.worlds.routing = WorldSettings.RoutingMode.NONE;
    fixture
        .at(
            "/voice",
            WorldFixture.connect("routingAssignmentTimeout='60' record='record-from-ringing'"))
        .at("/action", "<Hangup/>")
        .cast(WorldFixture.WORKER, CallFixture.answers(2, 10))
        .happens(8, new ScriptStep.Joins(WorldFixture.WORKER))
        .play();
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 reads [Connect] on CA1
        0.0 CA1 to +15017122661 is in-progress
        0.0 Connect on CA1: , open
        0.0 session
        0.0 CH1 (new) with null
        8.0 alice@example.com joins CH1
        8.0 CA2 to client:alice@example.com is initiated
        8.0 CA2 to client:alice@example.com is ringing
        8.0 RE1 in-progress, 0 s
        10.0 CA2 to client:alice@example.com is in-progress
        10.0 CA1 talks with CA2
        20.0 CA2 to client:alice@example.com is completed
        20.0 session over: session-success, the called party hung up
        20.0 reads [Hangup] on CA1
        20.0 Hangup on CA1: , open
        20.0 over: CA1, <Hangup>
        21.0 RE1 completed, 12 s
        """,
        told());
  }

  @Test
  @dev.ringback.fidelity.Fact("frontline-routing.not-routed")
  void nobodyJoinsTheConversation() {
    fixture.worlds.conversations.clear();
    fixture.worlds.routing = WorldSettings.RoutingMode.NONE;
    fixture
        .at("/voice", WorldFixture.connect("routingAssignmentTimeout='60'"))
        .at("/action", "<Hangup/>")
        .play();
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 reads [Connect] on CA1
        0.0 CA1 to +15017122661 is in-progress
        0.0 Connect on CA1: , open
        0.0 session
        0.0 CH1 (new) with null
        60.0 session over: no-other-participants, no worker was assigned in time
        60.0 reads [Hangup] on CA1
        60.0 Hangup on CA1: , open
        60.0 over: CA1, <Hangup>
        """,
        told());
  }

  @Test
  void whatIsSpokenIsRecognized() {
    fixture
        .at("/voice", "<Gather input='speech' action='/got' speechTimeout='2' timeout='3'/>")
        .customer(1, new Act.Speak(Duration.ofSeconds(2), "Sales please", 0.8))
        .play();
    assertEquals(
        """
        0.0 CA1 to +15017122661 is ringing
        0.0 reads [Gather] on CA1
        0.0 CA1 to +15017122661 is in-progress
        0.0 Gather on CA1: , open
        5.0 reads [Hangup] on CA1
        5.0 Hangup on CA1: , open
        5.0 over: CA1, <Hangup>
        """,
        told());
  }
}
