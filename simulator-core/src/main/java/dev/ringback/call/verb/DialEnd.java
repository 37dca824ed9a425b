package dev.ringback.call.verb;

import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.call.VerbStep.Next.Action;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.DialOutcome;
import dev.ringback.voice.RequestKind;
import org.jspecify.annotations.Nullable;

/** The end of a {@code <Dial>}, whatever its nouns (docs/voice/twiml/dial, "action"). */
final class DialEnd {
  private DialEnd() {}

  /**
   * The Dial is over: its action is requested, if it has one, or the next verb follows.
   *
   * @param goneBy by which the caller left the line; null: the call goes on
   * @param why a sentence
   */
  static VerbStep over(
      StepContext context,
      Cursor cursor,
      Verb.Dial verb,
      DialOutcome outcome,
      @Nullable CallInput goneBy,
      String why) {
    context.note(new CallEvent.DialEnded(outcome, why));
    Action action =
        verb.action() == null
            ? null
            : new Action(
                RequestKind.DIAL,
                cursor.target(verb.action(), verb.method()),
                new Extra.Dialled(outcome));
    return goneBy == null ? VerbStep.done(action) : VerbStep.left(context, goneBy, action);
  }
}
