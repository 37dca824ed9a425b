package dev.ringback.call;

import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.CallState.Leaving;
import dev.ringback.twiml.Verb;

/** {@code <Hangup>}: the call ends (docs/voice/twiml/hangup). */
final class HangupVerb {
  private HangupVerb() {}

  static VerbStep begin(StepContext context, Cursor cursor, Verb.Hangup verb) {
    context.starts(verb, "", null);
    if (cursor.role() != DocumentRole.CALL) {
      return VerbStep.goesOn(new Leaving(true));
    }
    context.answer();
    return VerbStep.hangUp(CallStatus.COMPLETED, "<Hangup>");
  }
}
