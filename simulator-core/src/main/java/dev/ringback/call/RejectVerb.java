package dev.ringback.call;

import dev.ringback.twiml.Verb;

/** {@code <Reject>}: the call ends, unanswered if it was not answered (docs/voice/twiml/reject). */
final class RejectVerb {
  private RejectVerb() {}

  static VerbStep begin(StepContext context, Verb.Reject verb) {
    context.starts(verb, verb.busy() ? "busy" : "rejected", null);
    if (context.leg().answered()) {
      return VerbStep.hangUp(CallStatus.COMPLETED, "<Reject> on a call that was answered");
    }
    return VerbStep.hangUp(verb.busy() ? CallStatus.BUSY : CallStatus.NO_ANSWER, "<Reject>");
  }
}
