package dev.ringback.call;

import dev.ringback.call.CallState.Outgoing;
import dev.ringback.call.CallState.Part;
import dev.ringback.call.CallState.Place;
import dev.ringback.call.Callback.Extra;
import dev.ringback.call.SessionOutcome.RecordingFacts;
import dev.ringback.twiml.CallProgressEvent;
import dev.ringback.twiml.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of the REST API until its first document: it leaves the queue, rings, is answered or not,
 * and tells its status callback (docs/voice/api/call-resource).
 */
final class OutgoingMachine {
  /** What detection of answering machines finds: parties are people. */
  static final String HUMAN = "human";

  /** How long it takes to find that. */
  private static final Duration DETECTION = Duration.ofMillis(2_400);

  private final CallMachine calls;

  OutgoingMachine(CallMachine calls) {
    this.calls = calls;
  }

  /** The call leaves the queue. */
  CallState begin(Turn turn, ApiOrder order) {
    turn.change(CallStatus.INITIATED);
    report(turn, CallProgressEvent.INITIATED);
    turn.tellOwnParty(new Cue.Dialled());
    return new Outgoing(turn.wake(order.timeout(), Alarm.RingTimeout::new));
  }

  /** The call is over before it left the queue: nobody is told. */
  static CallState cancelQueued(Turn turn) {
    turn.endLeg(CallStatus.CANCELED, "the API cancelled the call in the queue");
    return new CallState.Ended(null);
  }

  CallState step(Turn turn, ApiOrder order, Outgoing state, CallInput input) {
    if (CallMachine.woke(turn, input, state.timeout())) {
      return CallMachine.end(turn, CallStatus.NO_ANSWER, "nobody answered in time");
    }
    if (input instanceof CallInput.EndedByApi ended && ended.leg().equals(turn.leg().sid())) {
      return CallMachine.end(turn, CallStatus.CANCELED, "the API ended the call");
    }
    return switch (CallMachine.actOf(input, turn.leg().sid())) {
      case Act.Ring ring when turn.leg().status() == CallStatus.INITIATED -> {
        turn.change(CallStatus.RINGING);
        report(turn, CallProgressEvent.RINGING);
        turn.tellOwnParty(new Cue.Ringing());
        yield state;
      }
      case Act.Answer answer when turn.leg().status() == CallStatus.RINGING ->
          answered(turn, order);
      case Act.Busy busy -> CallMachine.end(turn, CallStatus.BUSY, "the called party is busy");
      case Act.Decline decline ->
          CallMachine.end(turn, CallStatus.BUSY, "the called party declined");
      case Act.Unreachable unreachable ->
          CallMachine.end(turn, CallStatus.FAILED, "the called party is unreachable");
      case null, default -> state;
    };
  }

  private CallState answered(Turn turn, ApiOrder order) {
    turn.answer();
    report(turn, CallProgressEvent.ANSWERED);
    Target line = turn.line().voice();
    if (order.recording().mode().records()) {
      RecordingMachine.start(
          turn,
          RecordingMachine.Order.of(
              RecordingSource.OUTBOUND_API, Recording.Scope.CALL, line, order.recording()));
    }
    if (order.timeLimit() != null) {
      turn.limit(order.timeLimit());
    }
    ApiOrder.Detection detection = order.detection();
    if (detection != null && detection.callback() == null) {
      turn.say("AnsweredBy", HUMAN);
    }
    if (detection != null && detection.callback() != null) {
      turn.send(
          new Callback.Notice(
              turn.nextExchange(),
              RequestKind.AMD_STATUS,
              detection.callback(),
              turn.account(),
              Map.of(
                  "AccountSid", turn.account().value(),
                  "AnsweredBy", HUMAN,
                  "CallSid", turn.leg().sid().value(),
                  "MachineDetectionDuration", Long.toString(DETECTION.toMillis()))));
    }
    // Digits go to whoever answered, and only then the document is asked for.
    List<Verb> first = new ArrayList<>();
    if (order.sendDigits() != null) {
      first.add(new Verb.Play("", 1, order.sendDigits(), null));
    }
    return first.isEmpty()
        ? document(turn, order)
        : calls.run(turn, new Place(line, first, 0, Part.OPENING));
  }

  /** The call's first document. */
  CallState document(Turn turn, ApiOrder order) {
    return order.twiml() == null
        ? calls.fetch(turn, RequestKind.VOICE, turn.line().voice(), new Extra.None(), Part.CALL)
        : calls.runText(turn, order.twiml());
  }

  /** Tells the status callback, if it wants to know. */
  static void report(Turn turn, CallProgressEvent event) {
    Target callback = turn.line().statusCallback();
    ApiOrder order = turn.order();
    if (callback != null && order != null && order.events().contains(event)) {
      turn.send(
          new Callback.CallStatusReport(
              turn.nextExchange(),
              RequestKind.CALL_STATUS,
              callback,
              turn.account(),
              turn.leg(),
              turn.parameters(),
              turn.nextReport(),
              turn.now(),
              event == CallProgressEvent.COMPLETED ? recording(turn) : null));
    }
  }

  /** What Record=true has kept; null: nothing. */
  private static @Nullable RecordingFacts recording(Turn turn) {
    return turn.recordings().stream()
        .filter(r -> r.source() == RecordingSource.OUTBOUND_API && r.worthKeeping())
        .findFirst()
        .map(r -> new RecordingFacts(r.sid(), r.seconds()))
        .orElse(null);
  }
}
