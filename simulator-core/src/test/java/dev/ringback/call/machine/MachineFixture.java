package dev.ringback.call.machine;

import dev.ringback.call.ApiCallOptions;
import dev.ringback.call.Behaviour;
import dev.ringback.call.Call;
import dev.ringback.call.CallFacts;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState;
import dev.ringback.call.DirectoryAnswer;
import dev.ringback.call.Effect;
import dev.ringback.call.Step;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Act;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Direction;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Leg;
import dev.ringback.voice.QueuePlace;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Drives one call by hand, and remembers what it has asked for. */
final class MachineFixture {
  static final String APP = "http://app.test";
  static final String SERVICE = "IS0123456789abcdef0123456789abcdef";
  static final Sid CONVERSATION = new Sid("CH" + "0".repeat(32));

  static final Sid ROOM = new Sid("QU" + "1".repeat(32));
  static final Sid OTHER = new Sid("CA" + "a".repeat(32));
  static final QueuePlace PLACE = new QueuePlace(ROOM, 1, 3, 2, 1, 100);

  final CallMachine machine = new CallMachine(Behaviour.DEFAULT);
  final List<AppRequest> requests = new ArrayList<>();
  final List<Effect.Wake> alarms = new ArrayList<>();
  final List<Integer> questions = new ArrayList<>();
  Instant now = Instant.parse("2026-01-01T09:00:00Z");
  Call call;

  MachineFixture(String from) {
    SidMint mint = SidMint.of(1);
    Leg leg =
        new Leg(
            mint.sid(SidKind.CALL),
            null,
            from,
            from.startsWith("client:") ? "" : "+15017122661",
            Direction.INBOUND,
            CallStatus.RINGING,
            now,
            null,
            null);
    VoiceUrls line =
        new VoiceUrls(
            new Target(APP + "/voice", HttpMethod.POST),
            null,
            new Target(APP + "/end", HttpMethod.POST));
    CallFacts.Origin origin =
        new CallFacts.Origin(mint.next().sid(SidKind.ACCOUNT), mint.branch(), null, null);
    call = Call.arriving(origin, leg, line, Map.of());
  }

  /** A call of the REST API. */
  static MachineFixture ordered(ApiCallOptions order) {
    MachineFixture stage = new MachineFixture("+15017122661");
    CallFacts facts = stage.call.facts();
    Leg leg = facts.leg();
    Leg outgoing =
        new Leg(
            leg.sid(),
            null,
            leg.from(),
            "+15558675310",
            Direction.OUTBOUND_API,
            CallStatus.QUEUED,
            stage.now,
            null,
            null);
    stage.call =
        Call.arriving(
            new CallFacts.Origin(facts.account(), facts.origin().seed(), order, null),
            outgoing,
            facts.urls(),
            Map.of());
    return stage;
  }

  static MachineFixture customer() {
    return new MachineFixture("+15558675310");
  }

  static String connect(String attributes) {
    return "<Response><Connect action='/action'><Conversation serviceInstanceSid='%s' %s/></Connect></Response>"
        .formatted(SERVICE, attributes);
  }

  MachineFixture take(CallInput input) {
    Step step = machine.step(call, input, now);
    call = step.call();
    for (Effect effect : step.effects()) {
      switch (effect) {
        case Effect.Send send -> requests.add(send.callback());
        case Effect.Wake wake -> alarms.add(wake);
        case Effect.Ask ask -> questions.add(ask.question());
        case Effect.Tell tell -> {}
        case Effect.Note note -> {}
        case Effect.Raise raise -> {}
      }
    }
    return this;
  }

  MachineFixture after(Duration time) {
    now = now.plus(time);
    return this;
  }

  MachineFixture arrive() {
    return take(new CallInput.Arrived());
  }

  /** The last request for TwiML is answered. */
  MachineFixture answered(String twiml) {
    return take(landed(new Landing.Answered(200, "text/xml", twiml)));
  }

  CallInput landed(Landing landing) {
    AppRequest last =
        requests.stream().filter(c -> c.kind().expectsTwiml()).reduce((a, b) -> b).orElseThrow();
    return new CallInput.Landed(last.id(), last.kind(), last.target(), landing);
  }

  MachineFixture told(DirectoryAnswer answer) {
    return take(new CallInput.Told(questions.isEmpty() ? 0 : questions.getLast(), answer));
  }

  /** Something nobody asked for. */
  MachineFixture push(DirectoryAnswer answer) {
    return take(new CallInput.Told(0, answer));
  }

  MachineFixture found() {
    return told(new DirectoryAnswer.Found(CONVERSATION, "alice"));
  }

  MachineFixture called(Act act) {
    return take(new CallInput.Acted(child(), act));
  }

  MachineFixture caller(Act act) {
    return take(new CallInput.Acted(call.sid(), act));
  }

  /** The leg that was dialled, or one that was not. */
  Sid child() {
    List<Leg> children = call.facts().children();
    return children.isEmpty() ? new Sid("CA" + "f".repeat(32)) : children.getLast().sid();
  }

  static String name(CallState state) {
    return switch (state) {
      case CallState.InSession session -> session.session().state().getClass().getSimpleName();
      case CallState.Ended ended -> ended.lastRequest() == null ? "Ended" : "LastWords";
      case CallState.Arriving s -> "Arriving";
      case CallState.Outgoing s -> "Outgoing";
      case CallState.Fetching s -> "Fetching";
      case CallState.Speaking s -> "Speaking";
      case CallState.Gathering s -> "Gathering";
      case CallState.RecordingMessage s -> "Recording";
      case CallState.Redirecting s -> "Redirecting";
      case CallState.Streaming s -> "Streaming";
      case CallState.Dialling s -> "Dial" + s.dial().phase().getClass().getSimpleName();
      case CallState.InConference s -> "InConference";
      case CallState.DiallingQueue s -> "Dequeuing";
      case CallState.InQueue s -> "InQueue";
      case CallState.Leaving s -> "Leaving";
      case CallState.Ready s -> "Ready";
    };
  }
}
