package dev.ringback.call;

import dev.ringback.call.CallFacts.Line;
import dev.ringback.call.Noise.Voice;
import dev.ringback.call.RecordingMachine.Order;
import dev.ringback.call.SessionOutcome.RecordingFacts;
import dev.ringback.call.SessionState.AwaitingWorker;
import dev.ringback.call.SessionState.Creating;
import dev.ringback.call.SessionState.Dialling;
import dev.ringback.call.SessionState.LookingUp;
import dev.ringback.call.SessionState.Ringing;
import dev.ringback.call.SessionState.Talking;
import dev.ringback.call.SessionState.Whispering;
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

  SessionStep start(Turn turn, Target document, Connect verb) {
    return switch (verb.noun()) {
      case InvalidConversation invalid -> invalid(turn, invalid.problem());
      case Noun.Stream stream -> throw new IllegalStateException("a stream is no session");
      case Conversation noun -> start(turn, document, noun);
    };
  }

  private SessionStep invalid(Turn turn, Finding problem) {
    turn.raise(
        TwilioError.CONVERSATION_INVALID_ATTRIBUTES,
        "line %d, column %d: %s".formatted(problem.line(), problem.column(), problem.message()));
    return over(
        isWorker(turn), Result.INTERNAL_ERROR, "the attributes of <Conversation> are wrong");
  }

  private SessionStep start(Turn turn, Target document, Conversation noun) {
    boolean workerInitiated = isWorker(turn);
    String recordingCallback = noun.recordingStatusCallback();
    if (recordingCallback != null
        && !Urls.isAbsoluteHttp(recordingCallback)
        && !turn.behaviour().relativeRecordingStatusCallback()) {
      turn.raise(
          TwilioError.CONVERSATION_INVALID_ATTRIBUTES,
          "recordingStatusCallback must be an absolute URL, not '" + recordingCallback + "'");
      return over(
          workerInitiated, Result.INTERNAL_ERROR, "the attributes of <Conversation> are wrong");
    }
    turn.note(new Moment.SessionStarted(noun.serviceInstanceSid(), workerInitiated));
    int question = turn.ask(lookUp(turn, noun, workerInitiated));
    return going(
        new Session(noun, document, workerInitiated, null, 0, null, new LookingUp(question)));
  }

  private static boolean isWorker(Turn turn) {
    return turn.leg().from().startsWith(CLIENT);
  }

  private static DirectoryQuestion lookUp(Turn turn, Conversation noun, boolean workerInitiated) {
    Leg leg = turn.leg();
    return workerInitiated
        ? new DirectoryQuestion.FindForWorker(
            noun.serviceInstanceSid(),
            leg.from().substring(CLIENT.length()),
            turn.parameters().get(CONVERSATION_SID))
        : new DirectoryQuestion.FindPair(noun.serviceInstanceSid(), leg.from(), leg.to());
  }

  // Phases

  SessionStep step(Turn turn, Session session, CallInput input) {
    if (callerLeaves(turn, input)) {
      return callerGone(turn, session, input instanceof CallInput.EndedByApi);
    }
    return switch (session.state()) {
      case LookingUp s ->
          input instanceof CallInput.Told(int question, DirectoryAnswer.Lookup answer)
                  && question == s.question()
              ? lookedUp(turn, session, answer)
              : going(session);
      case Creating s ->
          input instanceof CallInput.Told(int question, DirectoryAnswer.Creation answer)
                  && question == s.question()
              ? created(turn, session, answer)
              : going(session);
      case AwaitingWorker s -> awaitingWorker(turn, session, s, input);
      case Dialling s -> dialling(turn, session, s, input);
      case Ringing s -> ringing(turn, session, s, input);
      case Whispering s -> whispering(turn, session, s, input);
      case Talking s -> talking(turn, session, s, input);
    };
  }

  private static boolean callerLeaves(Turn turn, CallInput input) {
    Sid own = turn.leg().sid();
    return CallMachine.actOf(input, own) instanceof Act.HangUp
        || (input instanceof CallInput.EndedByApi ended
            && ended.leg().equals(own)
            && !ended.cancel());
  }

  private SessionStep lookedUp(Turn turn, Session session, DirectoryAnswer.Lookup answer) {
    Conversation noun = session.noun();
    return switch (answer) {
      case DirectoryAnswer.UnknownService unknown -> {
        turn.raise(
            TwilioError.CONVERSATION_SERVICE_FAILURE,
            "The account has no Conversations Service %s; check serviceInstanceSid"
                .formatted(noun.serviceInstanceSid()));
        yield over(session.workerInitiated(), Result.INTERNAL_ERROR, "the service is unknown");
      }
      case DirectoryAnswer.Broken broken -> {
        turn.raise(TwilioError.CONVERSATION_SERVICE_FAILURE, broken.reason());
        yield over(session.workerInitiated(), Result.INTERNAL_ERROR, broken.reason());
      }
      case DirectoryAnswer.NoConversation none -> {
        if (!noun.inboundAutocreation()) {
          yield over(
              false,
              Result.NO_EXISTING_CONVERSATION,
              "the caller is in no conversation and inboundAutocreation is false");
        }
        Leg leg = turn.leg();
        yield going(
            session.in(
                new Creating(
                    turn.ask(
                        new DirectoryQuestion.Create(
                            noun.serviceInstanceSid(), leg.from(), leg.to())))));
      }
      case DirectoryAnswer.Found found -> {
        turn.note(new Moment.ConversationChosen(found.conversation(), false, found.worker()));
        if (found.worker() == null) {
          turn.raise(
              TwilioError.CONVERSATION_WITHOUT_WORKER,
              "Conversation %s has no worker; add one, or delete it"
                  .formatted(found.conversation()));
          yield over(
              false,
              turn.behaviour().conversationWithoutWorker(),
              "the conversation found has no worker");
        }
        yield dial(
            turn,
            session.about(found.conversation()),
            turn.leg().from(),
            CLIENT + found.worker(),
            noun.inboundTimeout());
      }
      case DirectoryAnswer.Awaiting awaiting -> {
        turn.note(new Moment.ConversationChosen(awaiting.conversation(), false, null));
        yield going(
            awaitingWorker(
                turn,
                session.about(awaiting.conversation()),
                awaiting.since().plus(noun.routingAssignmentTimeout())));
      }
      case DirectoryAnswer.FoundForWorker found -> {
        turn.note(new Moment.ConversationChosen(found.conversation(), false, null));
        yield dial(
            turn,
            session.about(found.conversation()),
            found.proxyAddress(),
            found.customer(),
            turn.behaviour().outboundTimeout());
      }
      case DirectoryAnswer.InvalidConversation invalid ->
          over(true, Result.INVALID_CONVERSATION, invalid.reason());
    };
  }

  private SessionStep created(Turn turn, Session session, DirectoryAnswer.Creation answer) {
    return switch (answer) {
      case DirectoryAnswer.Created made -> {
        turn.note(new Moment.ConversationChosen(made.conversation(), true, null));
        yield going(
            awaitingWorker(
                turn,
                session.about(made.conversation()),
                turn.now().plus(session.noun().routingAssignmentTimeout())));
      }
      case DirectoryAnswer.NotCreated refused -> {
        turn.raise(
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

  private static Session awaitingWorker(Turn turn, Session session, Instant until) {
    boolean late = until.isBefore(turn.now());
    return session.in(
        new AwaitingWorker(turn.wakeAt(late ? turn.now() : until, Alarm.NoWorker::new)));
  }

  private SessionStep awaitingWorker(
      Turn turn, Session session, AwaitingWorker state, CallInput input) {
    if (input instanceof CallInput.Told told
        && told.answer() instanceof DirectoryAnswer.WorkerJoined joined
        && joined.conversation().equals(session.conversation())) {
      turn.note(new Moment.WorkerAssigned(joined.conversation(), joined.worker()));
      return dial(
          turn,
          session,
          turn.leg().from(),
          CLIENT + joined.worker(),
          session.noun().inboundTimeout());
    }
    if (input instanceof CallInput.Woke woke && woke.alarm().equals(state.noWorker())) {
      turn.raise(
          TwilioError.CONVERSATION_WORKER_NOT_ASSIGNED,
          "No worker was added to %s within routingAssignmentTimeout=%d s; check the routing"
              .formatted(
                  session.conversation(), session.noun().routingAssignmentTimeout().toSeconds()));
      return over(false, Result.NO_OTHER_PARTICIPANTS, "no worker was assigned in time");
    }
    return going(session);
  }

  private SessionStep dial(Turn turn, Session session, String from, String to, Duration timeout) {
    Leg leg = turn.dial(from, to);
    Session dialled = announce(turn, session, leg.sid(), SessionEvent.CALL_INITIATED);
    turn.tell(leg, to, new Cue.Dialled());
    return going(dialled.in(new Dialling(leg.sid(), turn.wake(timeout, Alarm.RingTimeout::new))));
  }

  private SessionStep dialling(Turn turn, Session session, Dialling state, CallInput input) {
    Act act = CallMachine.actOf(input, state.leg());
    if (act instanceof Act.Ring) {
      Leg leg = turn.change(turn.child(state.leg()).ringing());
      Session rung = announce(turn, session, leg.sid(), SessionEvent.CALL_RINGING);
      turn.tell(leg, leg.to(), new Cue.Ringing());
      if (session.noun().record().records() && session.noun().record().fromRinging()) {
        rung = rung.recordedAs(RecordingMachine.start(turn, recordingOrder(turn, session)));
      }
      RecordingMachine.rings(
          turn,
          session.workerInitiated()
              ? turn.behaviour().outboundTimeout()
              : session.noun().inboundTimeout());
      return going(rung.in(new Ringing(state.leg(), state.timeout())));
    }
    return unanswered(turn, session, state.leg(), state.timeout(), input);
  }

  private SessionStep ringing(Turn turn, Session session, Ringing state, CallInput input) {
    if (!(CallMachine.actOf(input, state.leg()) instanceof Act.Answer)) {
      return unanswered(turn, session, state.leg(), state.timeout(), input);
    }
    RecordingMachine.hush(turn, true);
    Leg leg = turn.change(turn.child(state.leg()).answered(turn.now()));
    Session answered = announce(turn, session, leg.sid(), SessionEvent.CALL_ANSWERED);
    if (session.noun().record().records() && answered.recording() == null) {
      answered = answered.recordedAs(RecordingMachine.start(turn, recordingOrder(turn, session)));
    }
    String url = session.noun().url();
    if (url == null) {
      return connect(turn, answered, leg);
    }
    Target whisper = session.document().resolve(url, session.noun().method());
    Call called =
        Call.arriving(turn.account(), leg, new Line(whisper, null, null), Map.of(), turn.branch());
    return whispering(turn, answered, new Whispering(called), new CallInput.Arrived());
  }

  /** What can end a dialled leg before its answer. */
  private SessionStep unanswered(
      Turn turn, Session session, Sid leg, Alarm timeout, CallInput input) {
    if (input instanceof CallInput.Woke woke && woke.alarm().equals(timeout)) {
      return close(turn, session, leg, DialCallStatus.NO_ANSWER, false, "nobody answered in time");
    }
    if (input instanceof CallInput.EndedByApi ended && ended.leg().equals(leg)) {
      return close(
          turn, session, leg, DialCallStatus.CANCELED, false, "the API cancelled the called leg");
    }
    return CallMachine.actOf(input, leg) instanceof Act.Refusal refusal
        ? close(turn, session, leg, DialCallStatus.of(refusal), false, refused(refusal))
        : going(session);
  }

  private static String refused(Act.Refusal refusal) {
    return switch (refusal) {
      case Act.Busy busy -> "the called party is busy";
      case Act.Decline decline -> "the called party declined";
      case Act.Unreachable unreachable -> "the called party is unreachable";
    };
  }

  private SessionStep whispering(Turn turn, Session session, Whispering state, CallInput input) {
    Sid leg = state.called().sid();
    if (!CallMachine.concerns(input, leg)) {
      return going(session);
    }
    Step step = calls.step(state.called(), input, turn.now());
    turn.adopt(step.effects());
    Call called = step.call();
    if (called.state() instanceof CallState.Ready) {
      return connect(turn, session, turn.child(leg));
    }
    if (called.state() instanceof CallState.Ended) {
      boolean failed = called.facts().leg().status() == CallStatus.FAILED;
      return close(
          turn,
          session,
          leg,
          failed ? turn.behaviour().failedUrl() : turn.behaviour().declinedAfterUrl(),
          false,
          failed
              ? "the document of url could not be had"
              : "the called party declined after the document of url");
    }
    return going(session.in(new Whispering(called)));
  }

  private SessionStep connect(Turn turn, Session session, Leg called) {
    turn.note(new Moment.Connected(turn.leg().sid(), called.sid()));
    turn.tell(called, called.to(), new Cue.Connected());
    turn.tellOwnParty(new Cue.Connected());
    return going(session.in(new Talking(called.sid())));
  }

  private SessionStep talking(Turn turn, Session session, Talking state, CallInput input) {
    if (input instanceof CallInput.EndedByApi ended
        && ended.leg().equals(state.leg())
        && !ended.cancel()) {
      return close(
          turn,
          session,
          state.leg(),
          DialCallStatus.COMPLETED,
          false,
          "the API ended the called leg");
    }
    if (input instanceof CallInput.Acted acted) {
      if (acted.act() instanceof Act.HangUp && acted.leg().equals(state.leg())) {
        return close(
            turn,
            session,
            state.leg(),
            DialCallStatus.COMPLETED,
            false,
            "the called party hung up");
      }
      if (acted.leg().equals(state.leg())) {
        RecordingMachine.heard(turn, Voice.CALLED, acted.act());
      }
    }
    return going(session);
  }

  // Ends

  private SessionStep callerGone(Turn turn, Session session, boolean byApi) {
    String who = byApi ? "the API ended the call" : "the caller hung up";
    return switch (session.state()) {
      case LookingUp s -> goneBeforeDialling(turn, session, who);
      case Creating s -> goneBeforeDialling(turn, session, who);
      case AwaitingWorker s -> goneBeforeDialling(turn, session, who);
      case Dialling s -> close(turn, session, s.leg(), turn.behaviour().callerGone(), true, who);
      case Ringing s -> close(turn, session, s.leg(), turn.behaviour().callerGone(), true, who);
      case Whispering s ->
          close(turn, session, s.called().sid(), turn.behaviour().callerGone(), true, who);
      case Talking s -> close(turn, session, s.leg(), DialCallStatus.COMPLETED, true, who);
    };
  }

  private static SessionStep goneBeforeDialling(Turn turn, Session session, String why) {
    return over(session.workerInitiated(), turn.behaviour().callerGoneUndialled(), true, why);
  }

  private SessionStep close(
      Turn turn,
      Session session,
      Sid legSid,
      DialCallStatus dialStatus,
      boolean callerGone,
      String why) {
    Leg open = turn.child(legSid);
    Leg leg =
        turn.change(
            open.ended(
                open.answered() ? CallStatus.COMPLETED : dialStatus.ofUnanswered(), turn.now()));
    announce(turn, session, legSid, SessionEvent.CALL_COMPLETED);
    RecordingMachine.hush(turn, true);
    RecordingFacts kept = null;
    if (session.recording() != null) {
      kept = RecordingMachine.stop(turn, session.recording());
    } else if (session.noun().record().records()) {
      RecordingMachine.neverBegan(turn, recordingOrder(turn, session));
    }
    Sid conversation = session.conversation();
    if (leg.answered() && conversation != null) {
      int unused =
          turn.ask(
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

  private static Session announce(Turn turn, Session session, Sid leg, SessionEvent event) {
    String callback = session.noun().statusCallback();
    Sid conversation = session.conversation();
    if (callback == null || conversation == null) {
      return session;
    }
    if (!session.noun().statusCallbackEvents().contains(event)) {
      return turn.behaviour().countUnsubscribedEvents()
          ? session.sent(session.sequence() + 1)
          : session;
    }
    int sequence = session.sequence() + 1;
    turn.send(
        new Callback.SessionStatus(
            turn.nextExchange(),
            session.document().resolve(callback, session.noun().statusCallbackMethod()),
            turn.account(),
            conversation,
            leg,
            session.workerInitiated(),
            event,
            sequence,
            turn.now()));
    return session.sent(sequence);
  }

  private static Order recordingOrder(Turn turn, Session session) {
    Conversation noun = session.noun();
    return Order.of(
        turn.behaviour().recordingSource(),
        Recording.Scope.BRIDGE,
        session.document(),
        new Verb.RecordingOrder(
            noun.record(),
            noun.trim(),
            RecordingTrack.BOTH,
            noun.recordingStatusCallback(),
            noun.recordingStatusCallbackMethod(),
            noun.recordingStatusCallbackEvents()));
  }
}
