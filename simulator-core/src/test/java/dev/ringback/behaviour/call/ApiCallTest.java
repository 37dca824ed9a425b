package dev.ringback.behaviour.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.call.ApiCallOptions;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallInput.RecordingCommand;
import dev.ringback.callback.Form;
import dev.ringback.callback.Param;
import dev.ringback.callback.WebRequest;
import dev.ringback.cast.Caller;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Script;
import dev.ringback.engine.Account;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Placement;
import dev.ringback.engine.World;
import dev.ringback.fixture.CallFixture;
import dev.ringback.fixture.FakeApp;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.twiml.CallProgressEvent;
import dev.ringback.twiml.Hook;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.RecordMode;
import dev.ringback.twiml.RecordingEvent;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.Trim;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Act;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Recording;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls that the REST API makes and what it does with calls (docs/voice/api/call-resource). */
class ApiCallTest {
  /** More inputs of one call than this at one instant are a circle. */
  private static final int MAX_INPUTS_PER_INSTANT = 10_000;

  private final WorldFixture worlds = new WorldFixture();
  private final FakeApp app = new FakeApp();
  private World world;
  private Cast cast = CallFixture.answers(3, 20);
  private int timeout = 60;
  private @Nullable Duration limit;
  private @Nullable String digits;
  private @Nullable String twiml;
  private RecordMode mode = RecordMode.DO_NOT_RECORD;
  private ApiCallOptions.@Nullable Detection detection;

  @SuppressWarnings("NullAway.Init")
  ApiCallTest() {
    worlds.clock = new ClockMode.Stepped();
    app.at("/api", "<Response><Pause length='60'/></Response>")
        .at("/other", "<Response><Say>Other</Say></Response>");
  }

  private static Target post(String path) {
    return new Target(FakeApp.URL + path, HttpMethod.POST);
  }

  private static Verb.RecordingOptions recording(RecordMode mode) {
    return new Verb.RecordingOptions(
        mode,
        Trim.DO_NOT_TRIM,
        RecordingTrack.BOTH,
        new Hook<>(
            FakeApp.URL + "/recorded", HttpMethod.POST, EnumSet.allOf(RecordingEvent.class)));
  }

  private Sid call() {
    return call(Map.of(Script.ANYBODY, cast));
  }

  private Sid call(Map<String, Cast> casts) {
    if (world == null) {
      world = worlds.with(app);
    }
    var placed =
        world.place(
            new Placement.ByApi(
                WorldFixture.NUMBER,
                WorldFixture.CUSTOMER,
                new VoiceUrls(post("/api"), null, post("/progress")),
                new ApiCallOptions(
                    twiml,
                    Duration.ofSeconds(timeout),
                    limit,
                    digits,
                    recording(mode),
                    EnumSet.allOf(CallProgressEvent.class),
                    detection),
                Map.of(),
                new Script(casts, Caller.DEFAULT)));
    world.runUntilIdle();
    return ((Placed.Ringing) placed.join()).call();
  }

  private void later(double seconds) {
    world.advance(Duration.ofMillis((long) (seconds * 1000)));
    world.runUntilIdle();
  }

  private <T> T change(Function<Account, T> change) {
    var future = world.change(change);
    world.runUntilIdle();
    return future.join();
  }

  private boolean is(Function<Account, Boolean> change) {
    return change(change);
  }

  private CallStatus status(Sid leg) {
    return change(a -> a.leg(leg).orElseThrow().leg().status());
  }

  /** Status and sequence number of each report. */
  private List<String> progress() {
    return app.to("/progress").stream()
        .map(r -> value(r, "CallStatus") + " " + value(r, "SequenceNumber"))
        .toList();
  }

  private static String value(WebRequest request, String name) {
    return request.form().value(name).orElse("absent");
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "call-status.answered-event",
    "call-status.first-request-outbound",
    "call-status.of-webhooks",
    "connect.sequence-numbers-of-sessions",
    "lifecycle.answered-call-asks-its-url",
    "lifecycle.leaving-the-queue-is-initiated",
    "lifecycle.outbound-rings",
    "parameters.direction",
    "parameters.from-and-to-are-numbers",
    "status-callbacks.api-events-of-four",
    "status-callbacks.call-duration-in-seconds",
    "status-callbacks.sequence-from-zero"
  })
  void everyEventOfACallThatIsAnswered() {
    Sid call = call();
    later(100);
    assertEquals(List.of("initiated 0", "ringing 1", "in-progress 2", "completed 3"), progress());
    WebRequest asked = app.to("/api").getFirst();
    assertEquals("outbound-api", value(asked, "Direction"));
    assertEquals(WorldFixture.NUMBER, value(asked, "From"));
    assertEquals(WorldFixture.CUSTOMER, value(asked, "To"));
    assertEquals("in-progress", value(asked, "CallStatus"));
    assertEquals("60", value(app.to("/progress").getLast(), "CallDuration"));
    assertEquals(CallStatus.COMPLETED, status(call));
  }

  /** The body of 2018; only {@code SipResponseCode} has been documented since. */
  @Test
  @dev.ringback.fidelity.Fact({
    "status-callbacks.answered-by",
    "status-callbacks.body-as-seen",
    "status-callbacks.callback-source",
    "status-callbacks.standard-parameters"
  })
  void theLastReportHasWhatWasSeenAtTwilio() {
    detection = new ApiCallOptions.Detection(null);
    call();
    later(100);
    WebRequest last = app.to("/progress").getLast();
    assertEquals("completed", value(last, "CallStatus"));
    assertEquals("human", value(last, "AnsweredBy"));
    assertEquals("call-progress-events", value(last, "CallbackSource"));
    assertEquals(
        List.of(
            "AccountSid",
            "AnsweredBy",
            "ApiVersion",
            "CallDuration",
            "CallSid",
            "CallStatus",
            "CallbackSource",
            "Called",
            "CalledCity",
            "CalledCountry",
            "CalledState",
            "CalledZip",
            "Caller",
            "CallerCity",
            "CallerCountry",
            "CallerState",
            "CallerZip",
            "Direction",
            "Duration",
            "From",
            "FromCity",
            "FromCountry",
            "FromState",
            "FromZip",
            "SequenceNumber",
            "SipResponseCode",
            "Timestamp",
            "To",
            "ToCity",
            "ToCountry",
            "ToState",
            "ToZip"),
        last.form().params().stream().map(Param::name).sorted().toList());
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "call-status.first-request-outbound",
    "call-status.of-webhooks",
    "lifecycle.answered-call-asks-its-url",
    "lifecycle.ring-time-over-is-no-answer",
    "status-callbacks.completed-is-any-end",
    "status-callbacks.sip-response-at-the-end"
  })
  void howItEndsWithoutAnAnswer() {
    for (var each :
        Map.<Cast, String>of(
                new Cast.Busy(), "busy",
                new Cast.Ignores(), "no-answer",
                new Cast.Unreachable(), "failed",
                new Cast.Declines(Duration.ofSeconds(1)), "busy")
            .entrySet()) {
      app.requests.clear();
      cast = each.getKey();
      timeout = 10;
      call();
      later(30);
      WebRequest ended = app.to("/progress").getLast();
      assertEquals(each.getValue(), value(ended, "CallStatus"));
      assertEquals("0", value(ended, "CallDuration"));
      assertEquals("0", value(ended, "Duration"));
      assertTrue(value(ended, "SipResponseCode").matches("4\\d\\d"));
      assertEquals("absent", value(app.to("/progress").getFirst(), "CallDuration"));
      assertEquals(List.of(), app.to("/api"));
    }
  }

  @Test
  @dev.ringback.fidelity.Fact({"calls.timeout-limit", "lifecycle.ring-time-over-is-no-answer"})
  void theTimeoutIsTheCallsOwn() {
    cast = new Cast.Ignores();
    timeout = 7;
    Sid call = call();
    later(6.9);
    assertEquals(CallStatus.RINGING, status(call));
    later(0.2);
    assertEquals(CallStatus.NO_ANSWER, status(call));
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "calls.canceled-while-ringing-only",
    "lifecycle.one-call-a-second",
    "status-callbacks.canceled-in-the-queue-is-silent"
  })
  void callsLeaveTheQueueOneASecond() {
    Sid first = call();
    Sid second = call();
    Sid third = call();
    assertEquals(CallStatus.QUEUED, status(third));
    assertTrue(is(a -> a.end(third, true)));
    assertEquals(CallStatus.CANCELED, status(third));
    later(0.9);
    assertEquals(CallStatus.QUEUED, status(second));
    later(0.2);
    assertEquals(CallStatus.RINGING, status(second));
    later(80);
    assertEquals(CallStatus.COMPLETED, status(first));
    assertFalse(
        app.to("/progress").stream().anyMatch(r -> value(r, "CallSid").equals(third.value())),
        "who never left the queue is not told of");
  }

  @Test
  void twimlOfTheRequestIsRunWithoutAsking() {
    twiml = "<Response><Say>Hello</Say><Redirect>http://app.test/other</Redirect></Response>";
    call();
    later(60);
    assertEquals(List.of(), app.to("/api"));
    assertEquals(1, app.to("/other").size());
  }

  @Test
  @dev.ringback.fidelity.Fact("urls.twiml-of-rest-has-no-base")
  void aRelativeUrlOfSuchTwimlLeadsNowhere() {
    twiml = "<Response><Redirect>/other</Redirect></Response>";
    call();
    later(60);
    assertEquals(List.of(), paths());
    assertEquals(
        List.of("11100"),
        change(Account::debugger).stream().map(entry -> entry.alert().code()).toList());
  }

  @Test
  @dev.ringback.fidelity.Fact({"calls.time-limit", "status-callbacks.call-duration-in-seconds"})
  void theTimeLimitEndsIt() {
    limit = Duration.ofSeconds(5);
    Sid call = call();
    later(7.9);
    assertEquals(CallStatus.IN_PROGRESS, status(call));
    later(0.2);
    assertEquals(CallStatus.COMPLETED, status(call));
    assertEquals("5", value(app.to("/progress").getLast(), "CallDuration"));
  }

  @Test
  @dev.ringback.fidelity.Fact("calls.update-parameters")
  void theTimeLimitCanBeRaised() {
    limit = Duration.ofSeconds(5);
    Sid call = call();
    later(6);
    assertTrue(
        is(a -> a.change(call, new CallInput.Adjusted(call, null, null, Duration.ofSeconds(30)))));
    later(20);
    assertEquals(CallStatus.IN_PROGRESS, status(call));
    later(11);
    assertEquals(CallStatus.COMPLETED, status(call));
  }

  @Test
  @dev.ringback.fidelity.Fact("calls.send-digits")
  void digitsFirstThenTheDocument() {
    digits = "1ww2";
    call();
    later(3.1);
    assertEquals(List.of(), app.to("/api"));
    later(5);
    assertEquals(1, app.to("/api").size());
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "calls.answered-by-human",
    "calls.async-amd",
    "calls.async-amd-callback",
    "calls.async-amd-callback-names",
    "calls.machine-detection"
  })
  void peopleAnswer() {
    detection = new ApiCallOptions.Detection(null);
    call();
    later(10);
    assertEquals("human", value(app.to("/api").getFirst(), "AnsweredBy"));
    assertEquals("absent", value(app.to("/progress").getFirst(), "AnsweredBy"));
    detection = new ApiCallOptions.Detection(post("/amd"));
    Sid call = call();
    later(10);
    assertEquals("absent", value(app.to("/api").getLast(), "AnsweredBy"));
    WebRequest told = app.to("/amd").getFirst();
    assertEquals("human", value(told, "AnsweredBy"));
    assertEquals(value(app.to("/api").getLast(), "AccountSid"), value(told, "AccountSid"));
    assertEquals(call.value(), value(told, "CallSid"));
    assertTrue(value(told, "MachineDetectionDuration").matches("[1-9]\\d{3}"), told::body);
  }

  @Test
  @dev.ringback.fidelity.Fact({
    "calls.record",
    "recordings.source",
    "status-callbacks.recording-of-record-true"
  })
  void aRecordedCallIsRecordedFromTheAnswer() {
    mode = RecordMode.RECORD_FROM_ANSWER_DUAL;
    Sid call = call();
    later(80);
    Recording recording = change(a -> a.callOf(call).orElseThrow()).facts().recordings().getFirst();
    assertEquals(60, recording.seconds());
    assertEquals("OutboundAPI", value(app.to("/recorded").getLast(), "RecordingSource"));
    assertEquals("2", value(app.to("/recorded").getLast(), "RecordingChannels"));
    WebRequest last = app.to("/progress").getLast();
    assertEquals(recording.sid().value(), value(last, "RecordingSid"));
    assertEquals("60", value(last, "RecordingDuration"));
    assertTrue(value(last, "RecordingUrl").endsWith("/Recordings/" + recording.sid()));
    assertEquals("absent", value(app.to("/progress").getFirst(), "RecordingSid"));
  }

  // What the API does with a call that lives

  @Test
  @dev.ringback.fidelity.Fact("calls.redirect-tears-down")
  void aRedirectTearsTheSessionDownAndItsActionIsNotRun() {
    app.at(
            "/api",
            WorldFixture.connect(
                "statusCallback='/session' statusCallbackEvent='call-answered call-completed'"))
        .at("/action", "<Response><Say>never</Say></Response>");
    worlds.casts.put(WorldFixture.CUSTOMER, CallFixture.answers(1, 300));
    world = worlds.with(app);
    app.at(
        "/voice",
        WorldFixture.connect("statusCallback='/session' statusCallbackEvent='call-completed'"));
    var placed =
        world.place(
            new Placement.ByCustomer(
                WorldFixture.CUSTOMER,
                WorldFixture.NUMBER,
                new Script(
                    Map.of(WorldFixture.WORKER, CallFixture.answers(1, 300)), Caller.DEFAULT)));
    world.runUntilIdle();
    Sid call = ((Placed.Ringing) placed.join()).call();
    later(5);
    Sid child = change(a -> a.legs().findFirst().orElseThrow()).leg().sid();
    assertEquals(CallStatus.IN_PROGRESS, status(child));
    assertTrue(is(a -> a.change(call, new CallInput.Redirected(call, post("/other"), null))));
    assertEquals(CallStatus.COMPLETED, status(child));
    assertEquals(CallStatus.IN_PROGRESS, status(call));
    assertEquals(1, app.to("/other").size());
    assertEquals(1, app.to("/session").size());
    Form action = app.to("/action").getFirst().form();
    assertEquals("session-success", action.value("Result").orElseThrow());
    assertEquals("completed", action.value("DialCallStatus").orElseThrow());
    assertEquals("in-progress", action.value("CallStatus").orElseThrow());
    List<String> asked = app.requests.stream().map(WebRequest::target).toList();
    assertEquals(asked.indexOf(FakeApp.URL + "/action") + 1, asked.indexOf(FakeApp.URL + "/other"));
    later(30);
    assertEquals(CallStatus.COMPLETED, status(call));
    assertEquals(1, app.to("/action").size());
  }

  private void redirect(Sid call, String path) {
    assertTrue(is(a -> a.change(call, new CallInput.Redirected(call, post(path), null))));
  }

  private List<String> paths() {
    return app.requests.stream()
        .map(r -> r.target().substring(FakeApp.URL.length()))
        .filter(path -> !path.equals("/progress") && !path.equals("/call-status"))
        .toList();
  }

  /** Measured at Twilio: the action goes out, its answer is not run, then the new document. */
  @Test
  @dev.ringback.fidelity.Fact("calls.redirect-tears-down")
  void aRedirectEndsADialWithItsAction() {
    app.at("/api", "<Response><Dial action='/dialaction'>+15005550111</Dial></Response>")
        .at("/dialaction", "<Response><Redirect>/never</Redirect></Response>");
    cast = CallFixture.answers(1, 300);
    Sid call = call();
    later(5);
    redirect(call, "/other");
    assertEquals(List.of("/api", "/dialaction", "/other"), paths());
    WebRequest action = app.to("/dialaction").getFirst();
    assertEquals("completed", value(action, "DialCallStatus"));
    assertEquals("in-progress", value(action, "CallStatus"));
    assertEquals(CallStatus.IN_PROGRESS, status(call));
  }

  @Test
  @dev.ringback.fidelity.Fact("calls.redirect-tears-down")
  void aRedirectOfADialThatRingsEndsItAsCanceled() {
    app.at("/api", "<Response><Dial action='/dialaction'>+15005550111</Dial></Response>");
    cast = CallFixture.answers(1, 300);
    worlds.casts.put("+15005550111", new Cast.Ignores());
    world = worlds.with(app);
    Sid call = call(Map.of(WorldFixture.CUSTOMER, cast));
    later(5);
    redirect(call, "/other");
    assertEquals(List.of("/api", "/dialaction", "/other"), paths());
    assertEquals("canceled", value(app.to("/dialaction").getFirst(), "DialCallStatus"));
  }

  @Test
  @dev.ringback.fidelity.Fact("enqueue.queue-result")
  void aRedirectOutOfAQueueSaysSo() {
    app.at("/api", "<Response><Enqueue action='/queued'>support</Enqueue></Response>");
    cast = CallFixture.answers(1, 300);
    Sid call = call();
    later(5);
    redirect(call, "/other");
    assertEquals("redirected", value(app.to("/queued").getFirst(), "QueueResult"));
    assertEquals(List.of("/queued", "/other"), paths().subList(paths().size() - 2, paths().size()));
  }

  @Test
  @dev.ringback.fidelity.Fact("enqueue.redirected-from-bridged")
  void aRedirectOfACallThatWasTakenOutOfItsQueueSaysSo() {
    app.at("/api", "<Response><Enqueue action='/queued'>support</Enqueue></Response>");
    cast = CallFixture.answers(1, 300);
    Sid call = call();
    later(5);
    app.at("/api", "<Response><Dial><Queue>support</Queue></Dial></Response>");
    call();
    later(5);
    redirect(call, "/other");
    assertEquals("redirected-from-bridged", value(app.to("/queued").getFirst(), "QueueResult"));
  }

  /** TwiML that came with a request has no address, so there is no current document to ask. */
  @Test
  void aSessionOfTwimlThatCameWithARequestEndsTheCall() {
    worlds.casts.put(WorldFixture.CUSTOMER, CallFixture.answers(1, 300));
    for (String action : List.of("", "action=''")) {
      app.requests.clear();
      app.at("/voice", "<Response><Pause length='600'/></Response>");
      world = worlds.with(app);
      var placed =
          world.place(
              new Placement.ByCustomer(
                  WorldFixture.CUSTOMER, WorldFixture.NUMBER, Script.NO_DIRECTIONS));
      world.runUntilIdle();
      Sid call = ((Placed.Ringing) placed.join()).call();
      later(3);
      String twiml = WorldFixture.connect("").replace("action=\"/action\"", action);
      assertTrue(is(a -> a.change(call, new CallInput.Redirected(call, null, twiml))));
      later(60);
      assertEquals(CallStatus.COMPLETED, status(call), action);
      assertEquals(List.of("/voice"), paths());
      assertEquals(List.of(), change(Account::debugger), action);
    }
  }

  @Test
  @dev.ringback.fidelity.Fact("recordings.pause-resume-stop")
  void aRecordingIsPausedResumedAndStopped() {
    cast = CallFixture.answers(0, 300);
    Sid call = call();
    later(1);
    change(a ->
        a.change(
            call, new CallInput.RecordingStarted(call, recording(RecordMode.RECORD_FROM_ANSWER))));
    Sid recording = recordings(call).getFirst().sid();
    later(10);
    change(call, recording, RecordingCommand.PAUSE, true);
    later(10);
    change(call, recording, RecordingCommand.RESUME, true);
    later(5);
    change(call, recording, RecordingCommand.PAUSE, false);
    later(5);
    change(call, recording, RecordingCommand.RESUME, false);
    later(3);
    change(call, recording, RecordingCommand.STOP, false);
    later(10);
    // 10 s, nothing of the pause that is skipped, 5 s, a silent pause of 5 s, 3 s
    assertEquals(23, recordings(call).getFirst().seconds());
    assertEquals("23", value(app.to("/recorded").getLast(), "RecordingDuration"));
    assertTrue(is(a -> a.deleteRecording(recording)));
    assertEquals(List.of(), recordings(call));
  }

  private List<Recording> recordings(Sid call) {
    return change(a -> a.callOf(call).orElseThrow()).facts().recordings();
  }

  private void change(Sid call, Sid recording, RecordingCommand command, boolean skips) {
    assertTrue(is(a -> a.change(call, new CallInput.RecordingChanged(recording, command, skips))));
  }

  @Test
  @dev.ringback.fidelity.Fact("calls.delete-before-the-end")
  void aDeletedCallIsNotSeenAnyMore() {
    Sid call = call();
    assertFalse(is(a -> a.delete(call)), "it goes on");
    later(100);
    assertTrue(is(a -> a.delete(call)));
    assertTrue(is(a -> a.leg(call).isEmpty() && a.legs().findAny().isEmpty()));
    assertTrue(is(a -> a.callOf(call).isPresent()), "its timeline is still there");
  }

  /** Somebody goes in a circle: the call is taken out of the world, and everybody can see that. */
  @Test
  void aCallWithTooManyInputsAtOneInstantIsDropped() {
    Sid call = call();
    later(5);
    change(a -> {
      CallInput again = new CallInput.Adjusted(call, post("/f"), null, null);
      for (int i = 0; i <= MAX_INPUTS_PER_INSTANT; i++) {
        a.change(call, again);
      }
      return true;
    });
    assertEquals(CallStatus.FAILED, status(call));
    assertTrue(
        world.journal().after(0, 100_000).stream()
            .anyMatch(e ->
                e.fact() instanceof Fact.Alerted alerted
                    && alerted.alert().message().startsWith("too-many-inputs")));
    later(100);
    assertEquals(CallStatus.FAILED, status(call));
  }

  @Test
  void partiesCanActOnCallsOfTheApi() {
    cast = new Cast.Ignores();
    Sid call = call();
    var refusal = world.act(call, new Act.Answer());
    world.runUntilIdle();
    assertEquals("", refusal.join().orElse(""));
    later(1);
    assertEquals(CallStatus.IN_PROGRESS, status(call));
  }
}
