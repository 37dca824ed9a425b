package dev.ringback.call.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.call.Alarm;
import dev.ringback.call.ApiCallOptions;
import dev.ringback.call.Call;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState;
import dev.ringback.call.DirectoryAnswer;
import dev.ringback.call.MeetingAnswer;
import dev.ringback.call.SessionState;
import dev.ringback.call.Step;
import dev.ringback.house.GeneratedDocs;
import dev.ringback.id.Sid;
import dev.ringback.laws.Laws;
import dev.ringback.twiml.CallProgressEvent;
import dev.ringback.twiml.Hook;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.RecordMode;
import dev.ringback.twiml.RecordingEvent;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.Trim;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Act;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Direction;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Leg;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every state meets every input: nothing throws, no law is broken, and docs/STATES.md says so. */
class StateMatrixTest {
  private static final List<String> DOCUMENTS =
      List.of(
          "<Response/>",
          "<Response><Say>Hello</Say></Response>",
          "<Response><Pause length='3'/></Response>",
          "<Response><Gather><Say>Press</Say></Gather></Response>",
          "<Response><Gather/></Response>",
          "<Response><Record/></Response>",
          "<Response><Redirect>/next</Redirect></Response>",
          "<Response><Reject/></Response>",
          "<Response><Hangup/></Response>",
          MachineFixture.connect("record='record-from-ringing' statusCallback='/s'"),
          "<Response><Connect><Conversation/></Connect></Response>",
          "<Response><Connect><Stream url='wss://app.test/s'/></Connect></Response>",
          "<Response><Dial>+15558675311</Dial></Response>",
          "<Response><Dial><Conference>c</Conference></Dial></Response>",
          "<Response><Dial><Queue>q</Queue></Dial></Response>",
          "<Response><Enqueue>q</Enqueue></Response>",
          "<Response><Play>a.mp3</Play><Leave/></Response>",
          "<Response><Start><Stream url='wss://app.test/s'/></Start></Response>",
          "<Response><Start><Recording/></Start><Stop><Recording/></Stop></Response>",
          "{}");

  private static final Verb.RecordingOptions RECORDED =
      recording(RecordMode.RECORD_FROM_ANSWER_DUAL);
  private static final Verb.RecordingOptions NOT_RECORDED = recording(RecordMode.DO_NOT_RECORD);

  private static Verb.RecordingOptions recording(RecordMode mode) {
    return new Verb.RecordingOptions(
        mode,
        Trim.DO_NOT_TRIM,
        RecordingTrack.BOTH,
        new Hook<>(
            MachineFixture.APP + "/recorded",
            HttpMethod.POST,
            EnumSet.allOf(RecordingEvent.class)));
  }

  private static final ApiCallOptions ORDER = order(null, true);
  private static final ApiCallOptions KEYS_FIRST = order("1w2", false);

  private static ApiCallOptions order(@Nullable String digits, boolean recorded) {
    return new ApiCallOptions(
        digits == null ? null : "<Response><Say>Hi</Say></Response>",
        Duration.ofSeconds(60),
        Duration.ofMinutes(5),
        digits,
        recorded ? RECORDED : NOT_RECORDED,
        EnumSet.allOf(CallProgressEvent.class),
        new ApiCallOptions.Detection(new Target(MachineFixture.APP + "/amd", HttpMethod.POST)));
  }

  private static MachineFixture ringing(ApiCallOptions order) {
    MachineFixture stage = MachineFixture.ordered(order).arrive();
    return stage.take(new CallInput.Acted(stage.call.sid(), new Act.Ring()));
  }

  // The states, each reached as a call reaches it

  private static Map<String, List<MachineFixture>> states() {
    Map<String, List<MachineFixture>> states = new LinkedHashMap<>();
    put(states, "Arriving", MachineFixture.customer());
    put(states, "Arriving", MachineFixture.ordered(ORDER));
    put(
        states,
        "Outgoing",
        MachineFixture.ordered(ORDER).arrive(),
        ringing(ORDER),
        ringing(KEYS_FIRST));
    put(states, "Fetching", MachineFixture.customer().arrive());
    put(
        states,
        "Speaking",
        MachineFixture.customer().arrive().answered("<Response><Say>Hi</Say></Response>"));
    put(
        states,
        "Gathering",
        MachineFixture.customer()
            .arrive()
            .answered("<Response><Gather numDigits='1'><Say>Press</Say></Gather></Response>"));
    put(
        states,
        "Recording",
        MachineFixture.customer().arrive().answered("<Response><Record/></Response>"));
    put(states, "LookingUp", session(""));
    put(states, "Creating", session("").told(new DirectoryAnswer.NoConversation()));
    put(
        states,
        "AwaitingWorker",
        session("")
            .told(new DirectoryAnswer.NoConversation())
            .told(new DirectoryAnswer.Created(MachineFixture.CONVERSATION)));
    put(states, "Dialling", session("").found());
    put(states, "Ringing", session("").found().called(new Act.Ring()));
    put(
        states,
        "Whispering",
        session("url='/whisper'").found().called(new Act.Ring()).called(new Act.Answer()));
    put(states, "Talking", talking());
    MachineFixture redirecting = talking();
    put(
        states,
        "Redirecting",
        redirecting.take(
            new CallInput.Redirected(
                redirecting.call.sid(),
                new Target(MachineFixture.APP + "/other", HttpMethod.GET),
                null)));
    put(states, "Streaming", with("<Connect><Stream url='wss://app.test/s'/></Connect>"));
    put(states, "DialCalling", dial("").called(new Act.Ring()), dial(""));
    put(
        states,
        "DialScreening",
        dial("url='/whisper'").called(new Act.Ring()).called(new Act.Answer()),
        dial("sendDigits='1w2'").called(new Act.Ring()).called(new Act.Answer()));
    put(states, "DialTalking", dial("").called(new Act.Ring()).called(new Act.Answer()));
    put(
        states,
        "InConference",
        conference(),
        conference().told(new MeetingAnswer.Joined(MachineFixture.ROOM, false, false)),
        conference().told(new MeetingAnswer.Joined(MachineFixture.ROOM, true, true)));
    put(
        states,
        "Dequeuing",
        dequeue(),
        dequeue().push(new MeetingAnswer.CallWaits(MachineFixture.PLACE, MachineFixture.OTHER)),
        dequeue().push(new MeetingAnswer.Bridged(MachineFixture.ROOM, MachineFixture.OTHER, 3)));
    put(
        states,
        "InQueue",
        queue(),
        queue().told(new MeetingAnswer.InLine(MachineFixture.PLACE)),
        queue()
            .told(new MeetingAnswer.InLine(MachineFixture.PLACE))
            .push(new MeetingAnswer.TakenOut(MachineFixture.PLACE, MachineFixture.OTHER, null)),
        queue()
            .told(new MeetingAnswer.InLine(MachineFixture.PLACE))
            .push(new MeetingAnswer.Bridged(MachineFixture.ROOM, MachineFixture.OTHER, 3)));
    MachineFixture leaving = MachineFixture.customer();
    leaving.call = new Call(leaving.call.facts(), new CallState.Leaving(false));
    put(states, "Leaving", leaving);
    put(states, "Ready", ready());
    put(states, "LastWords", talking().caller(new Act.HangUp()));
    put(states, "Ended", MachineFixture.customer().arrive().answered("<Response/>"));
    // The same states with another past, where that makes a difference.
    put(
        states,
        "Gathering",
        MachineFixture.customer()
            .arrive()
            .answered("<Response><Gather action='/g'/></Response>")
            .caller(new Act.Press("1")));
    put(
        states,
        "Recording",
        MachineFixture.customer()
            .arrive()
            .answered("<Response><Record/></Response>")
            .caller(new Act.Speak(Duration.ofSeconds(1))));
    put(
        states,
        "Ringing",
        session("url='/whisper' ").found().called(new Act.Ring()),
        session("record='record-from-ringing'").found().called(new Act.Ring()));
    put(
        states,
        "LookingUp",
        new MachineFixture("client:alice")
            .arrive()
            .answered(MachineFixture.connect("statusCallback='/s'")),
        session("inboundAutocreation='false'"));
    return states;
  }

  private static void put(
      Map<String, List<MachineFixture>> states, String name, MachineFixture... fixture) {
    states.computeIfAbsent(name, n -> new ArrayList<>()).addAll(List.of(fixture));
  }

  private static MachineFixture session(String attributes) {
    return MachineFixture.customer()
        .arrive()
        .answered(
            MachineFixture.connect(
                (attributes.contains("record=") ? "" : "record='record-from-answer' ")
                    + "statusCallback='/s' statusCallbackEvent='call-initiated"
                    + " call-ringing call-answered call-completed' "
                    + attributes));
  }

  private static MachineFixture talking() {
    return session("")
        .found()
        .after(Duration.ofSeconds(1))
        .called(new Act.Ring())
        .called(new Act.Answer());
  }

  private static MachineFixture with(String verbs) {
    return MachineFixture.customer().arrive().answered("<Response>" + verbs + "</Response>");
  }

  private static MachineFixture dial(String attributes) {
    return with(
        "<Dial record='record-from-ringing-dual'><Number statusCallback='/d' "
            + attributes
            + ">+15558675311</Number></Dial>");
  }

  private static MachineFixture conference() {
    return with("<Dial><Conference waitUrl='/wait'>c</Conference></Dial>");
  }

  private static MachineFixture dequeue() {
    return with("<Dial hangupOnStar='true' action='/after'><Queue>q</Queue></Dial>");
  }

  private static MachineFixture queue() {
    return with("<Enqueue waitUrl='/wait' action='/after'>q</Enqueue>");
  }

  /** A leg that was dialled, alone with its document of {@code url}. */
  private static MachineFixture ready() {
    MachineFixture stage = MachineFixture.customer();
    Leg first = stage.call.facts().leg();
    Leg called =
        new Leg(
            new Sid("CA" + "e".repeat(32)),
            first.sid(),
            first.from(),
            "client:alice",
            Direction.OUTBOUND_DIAL,
            CallStatus.IN_PROGRESS,
            stage.now,
            stage.now,
            null);
    VoiceUrls line =
        new VoiceUrls(new Target(MachineFixture.APP + "/whisper", HttpMethod.POST), null, null);
    stage.call = Call.called(stage.call.facts().account(), called, line, 2);
    return stage.arrive().answered("<Response/>");
  }

  // The inputs

  private static Map<String, List<CallInput>> inputs(MachineFixture stage) {
    Sid own = stage.call.sid();
    Sid child = stage.child();
    Map<String, List<CallInput>> inputs = new LinkedHashMap<>();
    inputs.put("Arrived", List.of(new CallInput.Arrived()));
    inputs.put("Landed", landings(stage));
    List<CallInput> alarms = new ArrayList<>();
    stage.alarms.forEach(a -> alarms.add(new CallInput.Woke(a.leg(), a.alarm())));
    for (Sid leg : List.of(own, child)) {
      alarms.add(new CallInput.Woke(leg, new Alarm.VerbOver(99)));
      alarms.add(new CallInput.Woke(leg, new Alarm.NoKey(99)));
      alarms.add(new CallInput.Woke(leg, new Alarm.Silence(99)));
      alarms.add(new CallInput.Woke(leg, new Alarm.MaxLength(99)));
      alarms.add(new CallInput.Woke(leg, new Alarm.NoWorker(99)));
      alarms.add(new CallInput.Woke(leg, new Alarm.SpeechOver(99)));
      alarms.add(new CallInput.Woke(leg, new Alarm.PartialResult(99)));
      alarms.add(new CallInput.Woke(leg, new Alarm.TimeLimit(99)));
      alarms.add(new CallInput.Woke(leg, new Alarm.CallLimit(99)));
      alarms.add(
          new CallInput.Woke(leg, new Alarm.TranscriptionReady(new Sid("RE" + "9".repeat(32)))));
      alarms.add(new CallInput.Woke(leg, new Alarm.RingTimeout(99)));
      alarms.add(new CallInput.Woke(leg, new Alarm.RecordingReady(new Sid("RE" + "9".repeat(32)))));
    }
    inputs.put("Woke", alarms);
    inputs.put("Told", answers(stage));
    List<CallInput> lost = new ArrayList<>();
    stage
        .call
        .facts()
        .recordings()
        .forEach(r -> lost.add(new CallInput.RecordingLost(r.sid(), RecordingStatus.FAILED)));
    lost.add(new CallInput.RecordingLost(new Sid("RE" + "9".repeat(32)), RecordingStatus.ABSENT));
    inputs.put("RecordingLost", lost);
    List<CallInput> changed = new ArrayList<>();
    List<CallInput> deleted = new ArrayList<>();
    for (CallInput each : lost) {
      Sid recording = ((CallInput.RecordingLost) each).recording();
      for (CallInput.RecordingCommand command : CallInput.RecordingCommand.values()) {
        changed.add(new CallInput.RecordingChanged(recording, command, true));
        changed.add(new CallInput.RecordingChanged(recording, command, false));
      }
      deleted.add(new CallInput.RecordingDeleted(recording));
    }
    inputs.put("RecordingChanged", changed);
    inputs.put("RecordingDeleted", deleted);
    Target other = new Target(MachineFixture.APP + "/other", HttpMethod.GET);
    for (Map.Entry<String, Sid> each :
        new java.util.TreeMap<>(Map.of("caller", own, "called", child)).entrySet()) {
      String whose = " (" + each.getKey() + ")";
      Sid leg = each.getValue();
      inputs.put(
          "Redirected" + whose,
          List.of(
              new CallInput.Redirected(leg, other, null),
              new CallInput.Redirected(leg, null, "<Response><Pause/></Response>"),
              new CallInput.Redirected(leg, null, "nonsense")));
      inputs.put(
          "Adjusted" + whose,
          List.of(new CallInput.Adjusted(leg, other, other, Duration.ofSeconds(9))));
      inputs.put(
          "RecordingStarted" + whose, List.of(new CallInput.RecordingStarted(leg, RECORDED)));
    }
    for (Act act :
        List.of(
            new Act.Ring(),
            new Act.Busy(),
            new Act.Unreachable(),
            new Act.Decline(),
            new Act.Answer(),
            new Act.HangUp(),
            new Act.Press("1#"),
            new Act.Talk(Duration.ofSeconds(2), true),
            new Act.Speak(Duration.ofSeconds(2)))) {
      String name = act.getClass().getSimpleName();
      inputs.put(name + " (caller)", List.of(new CallInput.Acted(own, act)));
      inputs.put(name + " (called)", List.of(new CallInput.Acted(child, act)));
    }
    inputs.put(
        "EndedByApi (caller)",
        List.of(new CallInput.EndedByApi(own, false), new CallInput.EndedByApi(own, true)));
    inputs.put(
        "EndedByApi (called)",
        List.of(new CallInput.EndedByApi(child, false), new CallInput.EndedByApi(child, true)));
    return inputs;
  }

  private static List<CallInput> landings(MachineFixture stage) {
    List<Landing> landings = new ArrayList<>();
    DOCUMENTS.forEach(d -> landings.add(new Landing.Answered(200, "text/xml", d)));
    landings.add(new Landing.Answered(500, null, ""));
    landings.add(new Landing.Answered(200, "audio/mpeg", "x"));
    landings.add(new Landing.Answered(200, "text/plain", "words"));
    landings.add(
        new Landing.Failed(TwilioError.HTTP_CONNECTION_REFUSED, "refused", true, Duration.ZERO));
    List<CallInput> inputs = new ArrayList<>();
    for (Landing landing : landings) {
      stage.requests.forEach(
          r -> inputs.add(new CallInput.Landed(r.id(), r.kind(), r.target(), landing)));
      inputs.add(
          new CallInput.Landed(
              new ExchangeId(stage.call.sid(), 99),
              RequestKind.VOICE,
              new Target(MachineFixture.APP, HttpMethod.POST),
              landing));
    }
    return inputs;
  }

  private static List<CallInput> answers(MachineFixture stage) {
    int question = stage.questions.isEmpty() ? 0 : stage.questions.getLast();
    List<CallInput> inputs = new ArrayList<>();
    for (DirectoryAnswer answer :
        List.of(
            new DirectoryAnswer.UnknownService(),
            new DirectoryAnswer.NoConversation(),
            new DirectoryAnswer.Found(MachineFixture.CONVERSATION, "alice"),
            new DirectoryAnswer.Found(MachineFixture.CONVERSATION, null),
            new DirectoryAnswer.Awaiting(
                MachineFixture.CONVERSATION, Instant.parse("2026-01-01T09:00:00Z")),
            new DirectoryAnswer.FoundForWorker(
                MachineFixture.CONVERSATION, "+15558675310", "+15017122661"),
            new DirectoryAnswer.InvalidConversation("closed"),
            new DirectoryAnswer.Created(MachineFixture.CONVERSATION),
            new DirectoryAnswer.NotCreated(50416, "taken"),
            new DirectoryAnswer.Broken("a fault"),
            new MeetingAnswer.Joined(MachineFixture.ROOM, true, true),
            new MeetingAnswer.Joined(MachineFixture.ROOM, false, false),
            new MeetingAnswer.ConferenceFull(MachineFixture.ROOM),
            new MeetingAnswer.Started(MachineFixture.ROOM, true),
            new MeetingAnswer.Said(new Act.Press("5")),
            new MeetingAnswer.Over(MachineFixture.ROOM),
            new MeetingAnswer.InLine(MachineFixture.PLACE),
            new MeetingAnswer.QueueFull(MachineFixture.ROOM),
            new MeetingAnswer.QueueEmpty(),
            new MeetingAnswer.TakenOut(
                MachineFixture.PLACE,
                MachineFixture.OTHER,
                new Target(MachineFixture.APP + "/screen", HttpMethod.POST)),
            new MeetingAnswer.CallWaits(MachineFixture.PLACE, MachineFixture.OTHER),
            new MeetingAnswer.Bridged(MachineFixture.ROOM, MachineFixture.OTHER, 3),
            new MeetingAnswer.Parted(MachineFixture.OTHER),
            new DirectoryAnswer.WorkerJoined(MachineFixture.CONVERSATION, "alice"))) {
      inputs.add(new CallInput.Told(question, answer));
      inputs.add(new CallInput.Told(99, answer));
    }
    return inputs;
  }

  // The tests

  @Test
  void everyStateTakesEveryInput() {
    int pairs = 0;
    for (Map.Entry<String, List<MachineFixture>> state : states().entrySet()) {
      for (MachineFixture stage : state.getValue()) {
        for (List<CallInput> kind : inputs(stage).values()) {
          for (CallInput input : kind) {
            try {
              Step step = stage.machine.step(stage.call, input, stage.now.plusSeconds(1));
              Laws.checkStep(stage.call, input, step, stage.now.plusSeconds(1));
            } catch (RuntimeException | AssertionError e) {
              throw new AssertionError(state.getKey() + " × " + input + ": " + e, e);
            }
            pairs++;
          }
        }
      }
    }
    assertTrue(pairs > 2000, "only " + pairs + " pairs");
  }

  @Test
  void theStatesAreWhatTheyAreCalled() {
    states()
        .forEach((name, fixture) ->
            fixture.forEach(s -> assertEquals(name, MachineFixture.name(s.call.state()))));
  }

  /** A new case of a sealed type must find its way into this table. */
  @Test
  void everyCaseOfTheSealedTypesIsInTheTable() {
    Set<Class<?>> seen = new HashSet<>();
    for (MachineFixture stage : states().values().stream().flatMap(List::stream).toList()) {
      seen.add(stage.call.state().getClass());
      if (stage.call.state() instanceof CallState.InSession session) {
        seen.add(session.session().state().getClass());
      }
      for (List<CallInput> kind : inputs(stage).values()) {
        for (CallInput input : kind) {
          seen.add(input.getClass());
          switch (input) {
            case CallInput.Acted acted -> seen.add(acted.act().getClass());
            case CallInput.Told told -> seen.add(told.answer().getClass());
            case CallInput.Landed landed -> seen.add(landed.landing().getClass());
            case CallInput.Woke woke -> seen.add(woke.alarm().getClass());
            case CallInput.Arrived arrived -> {}
            case CallInput.EndedByApi ended -> {}
            case CallInput.RecordingLost one -> {}
            case CallInput.Redirected redirected -> {}
            case CallInput.Adjusted adjusted -> {}
            case CallInput.RecordingStarted ordered -> {}
            case CallInput.RecordingChanged changed -> {}
            case CallInput.RecordingDeleted deleted -> {}
          }
        }
      }
    }
    for (Class<?> sealed :
        List.of(
            CallState.class,
            SessionState.class,
            CallInput.class,
            Act.class,
            DirectoryAnswer.class,
            Landing.class,
            Alarm.class)) {
      for (Class<?> leaf : leaves(sealed)) {
        assertTrue(seen.contains(leaf), () -> leaf.getName() + " is in no row or column");
      }
    }
  }

  private static List<Class<?>> leaves(Class<?> sealed) {
    List<Class<?>> leaves = new ArrayList<>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        leaves.addAll(leaves(permitted));
      } else {
        leaves.add(permitted);
      }
    }
    return leaves;
  }

  @Test
  void theStatePageIsThisTable() {
    GeneratedDocs.check("STATES.md", page());
  }

  private static String page() {
    Map<String, Map<String, Set<String>>> matrix = new LinkedHashMap<>();
    states().forEach((name, fixture) -> matrix.put(name, row(name, fixture)));
    StringBuilder page = new StringBuilder();
    page.append("# What a call does, state by state\n\n")
        .append(
            "Generated from the code by `make docs`; `make test` fails when it is out of date.\n\n")
        .append(
            "DialCalling, DialScreening and DialTalking are the phases of a `<Dial>`. Leaving is\n")
        .append(
            "never a whole call's state: a wait document in it has said `<Leave>` or `<Hangup>`.\n")
        .append("States from LookingUp to Talking are the phases of a `<Conversation>` session.\n")
        .append(
            "LastWords is a call that is over but for the answer to its last request. Ready is\n")
        .append("a called leg whose own document has run to its end.\n\n")
        .append("```mermaid\nstateDiagram-v2\n  [*] --> Arriving\n");
    matrix.forEach((from, row) -> {
      Map<String, Set<String>> edges = new LinkedHashMap<>();
      row.forEach((kind, next) ->
          next.forEach(to -> edges.computeIfAbsent(to, t -> new TreeSet<>()).add(kind)));
      edges.forEach((to, kinds) ->
          page.append("  %s --> %s: %s\n".formatted(from, to, String.join(", ", kinds))));
    });
    page.append("  Ended --> [*]\n```\n\n");
    page.append("Rows are inputs, columns are states; an empty cell: the call stays as it is.\n\n");
    List<String> kinds = new ArrayList<>(matrix.values().iterator().next().keySet());
    page.append("| input |");
    matrix.keySet().forEach(state -> page.append(' ').append(state).append(" |"));
    page.append("\n|---|").append("---|".repeat(matrix.size())).append('\n');
    for (String kind : kinds) {
      page.append("| ").append(kind).append(" |");
      matrix
          .values()
          .forEach(row -> page.append(' ').append(String.join(", ", row.get(kind))).append(" |"));
      page.append('\n');
    }
    return page.toString();
  }

  /** By kind of input, where a call in that state goes. */
  private static Map<String, Set<String>> row(String name, List<MachineFixture> fixture) {
    Map<String, Set<String>> row = new LinkedHashMap<>();
    for (MachineFixture stage : fixture) {
      inputs(stage)
          .forEach((kind, inputs) -> {
            Set<String> next = row.computeIfAbsent(kind, k -> new TreeSet<>());
            for (CallInput input : inputs) {
              Step step = stage.machine.step(stage.call, input, stage.now.plusSeconds(1));
              String to = MachineFixture.name(step.call().state());
              if (!to.equals(name)) {
                next.add(to);
              }
            }
          });
    }
    return row;
  }
}
