package dev.ringback.call.verb;

import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.CallStatus;

/** {@code <Reject>}: the call ends, unanswered if it was not answered (docs/voice/twiml/reject). */
public final class RejectVerb {
  private RejectVerb() {}

  public static VerbStep begin(StepContext context, Verb.Reject verb) {
    context.starts(verb, verb.busy() ? "busy" : "rejected", null);
    if (context.leg().answered()) {
      return VerbStep.hangUp(CallStatus.COMPLETED, "<Reject> on a call that was answered");
    }
    return VerbStep.hangUp(verb.busy() ? CallStatus.BUSY : CallStatus.NO_ANSWER, "<Reject>");
  }
}
