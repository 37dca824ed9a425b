package dev.ringback.call.verb;

import dev.ringback.call.Behaviour;
import dev.ringback.call.CallEvent;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.Session;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.call.VerbStep.Next.Action;
import dev.ringback.call.VerbStep.Next.HangUp;
import dev.ringback.twiml.Verb.Connect;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Result;
import dev.ringback.voice.SessionOutcome;

/**
 * The end of a {@code <Conversation>} session, however it came: its action is requested, or the
 * next verb follows (page: "action").
 */
final class SessionEnd {
  private SessionEnd() {}

  /**
   * The end of a session that dialled nobody.
   *
   * @param why a sentence
   */
  static VerbStep undialled(StepContext context, Session session, Result result, String why) {
    return over(
        context,
        session.beginning().cursor(),
        session.beginning().verb(),
        SessionOutcome.undialled(result, session.workerInitiated()),
        false,
        why);
  }

  /**
   * @param callerGone whether the caller's leg ends with the session
   * @param why a sentence
   */
  static VerbStep over(
      StepContext context,
      Cursor cursor,
      Connect verb,
      SessionOutcome outcome,
      boolean callerGone,
      String why) {
    context.note(new CallEvent.SessionEnded(outcome, why));
    Action action =
        asks(context, cursor, verb, outcome.result())
            ? new Action(
                RequestKind.ACTION,
                cursor.target(verb.action(), verb.method()),
                new Extra.Session(outcome))
            : null;
    return callerGone
        ? new VerbStep.Done(new HangUp(CallStatus.COMPLETED, why, action))
        : VerbStep.done(action);
  }

  /** Whether a document follows the session; otherwise the verbs after it do, or the end. */
  private static boolean asks(StepContext context, Cursor cursor, Connect verb, Result result) {
    boolean current = verb.action() == null || verb.action().isEmpty();
    if (current && cursor.document().url().isEmpty()) {
      return false; // TwiML that came with a request of the REST API has no address to ask again
    }
    // A rejected caller is not asked about again: "without any [TwiML] the call ends".
    return verb.action() != null
        || (context.behaviour().sessions().connectActionDefault()
                == Behaviour.ConnectActionDefault.CURRENT_DOCUMENT
            && result != Result.NO_EXISTING_CONVERSATION
            && cursor.rest().isEmpty());
  }
}
