package dev.ringback.call;

import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import org.jspecify.annotations.Nullable;

/** What becomes of a verb by an input: it goes on, or it is done. */
public sealed interface VerbStep {

  /** The verb goes on, in that state. */
  record GoesOn(CallState state) implements VerbStep {}

  /** The verb is done. */
  record Done(Next next) implements VerbStep {}

  /** What follows a verb. */
  sealed interface Next {

    /** The next verb of the document. */
    record NextVerb() implements Next {}

    /** A request to the verb's {@code action}, whose answer is the next document. */
    record Action(RequestKind kind, Target target, Extra extra) implements Next {}

    /**
     * The end of the call.
     *
     * @param why a sentence
     * @param last a request that the verb owes its {@code action} all the same; its answer is
     *     checked and not run; null: none
     */
    record HangUp(CallStatus status, String why, @Nullable Action last) implements Next {}
  }

  static VerbStep goesOn(CallState state) {
    return new GoesOn(state);
  }

  static VerbStep nextVerb() {
    return new Done(new Next.NextVerb());
  }

  /**
   * The action is requested, if the verb has one; otherwise the next verb follows.
   *
   * @param action null: none
   */
  static VerbStep done(Next.@Nullable Action action) {
    return action == null ? nextVerb() : new Done(action);
  }

  static VerbStep hangUp(CallStatus status, String why) {
    return new Done(new Next.HangUp(status, why, null));
  }

  /**
   * The call's own party has left the line.
   *
   * @param input by which it left
   * @param last what the verb owes its {@code action}; null: nothing
   */
  static VerbStep left(StepContext context, CallInput input, Next.@Nullable Action last) {
    return new Done(new Next.HangUp(input.statusOfLeft(context.leg()), input.whyLeft(), last));
  }

  /** The call's own party has left the line. */
  static VerbStep left(StepContext context, CallInput input) {
    return left(context, input, null);
  }
}
