package dev.ringback.call.verb;

import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.InSession;
import dev.ringback.call.DirectoryAnswer;
import dev.ringback.call.DirectoryQuestion;
import dev.ringback.call.Session;
import dev.ringback.call.SessionState.AwaitingWorker;
import dev.ringback.call.SessionState.Creating;
import dev.ringback.call.SessionState.Dialling;
import dev.ringback.call.SessionState.LookingUp;
import dev.ringback.call.SessionState.Ringing;
import dev.ringback.call.SessionState.Talking;
import dev.ringback.call.SessionState.Whispering;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.id.ClientAddress;
import dev.ringback.id.Sid;
import dev.ringback.twiml.Finding;
import dev.ringback.twiml.Noun.Conversation;
import dev.ringback.twiml.Noun.InvalidConversation;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb.Connect;
import dev.ringback.voice.Act;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Result;
import dev.ringback.voice.SessionOutcome;
import dev.ringback.voice.Urls;

/**
 * A {@code <Connect><Conversation>} session from the reading of its attributes to its outcome:
 * {@link SessionConversation} looks up, creates and waits for a worker; {@link SessionDial} dials,
 * rings, lets the called party hear {@code url}, and connects the two.
 */
public final class ConnectConversation {
  /** The parameter with which the Frontline app names the conversation it calls from. */
  static final String CONVERSATION_SID = "ConversationSid";

  private final SessionDial dials;

  public ConnectConversation(NestedDocuments documents) {
    this.dials = new SessionDial(documents);
  }

  public VerbStep begin(StepContext context, Cursor cursor, Connect verb, Conversation noun) {
    starts(context, verb);
    Session.Beginning beginning = new Session.Beginning(cursor, verb, noun, isWorker(context));
    String recordingCallback = noun.recording().callback().url();
    if (recordingCallback != null
        && !Urls.isAbsoluteHttp(recordingCallback)
        && !context.behaviour().recordings().relativeRecordingStatusCallback()) {
      context.raise(
          TwilioError.CONVERSATION_INVALID_ATTRIBUTES,
          "recordingStatusCallback must be an absolute URL, not '" + recordingCallback + "'");
      return invalid(context, cursor, verb);
    }
    context.note(
        new CallEvent.SessionStarted(noun.serviceInstanceSid(), beginning.workerInitiated()));
    int question = context.ask(lookUp(context, noun, beginning.workerInitiated()));
    return goesOn(Session.begun(beginning, new LookingUp(question)));
  }

  /** The attributes are wrong beyond repair, so that there is no session. */
  public static VerbStep begin(
      StepContext context, Cursor cursor, Connect verb, InvalidConversation noun) {
    starts(context, verb);
    Finding problem = noun.problem();
    context.raise(
        TwilioError.CONVERSATION_INVALID_ATTRIBUTES,
        "line %d, column %d: %s".formatted(problem.line(), problem.column(), problem.message()));
    return invalid(context, cursor, verb);
  }

  private static void starts(StepContext context, Connect verb) {
    context.answer();
    context.starts(verb, "", null);
  }

  private static VerbStep invalid(StepContext context, Cursor cursor, Connect verb) {
    return SessionEnd.over(
        context,
        cursor,
        verb,
        SessionOutcome.undialled(Result.INTERNAL_ERROR, isWorker(context)),
        false,
        "the attributes of <Conversation> are wrong");
  }

  private static boolean isWorker(StepContext context) {
    return ClientAddress.is(context.leg().from());
  }

  private static DirectoryQuestion lookUp(
      StepContext context, Conversation noun, boolean workerInitiated) {
    Leg leg = context.leg();
    return workerInitiated
        ? new DirectoryQuestion.FindForWorker(
            noun.serviceInstanceSid(),
            ClientAddress.identity(leg.from()),
            context.parameters().get(CONVERSATION_SID))
        : new DirectoryQuestion.FindPair(noun.serviceInstanceSid(), leg.from(), leg.to());
  }

  public VerbStep step(StepContext context, InSession state, CallInput input) {
    Session session = state.session();
    if (callerLeaves(context, input)) {
      return callerGone(context, session, input.whyLeft());
    }
    return switch (session.state()) {
      case LookingUp s ->
          input instanceof CallInput.Told(int question, DirectoryAnswer.Lookup answer)
                  && question == s.question()
              ? SessionConversation.lookedUp(context, session, answer)
              : goesOn(session);
      case Creating s ->
          input instanceof CallInput.Told(int question, DirectoryAnswer.Creation answer)
                  && question == s.question()
              ? SessionConversation.created(context, session, answer)
              : goesOn(session);
      case AwaitingWorker s -> SessionConversation.awaitingWorker(context, session, s, input);
      case Dialling s -> dials.dialling(context, session, s, input);
      case Ringing s -> dials.ringing(context, session, s, input);
      case Whispering s -> dials.whispering(context, session, s, input);
      case Talking s -> SessionDial.talking(context, session, s, input);
    };
  }

  private static boolean callerLeaves(StepContext context, CallInput input) {
    Sid own = context.leg().sid();
    return input.actOf(own) instanceof Act.HangUp
        || (input instanceof CallInput.EndedByApi ended
            && ended.leg().equals(own)
            && !ended.cancel());
  }

  private static VerbStep callerGone(StepContext context, Session session, String who) {
    return switch (session.state()) {
      case LookingUp s -> goneBeforeDialling(context, session, who);
      case Creating s -> goneBeforeDialling(context, session, who);
      case AwaitingWorker s -> goneBeforeDialling(context, session, who);
      case Dialling s ->
          SessionDial.close(
              context, session, s.leg(), context.behaviour().dialledLegs().callerGone(), true, who);
      case Ringing s ->
          SessionDial.close(
              context, session, s.leg(), context.behaviour().dialledLegs().callerGone(), true, who);
      case Whispering s ->
          SessionDial.close(
              context,
              session,
              s.called().sid(),
              context.behaviour().dialledLegs().callerGone(),
              true,
              who);
      case Talking s ->
          SessionDial.close(context, session, s.leg(), DialCallStatus.COMPLETED, true, who);
    };
  }

  private static VerbStep goneBeforeDialling(StepContext context, Session session, String why) {
    return SessionEnd.over(
        context,
        session.beginning().cursor(),
        session.beginning().verb(),
        SessionOutcome.undialled(
            context.behaviour().sessions().callerGoneUndialled(), session.workerInitiated()),
        true,
        why);
  }

  private static VerbStep goesOn(Session session) {
    return VerbStep.goesOn(new InSession(session));
  }
}
