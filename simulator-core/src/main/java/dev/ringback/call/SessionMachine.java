package dev.ringback.call;

import dev.ringback.call.Recorder.Order;
import dev.ringback.call.SessionOutcome.RecordingFacts;
import dev.ringback.call.SessionState.AwaitingWorker;
import dev.ringback.call.SessionState.Creating;
import dev.ringback.call.SessionState.Dialling;
import dev.ringback.call.SessionState.LookingUp;
import dev.ringback.call.SessionState.Ringing;
import dev.ringback.call.SessionState.Talking;
import dev.ringback.call.SessionState.Whispering;
import dev.ringback.call.Sound.Voice;
import dev.ringback.id.Sid;
import dev.ringback.twiml.Finding;
import dev.ringback.twiml.Noun;
import dev.ringback.twiml.Noun.Conversation;
import dev.ringback.twiml.Noun.InvalidConversation;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.SessionEvent;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;
import dev.ringback.twiml.Verb.Connect;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A {@code <Connect><Conversation>} session from the reading of its attributes to its outcome: look
 * up, create, wait for a worker, dial, ring, let the called party hear {@code url}, talk.
 */
final class SessionMachine {
  /** How the platform names a worker's device. */
  static final String CLIENT = "client:";

  /** The parameter with which the Frontline app names the conversation it calls from. */
  static final String CONVERSATION_SID = "ConversationSid";

  private final CallMachine calls;

  /**
   * @param calls runs the document of {@code url} on the called leg
   */
  SessionMachine(CallMachine calls) {
    this.calls = calls;
  }

  /** What a step of a session comes to. */
  sealed interface SessionStep {
    record Going(Session session) implements SessionStep {}

    /**
     * @param callerGone whether the caller's leg ends with the session
     * @param why a sentence
     */
    record Over(SessionOutcome outcome, boolean callerGone, String why) implements SessionStep {}
  }

  // Reading

  SessionStep start(StepContext context, Target document, Connect verb) {
    return switch (verb.noun()) {
      case InvalidConversation invalid -> invalid(context, invalid.problem());
      case Noun.Stream stream -> throw new IllegalStateException("a stream is no session");
      case Conversation noun -> start(context, document, noun);
    };
  }

  private SessionStep invalid(StepContext context, Finding problem) {
    context.raise(
        TwilioError.CONVERSATION_INVALID_ATTRIBUTES,
        "line %d, column %d: %s".formatted(problem.line(), problem.column(), problem.message()));
    return over(
        isWorker(context), Result.INTERNAL_ERROR, "the attributes of <Conversation> are wrong");
  }

  private SessionStep start(StepContext context, Target document, Conversation noun) {
    boolean workerInitiated = isWorker(context);
    String recordingCallback = noun.recordingStatusCallback();
    if (recordingCallback != null
        && !Urls.isAbsoluteHttp(recordingCallback)
        && !context.behaviour().relativeRecordingStatusCallback()) {
      context.raise(
          TwilioError.CONVERSATION_INVALID_ATTRIBUTES,
          "recordingStatusCallback must be an absolute URL, not '" + recordingCallback + "'");
      return over(
          workerInitiated, Result.INTERNAL_ERROR, "the attributes of <Conversation> are wrong");
    }
    context.note(new CallEvent.SessionStarted(noun.serviceInstanceSid(), workerInitiated));
    int question = context.ask(lookUp(context, noun, workerInitiated));
    return going(
        new Session(noun, document, workerInitiated, null, 0, null, new LookingUp(question)));
  }

  private static boolean isWorker(StepContext context) {
    return context.leg().from().startsWith(CLIENT);
  }

  private static DirectoryQuestion lookUp(
      StepContext context, Conversation noun, boolean workerInitiated) {
    Leg leg = context.leg();
    return workerInitiated
        ? new DirectoryQuestion.FindForWorker(
            noun.serviceInstanceSid(),
            leg.from().substring(CLIENT.length()),
            context.parameters().get(CONVERSATION_SID))
        : new DirectoryQuestion.FindPair(noun.serviceInstanceSid(), leg.from(), leg.to());
  }

  // Phases

  SessionStep step(StepContext context, Session session, CallInput input) {
    if (callerLeaves(context, input)) {
      return callerGone(context, session, input instanceof CallInput.EndedByApi);
    }
    return switch (session.state()) {
      case LookingUp s ->
          input instanceof CallInput.Told(int question, DirectoryAnswer.Lookup answer)
                  && question == s.question()
              ? lookedUp(context, session, answer)
              : going(session);
      case Creating s ->
          input instanceof CallInput.Told(int question, DirectoryAnswer.Creation answer)
                  && question == s.question()
              ? created(context, session, answer)
              : going(session);
      case AwaitingWorker s -> awaitingWorker(context, session, s, input);
      case Dialling s -> dialling(context, session, s, input);
      case Ringing s -> ringing(context, session, s, input);
      case Whispering s -> whispering(context, session, s, input);
      case Talking s -> talking(context, session, s, input);
    };
  }

  private static boolean callerLeaves(StepContext context, CallInput input) {
    Sid own = context.leg().sid();
    return CallMachine.actOf(input, own) instanceof Act.HangUp
        || (input instanceof CallInput.EndedByApi ended
            && ended.leg().equals(own)
            && !ended.cancel());
  }

  private SessionStep lookedUp(
      StepContext context, Session session, DirectoryAnswer.Lookup answer) {
    Conversation noun = session.noun();
    return switch (answer) {
      case DirectoryAnswer.UnknownService unknown -> {
        context.raise(
            TwilioError.CONVERSATION_SERVICE_FAILURE,
            "The account has no Conversations Service %s; check serviceInstanceSid"
                .formatted(noun.serviceInstanceSid()));
        yield over(session.workerInitiated(), Result.INTERNAL_ERROR, "the service is unknown");
      }
      case DirectoryAnswer.Broken broken -> {
        context.raise(TwilioError.CONVERSATION_SERVICE_FAILURE, broken.reason());
        yield over(session.workerInitiated(), Result.INTERNAL_ERROR, broken.reason());
      }
      case DirectoryAnswer.NoConversation none -> {
        if (!noun.inboundAutocreation()) {
          yield over(
              false,
              Result.NO_EXISTING_CONVERSATION,
              "the caller is in no conversation and inboundAutocreation is false");
        }
        Leg leg = context.leg();
        yield going(
            session.in(
                new Creating(
                    context.ask(
                        new DirectoryQuestion.Create(
                            noun.serviceInstanceSid(), leg.from(), leg.to())))));
      }
      case DirectoryAnswer.Found found -> {
        context.note(new CallEvent.ConversationChosen(found.conversation(), false, found.worker()));
        if (found.worker() == null) {
          context.raise(
              TwilioError.CONVERSATION_WITHOUT_WORKER,
              "Conversation %s has no worker; add one, or delete it"
                  .formatted(found.conversation()));
          yield over(
              false,
              context.behaviour().conversationWithoutWorker(),
              "the conversation found has no worker");
        }
        yield dial(
            context,
            session.about(found.conversation()),
            context.leg().from(),
            CLIENT + found.worker(),
            noun.inboundTimeout());
      }
      case DirectoryAnswer.Awaiting awaiting -> {
        context.note(new CallEvent.ConversationChosen(awaiting.conversation(), false, null));
        yield going(
            awaitingWorker(
                context,
                session.about(awaiting.conversation()),
                awaiting.since().plus(noun.routingAssignmentTimeout())));
      }
      case DirectoryAnswer.FoundForWorker found -> {
        context.note(new CallEvent.ConversationChosen(found.conversation(), false, null));
        yield dial(
            context,
            session.about(found.conversation()),
            found.proxyAddress(),
            found.customer(),
            context.behaviour().outboundTimeout());
      }
      case DirectoryAnswer.InvalidConversation invalid ->
          over(true, Result.INVALID_CONVERSATION, invalid.reason());
    };
  }

  private SessionStep created(
      StepContext context, Session session, DirectoryAnswer.Creation answer) {
    return switch (answer) {
      case DirectoryAnswer.Created made -> {
        context.note(new CallEvent.ConversationChosen(made.conversation(), true, null));
        yield going(
            awaitingWorker(
                context,
                session.about(made.conversation()),
                context.now().plus(session.noun().routingAssignmentTimeout())));
      }
      case DirectoryAnswer.NotCreated refused -> {
        context.raise(
            Stream.of(TwilioError.values())
                .filter(error -> error.code() == refused.code())
                .findFirst()
                .orElse(TwilioError.CONVERSATION_SERVICE_FAILURE),
            refused.reason());
        yield over(
            false, Result.FAILED_CREATE_CONVERSATION, "the conversation could not be created");
      }
    };
  }

  private static Session awaitingWorker(StepContext context, Session session, Instant until) {
    boolean late = until.isBefore(context.now());
    return session.in(
        new AwaitingWorker(context.wakeAt(late ? context.now() : until, Alarm.NoWorker::new)));
  }

  private SessionStep awaitingWorker(
      StepContext context, Session session, AwaitingWorker state, CallInput input) {
    if (input instanceof CallInput.Told told
        && told.answer() instanceof DirectoryAnswer.WorkerJoined joined
        && joined.conversation().equals(session.conversation())) {
      context.note(new CallEvent.WorkerAssigned(joined.conversation(), joined.worker()));
      return dial(
          context,
          session,
          context.leg().from(),
          CLIENT + joined.worker(),
          session.noun().inboundTimeout());
    }
    if (input instanceof CallInput.Woke woke && woke.alarm().equals(state.noWorker())) {
      context.raise(
          TwilioError.CONVERSATION_WORKER_NOT_ASSIGNED,
          "No worker was added to %s within routingAssignmentTimeout=%d s; check the routing"
              .formatted(
                  session.conversation(), session.noun().routingAssignmentTimeout().toSeconds()));
      return over(false, Result.NO_OTHER_PARTICIPANTS, "no worker was assigned in time");
    }
    return going(session);
  }

  private SessionStep dial(
      StepContext context, Session session, String from, String to, Duration timeout) {
    Leg leg = context.dial(from, to);
    Session dialled = announce(context, session, leg.sid(), SessionEvent.CALL_INITIATED);
    context.tell(leg, to, new Cue.Dialled());
    return going(
        dialled.in(new Dialling(leg.sid(), context.wake(timeout, Alarm.RingTimeout::new))));
  }

  private SessionStep dialling(
      StepContext context, Session session, Dialling state, CallInput input) {
    Act act = CallMachine.actOf(input, state.leg());
    if (act instanceof Act.Ring) {
      Leg leg = context.change(context.child(state.leg()).ringing());
      Session rung = announce(context, session, leg.sid(), SessionEvent.CALL_RINGING);
      context.tell(leg, leg.to(), new Cue.Ringing());
      if (session.noun().record().records() && session.noun().record().fromRinging()) {
        rung = rung.recordedAs(Recorder.start(context, recordingOrder(context, session)));
      }
      Recorder.rings(
          context,
          session.workerInitiated()
              ? context.behaviour().outboundTimeout()
              : session.noun().inboundTimeout());
      return going(rung.in(new Ringing(state.leg(), state.timeout())));
    }
    return unanswered(context, session, state.leg(), state.timeout(), input);
  }

  private SessionStep ringing(
      StepContext context, Session session, Ringing state, CallInput input) {
    if (!(CallMachine.actOf(input, state.leg()) instanceof Act.Answer)) {
      return unanswered(context, session, state.leg(), state.timeout(), input);
    }
    Recorder.hush(context, true);
    Leg leg = context.change(context.child(state.leg()).answered(context.now()));
    Session answered = announce(context, session, leg.sid(), SessionEvent.CALL_ANSWERED);
    if (session.noun().record().records() && answered.recording() == null) {
      answered = answered.recordedAs(Recorder.start(context, recordingOrder(context, session)));
    }
    String url = session.noun().url();
    if (url == null) {
      return connect(context, answered, leg);
    }
    Target whisper = session.document().resolve(url, session.noun().method());
    Call called =
        Call.arriving(
            context.account(), leg, new VoiceUrls(whisper, null, null), Map.of(), context.branch());
    return whispering(context, answered, new Whispering(called), new CallInput.Arrived());
  }

  /** What can end a dialled leg before its answer. */
  private SessionStep unanswered(
      StepContext context, Session session, Sid leg, Alarm timeout, CallInput input) {
    if (input instanceof CallInput.Woke woke && woke.alarm().equals(timeout)) {
      return close(
          context, session, leg, DialCallStatus.NO_ANSWER, false, "nobody answered in time");
    }
    if (input instanceof CallInput.EndedByApi ended && ended.leg().equals(leg)) {
      return close(
          context,
          session,
          leg,
          DialCallStatus.CANCELED,
          false,
          "the API cancelled the called leg");
    }
    return CallMachine.actOf(input, leg) instanceof Act.Refusal refusal
        ? close(context, session, leg, DialCallStatus.of(refusal), false, refused(refusal))
        : going(session);
  }

  private static String refused(Act.Refusal refusal) {
    return switch (refusal) {
      case Act.Busy busy -> "the called party is busy";
      case Act.Decline decline -> "the called party declined";
      case Act.Unreachable unreachable -> "the called party is unreachable";
    };
  }

  private SessionStep whispering(
      StepContext context, Session session, Whispering state, CallInput input) {
    Sid leg = state.called().sid();
    if (!CallMachine.concerns(input, leg)) {
      return going(session);
    }
    Step step = calls.step(state.called(), input, context.now());
    context.adopt(step.effects());
    Call called = step.call();
    if (called.state() instanceof CallState.Ready) {
      return connect(context, session, context.child(leg));
    }
    if (called.state() instanceof CallState.Ended) {
      boolean failed = called.facts().leg().status() == CallStatus.FAILED;
      return close(
          context,
          session,
          leg,
          failed ? context.behaviour().failedUrl() : context.behaviour().declinedAfterUrl(),
          false,
          failed
              ? "the document of url could not be had"
              : "the called party declined after the document of url");
    }
    return going(session.in(new Whispering(called)));
  }

  private SessionStep connect(StepContext context, Session session, Leg called) {
    context.note(new CallEvent.Connected(context.leg().sid(), called.sid()));
    context.tell(called, called.to(), new Cue.Connected());
    context.tellOwnParty(new Cue.Connected());
    return going(session.in(new Talking(called.sid())));
  }

  private SessionStep talking(
      StepContext context, Session session, Talking state, CallInput input) {
    if (input instanceof CallInput.EndedByApi ended
        && ended.leg().equals(state.leg())
        && !ended.cancel()) {
      return close(
          context,
          session,
          state.leg(),
          DialCallStatus.COMPLETED,
          false,
          "the API ended the called leg");
    }
    if (input instanceof CallInput.Acted acted) {
      if (acted.act() instanceof Act.HangUp && acted.leg().equals(state.leg())) {
        return close(
            context,
            session,
            state.leg(),
            DialCallStatus.COMPLETED,
            false,
            "the called party hung up");
      }
      if (acted.leg().equals(state.leg())) {
        Recorder.heard(context, Voice.CALLED, acted.act());
      }
    }
    return going(session);
  }

  // Ends

  private SessionStep callerGone(StepContext context, Session session, boolean byApi) {
    String who = byApi ? "the API ended the call" : "the caller hung up";
    return switch (session.state()) {
      case LookingUp s -> goneBeforeDialling(context, session, who);
      case Creating s -> goneBeforeDialling(context, session, who);
      case AwaitingWorker s -> goneBeforeDialling(context, session, who);
      case Dialling s ->
          close(context, session, s.leg(), context.behaviour().callerGone(), true, who);
      case Ringing s ->
          close(context, session, s.leg(), context.behaviour().callerGone(), true, who);
      case Whispering s ->
          close(context, session, s.called().sid(), context.behaviour().callerGone(), true, who);
      case Talking s -> close(context, session, s.leg(), DialCallStatus.COMPLETED, true, who);
    };
  }

  private static SessionStep goneBeforeDialling(StepContext context, Session session, String why) {
    return over(session.workerInitiated(), context.behaviour().callerGoneUndialled(), true, why);
  }

  private SessionStep close(
      StepContext context,
      Session session,
      Sid legSid,
      DialCallStatus dialStatus,
      boolean callerGone,
      String why) {
    Leg open = context.child(legSid);
    Leg leg =
        context.change(
            open.ended(
                open.answered() ? CallStatus.COMPLETED : dialStatus.ofUnanswered(), context.now()));
    announce(context, session, legSid, SessionEvent.CALL_COMPLETED);
    Recorder.hush(context, true);
    RecordingFacts kept = null;
    if (session.recording() != null) {
      kept = Recorder.stop(context, session.recording());
    } else if (session.noun().record().records()) {
      Recorder.neverBegan(context, recordingOrder(context, session));
    }
    Sid conversation = session.conversation();
    if (leg.answered() && conversation != null) {
      int unused =
          context.ask(
              new DirectoryQuestion.LogCall(
                  conversation, leg.seconds(), !session.workerInitiated()));
    }
    SessionOutcome outcome =
        new SessionOutcome(
            dialStatus == DialCallStatus.COMPLETED
                ? Result.SESSION_SUCCESS
                : Result.DIALED_CALL_INCOMPLETE,
            session.workerInitiated(),
            dialStatus,
            legSid,
            leg.answered() ? leg.seconds() : null,
            kept);
    return new SessionStep.Over(outcome, callerGone, why);
  }

  private static SessionStep over(boolean workerInitiated, Result result, String why) {
    return over(workerInitiated, result, false, why);
  }

  /** The end of a session that dialled nobody. */
  private static SessionStep over(
      boolean workerInitiated, Result result, boolean callerGone, String why) {
    return new SessionStep.Over(
        new SessionOutcome(result, workerInitiated, null, null, null, null), callerGone, why);
  }

  private static SessionStep going(Session session) {
    return new SessionStep.Going(session);
  }

  // Callbacks

  private static Session announce(
      StepContext context, Session session, Sid leg, SessionEvent event) {
    String callback = session.noun().statusCallback();
    Sid conversation = session.conversation();
    if (callback == null || conversation == null) {
      return session;
    }
    if (!session.noun().statusCallbackEvents().contains(event)) {
      return context.behaviour().countUnsubscribedEvents()
          ? session.sent(session.sequence() + 1)
          : session;
    }
    int sequence = session.sequence() + 1;
    context.send(
        new AppRequest.SessionStatus(
            context.nextExchange(),
            session.document().resolve(callback, session.noun().statusCallbackMethod()),
            context.account(),
            conversation,
            leg,
            session.workerInitiated(),
            event,
            sequence,
            context.now()));
    return session.sent(sequence);
  }

  private static Order recordingOrder(StepContext context, Session session) {
    Conversation noun = session.noun();
    return Order.of(
        context.behaviour().recordingSource(),
        Recording.Scope.BRIDGE,
        session.document(),
        new Verb.RecordingOptions(
            noun.record(),
            noun.trim(),
            RecordingTrack.BOTH,
            noun.recordingStatusCallback(),
            noun.recordingStatusCallbackMethod(),
            noun.recordingStatusCallbackEvents()));
  }
}
