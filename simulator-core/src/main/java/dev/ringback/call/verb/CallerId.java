package dev.ringback.call.verb;

import dev.ringback.call.StepContext;
import dev.ringback.twiml.DialNoun;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Target;

/** The number that a {@code <Dial>} shows to a phone (docs/voice/twiml/dial, "callerId"). */
final class CallerId {
  private CallerId() {}

  /** Whether the party may be called; the Debugger is told why it may not. */
  static boolean allows(
      StepContext context, Target document, Verb.Dial verb, DialNoun.Party party) {
    boolean unusable = isUnusable(context, verb, party);
    if (unusable) {
      context.raise(
          TwilioError.DIAL_UNUSABLE_FROM,
          "<Dial>: '%s' cannot call %s; set callerId to a number of the account's"
              .formatted(context.leg().from(), party.address()),
          document.shown());
    }
    boolean foreign = isForeign(context, verb, party);
    if (foreign) {
      context.raise(
          TwilioError.DIAL_INVALID_CALLER_ID,
          ("<Dial>: callerId '%s' is neither the calling nor the called number, nor one of the"
                  + " account's, nor verified (account.callerIds); %s is not called")
              .formatted(verb.callerId(), party.address()),
          document.shown());
    }
    return !unusable && !foreign;
  }

  /** A phone can be shown numbers only (dictionary, 13247). */
  private static boolean isUnusable(StepContext context, Verb.Dial verb, DialNoun.Party party) {
    return party instanceof DialNoun.Number
        && verb.callerId() == null
        && !context.leg().from().startsWith("+");
  }

  /** A phone is shown numbers that are known to be the account's only (dictionary, 13214). */
  private static boolean isForeign(StepContext context, Verb.Dial verb, DialNoun.Party party) {
    String callerId = verb.callerId();
    return party instanceof DialNoun.Number && callerId != null && !context.mayShow(callerId);
  }
}
