package dev.ringback.call;

import dev.ringback.call.CallState.Leaving;
import dev.ringback.twiml.Verb;

/** {@code <Leave>}: the call leaves the queue it waits in (docs/voice/twiml/leave). */
final class LeaveVerb {
  private LeaveVerb() {}

  static VerbStep begin(StepContext context, Verb.Leave verb) {
    context.starts(verb, "", null);
    return VerbStep.goesOn(new Leaving(false));
  }
}
