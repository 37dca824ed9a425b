package dev.ringback.call.machine;

import dev.ringback.call.Alarm;
import dev.ringback.call.ApiCallOptions;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.CallState.Outgoing;
import dev.ringback.call.Recorder;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.twiml.CallProgressEvent;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Act;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Cue;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Recording;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.SessionOutcome.RecordingFacts;
import dev.ringback.voice.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of the REST API until its first document: it leaves the queue, rings, is answered or not,
 * and tells its status callback (docs/voice/api/call-resource).
 */
final class OutboundCall {
  /** What detection of answering machines finds: parties are people. */
  static final String HUMAN = "human";

  /** How long it takes to find that. */
  private static final Duration DETECTION = Duration.ofMillis(2_400);

  private OutboundCall() {}

  /** The call leaves the queue. */
  static CallState begin(StepContext context, ApiCallOptions options) {
    context.change(CallStatus.INITIATED);
    report(context, CallProgressEvent.INITIATED);
    context.tellOwnParty(new Cue.Dialled());
    return new Outgoing(context.wake(options.timeout(), Alarm.RingTimeout::new));
  }

  /** The call is over before it left the queue: nobody is told. */
  static CallState cancelQueued(StepContext context) {
    context.endLeg(CallStatus.CANCELED, "the API cancelled the call in the queue");
    return new CallState.Ended(null);
  }

  static VerbStep step(
      StepContext context, ApiCallOptions options, Outgoing state, CallInput input) {
    Leg leg = context.leg();
    if (input.wakes(leg, state.timeout())) {
      return VerbStep.hangUp(CallStatus.NO_ANSWER, "nobody answered in time");
    }
    if (input instanceof CallInput.EndedByApi ended && ended.leg().equals(leg.sid())) {
      return VerbStep.hangUp(CallStatus.CANCELED, "the API ended the call");
    }
    return switch (input.actOf(leg.sid())) {
      case Act.Ring ring -> {
        if (leg.status() == CallStatus.INITIATED) {
          context.change(CallStatus.RINGING);
          report(context, CallProgressEvent.RINGING);
          context.tellOwnParty(new Cue.Ringing());
        }
        yield VerbStep.goesOn(state);
      }
      case Act.Answer answer -> {
        if (leg.status() != CallStatus.RINGING) {
          yield VerbStep.goesOn(state);
        }
        answered(context, options);
        yield VerbStep.nextVerb();
      }
      case Act.Busy busy -> VerbStep.hangUp(CallStatus.BUSY, "the called party is busy");
      case Act.Decline decline -> VerbStep.hangUp(CallStatus.BUSY, "the called party declined");
      case Act.Unreachable unreachable ->
          VerbStep.hangUp(CallStatus.FAILED, "the called party is unreachable");
      case Act.HangUp hangUp -> VerbStep.goesOn(state);
      case Act.Press press -> VerbStep.goesOn(state);
      case Act.Talk talk -> VerbStep.goesOn(state);
      case Act.Speak speak -> VerbStep.goesOn(state);
      case null -> VerbStep.goesOn(state);
    };
  }

  /** Digits go to the party that answered, and only then the first document is asked for. */
  static Cursor opening(StepContext context, ApiCallOptions options) {
    List<Verb> verbs =
        options.sendDigits() == null
            ? List.of()
            : List.of(new Verb.Play("", 1, options.sendDigits(), null));
    return new Cursor(context.urls().voice(), verbs, -1, DocumentRole.OPENING);
  }

  private static void answered(StepContext context, ApiCallOptions options) {
    context.answer();
    report(context, CallProgressEvent.ANSWERED);
    Target line = context.urls().voice();
    if (options.recording().mode().records()) {
      Recorder.start(
          context,
          Recording.Plan.of(
              RecordingSource.OUTBOUND_API, Recording.Scope.CALL, line, options.recording()));
    }
    if (options.timeLimit() != null) {
      context.limit(options.timeLimit());
    }
    ApiCallOptions.Detection detection = options.detection();
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
  }

  /** Tells the status callback, if it wants to know. */
  static void report(StepContext context, CallProgressEvent event) {
    Target callback = context.urls().statusCallback();
    ApiCallOptions options = context.options();
    if (callback != null && options != null && options.events().contains(event)) {
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
