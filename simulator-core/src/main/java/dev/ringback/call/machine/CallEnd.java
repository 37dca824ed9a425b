package dev.ringback.call.machine;

import dev.ringback.call.Call;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState;
import dev.ringback.call.CallState.AwaitedDocument;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.CallState.Ended;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep.Next.Action;
import dev.ringback.twiml.CallProgressEvent;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import org.jspecify.annotations.Nullable;

/** The end of a call: its leg ends, its last request is made, its status callback is told. */
final class CallEnd {
  private CallEnd() {}

  static CallState end(StepContext context, CallStatus status, String why) {
    context.endLeg(status, why);
    return afterwards(context, null);
  }

  /** The call's own party has left the line. */
  static CallState left(
      StepContext context, CallInput input, @Nullable AwaitedDocument lastRequest) {
    context.endLeg(input.statusOfLeft(context.leg()), input.whyLeft());
    return afterwards(context, lastRequest);
  }

  /** After the end of the call: its last request first, then the number's status callback. */
  static CallState afterwards(StepContext context, @Nullable AwaitedDocument lastRequest) {
    if (lastRequest == null) {
      report(context);
    }
    return new Ended(lastRequest);
  }

  /**
   * A request that is made although the caller has gone; its answer is checked and not run.
   *
   * @return null: it is not made
   */
  static @Nullable AwaitedDocument lastRequest(StepContext context, @Nullable Action action) {
    return action == null
            || context.documents() >= Call.MAX_DOCUMENTS
            || action.target().url().isEmpty()
            || (context.isTearingDown() && !asksOnRedirect(context, action.kind()))
        ? null
        : context.request(action.kind(), action.target(), action.extra(), DocumentRole.CALL);
  }

  /** Measured for Dial and Enqueue; for Connect it is a guess. A Gather or Record just ends. */
  private static boolean asksOnRedirect(StepContext context, RequestKind kind) {
    return kind == RequestKind.DIAL
        || kind == RequestKind.ENQUEUE
        || (kind == RequestKind.ACTION && context.behaviour().sessions().redirectAsksAction());
  }

  private static void report(StepContext context) {
    Target callback = context.urls().statusCallback();
    if (context.isTearingDown()) {
      return;
    }
    if (context.options() != null) {
      OutboundCall.report(context, CallProgressEvent.COMPLETED);
    } else if (callback != null) {
      context.send(
          new AppRequest.CallStatusReport(
              context.nextExchange(),
              RequestKind.CALL_STATUS,
              callback,
              context.account(),
              context.leg(),
              context.parameters(),
              0,
              context.now(),
              null));
    }
  }
}
