package dev.ringback.call.machine;

import dev.ringback.call.CallInput;
import dev.ringback.call.StepContext;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;

/** The end of a callback whose answer is not run: the Debugger hears what was wrong with it. */
final class DeliveredCallbacks {
  private DeliveredCallbacks() {}

  static void check(StepContext context, CallInput.Landed landed) {
    String problem = landed.landing().problem();
    if (problem == null && isUntyped(landed)) {
      problem = "Response does not contain content type; answer 204, or set one";
    }
    if (problem == null) {
      return;
    }
    String message =
        "the %s callback to %s: %s%s"
            .formatted(
                landed.kind().wireName(),
                landed.target().shown(),
                problem,
                context.leg().ended() ? "" : "; the call goes on");
    if (landed.kind() == RequestKind.DEBUGGER) {
      context.raiseOurs(Level.WARNING, message); // or it would be told of itself
    } else {
      context.raise(
          landed.kind() == RequestKind.SESSION_STATUS
              ? TwilioError.CONVERSATION_STATUS_CALLBACK_FAILED
              : TwilioError.STATUS_CALLBACK_FAILED,
          message,
          landed.target().shown());
    }
  }

  /** Whether a body was promised and its type was not told; Twilio's Debugger minds. */
  private static boolean isUntyped(CallInput.Landed landed) {
    return landed.kind() != RequestKind.DEBUGGER
        && landed.landing() instanceof Landing.Answered answered
        && answered.successful()
        && answered.status() != 204
        && answered.contentType() == null;
  }
}
