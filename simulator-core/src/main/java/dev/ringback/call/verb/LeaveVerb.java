package dev.ringback.call.verb;

import dev.ringback.call.CallState.Leaving;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.twiml.Verb;

/** {@code <Leave>}: the call leaves the queue it waits in (docs/voice/twiml/leave). */
public final class LeaveVerb {
  private LeaveVerb() {}

  public static VerbStep begin(StepContext context, Verb.Leave verb) {
    context.starts(verb, "", null);
    return VerbStep.goesOn(new Leaving(false));
  }
}
