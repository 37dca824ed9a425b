package dev.ringback.call.verb;

import dev.ringback.call.CallInput;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.Dialling;
import dev.ringback.call.CallState.DiallingQueue;
import dev.ringback.call.CallState.Gathering;
import dev.ringback.call.CallState.InConference;
import dev.ringback.call.CallState.InQueue;
import dev.ringback.call.CallState.InSession;
import dev.ringback.call.CallState.InVerb;
import dev.ringback.call.CallState.RecordingMessage;
import dev.ringback.call.CallState.Speaking;
import dev.ringback.call.CallState.Streaming;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.twiml.Noun;
import dev.ringback.twiml.Verb;

/**
 * Which file runs which verb; a verb that is added gets a line in {@link #begin}, and one in {@link
 * #step} if it takes time.
 */
public final class Verbs {
  private final ConnectConversation sessions;
  private final DialParties parties;
  private final DialConference conferences;
  private final DialQueue queues;
  private final DialVerb dials;
  private final EnqueueVerb enqueues;

  /**
   * @param documents runs documents within verbs
   */
  public Verbs(NestedDocuments documents) {
    this.sessions = new ConnectConversation(documents);
    this.parties = new DialParties(documents);
    this.conferences = new DialConference(new WaitDocuments(documents));
    this.queues = new DialQueue();
    this.dials = new DialVerb(parties, conferences, queues);
    this.enqueues = new EnqueueVerb(new WaitDocuments(documents));
  }

  /** The verb under the cursor begins. */
  public VerbStep begin(StepContext context, Cursor cursor, Verb verb) {
    return switch (verb) {
      case Verb.Prompt prompt -> PromptVerb.begin(context, cursor, prompt);
      case Verb.Gather gather -> GatherVerb.begin(context, cursor, gather);
      case Verb.Record record -> RecordVerb.begin(context, cursor, record);
      case Verb.Redirect redirect -> RedirectVerb.begin(context, cursor, redirect);
      case Verb.Reject reject -> RejectVerb.begin(context, reject);
      case Verb.Hangup hangup -> HangupVerb.begin(context, cursor, hangup);
      case Verb.Connect connect -> connect(context, cursor, connect);
      case Verb.Dial dial -> dials.begin(context, cursor, dial);
      case Verb.Enqueue enqueue -> enqueues.begin(context, cursor, enqueue);
      case Verb.Leave leave -> LeaveVerb.begin(context, leave);
      case Verb.Start start -> StartStop.start(context, cursor, start);
      case Verb.Stop stop -> StartStop.stop(context, cursor, stop);
      case Verb.Refer refer -> VerbStep.nextVerb(); // passed over before
      case Verb.NotEmulated missing -> VerbStep.nextVerb(); // passed over before
    };
  }

  private VerbStep connect(StepContext context, Cursor cursor, Verb.Connect verb) {
    return switch (verb.noun()) {
      case Noun.Stream noun -> ConnectStream.begin(context, cursor, verb, noun);
      case Noun.Conversation noun -> sessions.begin(context, cursor, verb, noun);
      case Noun.InvalidConversation noun -> ConnectConversation.begin(context, cursor, verb, noun);
    };
  }

  /** What becomes of the verb that runs. */
  public VerbStep step(StepContext context, InVerb state, CallInput input) {
    return switch (state) {
      case Speaking s -> PromptVerb.step(context, s, input);
      case Gathering s -> GatherVerb.step(context, s, input);
      case RecordingMessage s -> RecordVerb.step(context, s, input);
      case InSession s -> sessions.step(context, s, input);
      case Streaming s -> ConnectStream.step(context, s, input);
      case Dialling s -> parties.step(context, s, input);
      case InConference s -> conferences.step(context, s, input);
      case DiallingQueue s -> queues.step(context, s, input);
      case InQueue s -> enqueues.step(context, s, input);
    };
  }
}
