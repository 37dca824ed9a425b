package dev.ringback.call.verb;

import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.CallState.Leaving;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.CallStatus;

/** {@code <Hangup>}: the call ends (docs/voice/twiml/hangup). */
public final class HangupVerb {
  private HangupVerb() {}

  public static VerbStep begin(StepContext context, Cursor cursor, Verb.Hangup verb) {
    context.starts(verb, "", null);
    if (cursor.role() != DocumentRole.CALL) {
      return VerbStep.goesOn(new Leaving(true));
    }
    context.answer();
    return VerbStep.hangUp(CallStatus.COMPLETED, "<Hangup>");
  }
}
