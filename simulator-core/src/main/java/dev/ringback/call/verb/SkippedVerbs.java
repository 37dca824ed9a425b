package dev.ringback.call.verb;

import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.StepContext;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;

/**
 * Which verbs are passed over: those that are not emulated, or not for the document they are in.
 */
public final class SkippedVerbs {
  private SkippedVerbs() {}

  /** Whether the verb at that place is passed over: not emulated, or not for this document. */
  public static boolean isSkipped(StepContext context, Cursor cursor) {
    Verb verb = cursor.verbs().get(cursor.index());
    if (cursor.role() == DocumentRole.CONFERENCE && isBannedFromConferences(verb)) {
      context.raise(
          TwilioError.CONFERENCE_INVALID_WAIT_VERB,
          "<%s> is not allowed in the wait document of a conference; it is skipped"
              .formatted(verb.name()),
          cursor.document().shown());
      return true;
    }
    return switch (verb) {
      case Verb.NotEmulated missing -> true;
      case Verb.Refer refer -> {
        if (!context.leg().from().startsWith("sip:")) {
          context.raise(
              TwilioError.REFER_ON_NON_SIP_LEG,
              "<Refer> is allowed on SIP calls only; it is skipped",
              cursor.document().shown());
        } else {
          context.raiseOurs(Level.WARNING, "<Refer> is not emulated; it is skipped");
        }
        yield true;
      }
      case Verb.Dial dial -> {
        boolean called = context.isCalledLeg();
        if (called) {
          context.raise(
              TwilioError.DIAL_FROM_DIALED_CALL,
              "<Dial> is not allowed in the document of a called leg; it is skipped",
              cursor.document().shown());
        }
        yield called || isNotForThisDocument(context, cursor, verb);
      }
      case Verb.Leave leave -> {
        boolean waits = cursor.role() == DocumentRole.QUEUE;
        if (!waits) {
          context.raise(
              TwilioError.SCHEMA_VALIDATION_WARNING,
              "<Leave> has a meaning while the call waits in a queue only; it is skipped",
              cursor.document().shown());
        }
        yield !waits;
      }
      case Verb.Record record -> isNotForThisDocument(context, cursor, verb);
      case Verb.Reject reject -> isNotForThisDocument(context, cursor, verb);
      case Verb.Connect connect -> isNotForThisDocument(context, cursor, verb);
      case Verb.Enqueue enqueue -> isNotForThisDocument(context, cursor, verb);
      case Verb.Start start -> isNotForThisDocument(context, cursor, verb);
      case Verb.Stop stop -> isNotForThisDocument(context, cursor, verb);
      case Verb.Prompt prompt -> false;
      case Verb.Gather gather -> false;
      case Verb.Redirect redirect -> false;
      case Verb.Hangup hangup -> false;
    };
  }

  /** Error dictionary, 13238. */
  private static boolean isBannedFromConferences(Verb verb) {
    return verb instanceof Verb.Dial
        || verb instanceof Verb.Gather
        || verb instanceof Verb.Hangup
        || verb instanceof Verb.Record;
  }

  /**
   * What a called leg may run (docs/voice/twiml/number, "url"), and a call that waits
   * (docs/voice/twiml/enqueue, "waitUrl").
   */
  private static boolean isNotForThisDocument(StepContext context, Cursor cursor, Verb verb) {
    boolean waits = cursor.role() != DocumentRole.CALL;
    if (context.isCalledLeg() || waits) {
      context.raise(
          TwilioError.SCHEMA_VALIDATION_WARNING,
          "<%s> is not allowed in %s; it is skipped"
              .formatted(
                  verb.name(),
                  waits ? "a document heard while a call waits" : "the document of a called leg"),
          cursor.document().shown());
      return true;
    }
    return false;
  }
}
