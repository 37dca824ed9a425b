package dev.ringback.call;

import dev.ringback.call.AppRequest.Extra;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.CallState.Outgoing;
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
  CallState begin(StepContext context, ApiCallOptions order) {
    context.change(CallStatus.INITIATED);
    report(context, CallProgressEvent.INITIATED);
    context.tellOwnParty(new Cue.Dialled());
    return new Outgoing(context.wake(order.timeout(), Alarm.RingTimeout::new));
  }

  /** The call is over before it left the queue: nobody is told. */
  static CallState cancelQueued(StepContext context) {
    context.endLeg(CallStatus.CANCELED, "the API cancelled the call in the queue");
    return new CallState.Ended(null);
  }

  CallState step(StepContext context, ApiCallOptions order, Outgoing state, CallInput input) {
    if (CallMachine.woke(context, input, state.timeout())) {
      return CallMachine.end(context, CallStatus.NO_ANSWER, "nobody answered in time");
    }
    if (input instanceof CallInput.EndedByApi ended && ended.leg().equals(context.leg().sid())) {
      return CallMachine.end(context, CallStatus.CANCELED, "the API ended the call");
    }
    return switch (CallMachine.actOf(input, context.leg().sid())) {
      case Act.Ring ring when context.leg().status() == CallStatus.INITIATED -> {
        context.change(CallStatus.RINGING);
        report(context, CallProgressEvent.RINGING);
        context.tellOwnParty(new Cue.Ringing());
        yield state;
      }
      case Act.Answer answer when context.leg().status() == CallStatus.RINGING ->
          answered(context, order);
      case Act.Busy busy -> CallMachine.end(context, CallStatus.BUSY, "the called party is busy");
      case Act.Decline decline ->
          CallMachine.end(context, CallStatus.BUSY, "the called party declined");
      case Act.Unreachable unreachable ->
          CallMachine.end(context, CallStatus.FAILED, "the called party is unreachable");
      case null, default -> state;
    };
  }

  private CallState answered(StepContext context, ApiCallOptions order) {
    context.answer();
    report(context, CallProgressEvent.ANSWERED);
    Target line = context.line().voice();
    if (order.recording().mode().records()) {
      Recorder.start(
          context,
          Recorder.Order.of(
              RecordingSource.OUTBOUND_API, Recording.Scope.CALL, line, order.recording()));
    }
    if (order.timeLimit() != null) {
      context.limit(order.timeLimit());
    }
    ApiCallOptions.Detection detection = order.detection();
    if (detection != null && detection.callback() == null) {
      context.say("AnsweredBy", HUMAN);
    }
    if (detection != null && detection.callback() != null) {
      context.send(
          new AppRequest.Notice(
              context.nextExchange(),
              RequestKind.AMD_STATUS,
              detection.callback(),
              context.account(),
              Map.of(
                  "AccountSid", context.account().value(),
                  "AnsweredBy", HUMAN,
                  "CallSid", context.leg().sid().value(),
                  "MachineDetectionDuration", Long.toString(DETECTION.toMillis()))));
    }
    // Digits go to whoever answered, and only then the document is asked for.
    List<Verb> first = new ArrayList<>();
    if (order.sendDigits() != null) {
      first.add(new Verb.Play("", 1, order.sendDigits(), null));
    }
    return first.isEmpty()
        ? document(context, order)
        : calls.run(context, new Cursor(line, first, 0, DocumentRole.OPENING));
  }

  /** The call's first document. */
  CallState document(StepContext context, ApiCallOptions order) {
    return order.twiml() == null
        ? calls.fetch(
            context, RequestKind.VOICE, context.line().voice(), new Extra.None(), DocumentRole.CALL)
        : calls.runText(context, order.twiml());
  }

  /** Tells the status callback, if it wants to know. */
  static void report(StepContext context, CallProgressEvent event) {
    Target callback = context.line().statusCallback();
    ApiCallOptions order = context.order();
    if (callback != null && order != null && order.events().contains(event)) {
      context.send(
          new AppRequest.CallStatusReport(
              context.nextExchange(),
              RequestKind.CALL_STATUS,
              callback,
              context.account(),
              context.leg(),
              context.parameters(),
              context.nextReport(),
              context.now(),
              event == CallProgressEvent.COMPLETED ? recording(context) : null));
    }
  }

  /** What Record=true has kept; null: nothing. */
  private static @Nullable RecordingFacts recording(StepContext context) {
    return context.recordings().stream()
        .filter(r -> r.source() == RecordingSource.OUTBOUND_API && r.worthKeeping())
        .findFirst()
        .map(r -> new RecordingFacts(r.sid(), r.seconds()))
        .orElse(null);
  }
}
