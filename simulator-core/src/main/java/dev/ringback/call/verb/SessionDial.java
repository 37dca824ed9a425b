package dev.ringback.call.verb;

import dev.ringback.call.Alarm;
import dev.ringback.call.Call;
import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState;
import dev.ringback.call.CallState.InSession;
import dev.ringback.call.DirectoryQuestion;
import dev.ringback.call.Recorder;
import dev.ringback.call.Session;
import dev.ringback.call.SessionState.Dialling;
import dev.ringback.call.SessionState.Ringing;
import dev.ringback.call.SessionState.Talking;
import dev.ringback.call.SessionState.Whispering;
import dev.ringback.call.Step;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.id.Sid;
import dev.ringback.twiml.SessionEvent;
import dev.ringback.voice.Act;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Cue;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Recording;
import dev.ringback.voice.Recording.Plan;
import dev.ringback.voice.Result;
import dev.ringback.voice.SessionOutcome;
import dev.ringback.voice.SessionOutcome.RecordingFacts;
import dev.ringback.voice.Sound.Voice;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.time.Duration;

/**
 * The leg that a session dials: dial, ring, answer, the document of {@code url}, the talk, and the
 * status events and recording on the way (page: "url", "record", "statusCallback").
 */
final class SessionDial {
  private final NestedDocuments documents;

  SessionDial(NestedDocuments documents) {
    this.documents = documents;
  }

  static VerbStep dial(
      StepContext context, Session session, String from, String to, Duration timeout) {
    Leg leg = context.dial(from, to);
    Session dialled = announce(context, session, leg.sid(), SessionEvent.CALL_INITIATED);
    context.tell(leg, to, new Cue.Dialled());
    return goesOn(
        dialled.in(new Dialling(leg.sid(), context.wake(timeout, Alarm.RingTimeout::new))));
  }

  VerbStep dialling(StepContext context, Session session, Dialling state, CallInput input) {
    Act act = input.actOf(state.leg());
    if (act instanceof Act.Ring) {
      Leg leg = context.change(context.child(state.leg()).ringing());
      Session rung = announce(context, session, leg.sid(), SessionEvent.CALL_RINGING);
      context.tell(leg, leg.to(), new Cue.Ringing());
      if (session.noun().recording().mode().records()
          && session.noun().recording().mode().fromRinging()) {
        rung = rung.recordedAs(Recorder.start(context, recordingOrder(context, session)));
      }
      Recorder.rings(
          context,
          session.workerInitiated()
              ? context.behaviour().dialledLegs().outboundTimeout()
              : session.noun().inboundTimeout());
      return goesOn(rung.in(new Ringing(state.leg(), state.timeout())));
    }
    return unanswered(context, session, state.leg(), state.timeout(), input);
  }

  VerbStep ringing(StepContext context, Session session, Ringing state, CallInput input) {
    if (!(input.actOf(state.leg()) instanceof Act.Answer)) {
      return unanswered(context, session, state.leg(), state.timeout(), input);
    }
    Recorder.hush(context, true);
    Leg leg = context.change(context.child(state.leg()).answered(context.now()));
    Session answered = announce(context, session, leg.sid(), SessionEvent.CALL_ANSWERED);
    if (session.noun().recording().mode().records() && answered.recording() == null) {
      answered = answered.recordedAs(Recorder.start(context, recordingOrder(context, session)));
    }
    String url = session.noun().url();
    if (url == null) {
      return connect(context, answered, leg);
    }
    Target whisper = session.document().resolve(url, session.noun().method());
    Call called =
        Call.called(context.account(), leg, new VoiceUrls(whisper, null, null), context.branch());
    return whispering(context, answered, new Whispering(called), new CallInput.Arrived());
  }

  /** What can end a dialled leg before its answer. */
  private static VerbStep unanswered(
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
    return input.actOf(leg) instanceof Act.Refusal refusal
        ? close(context, session, leg, DialCallStatus.of(refusal), false, refused(refusal))
        : goesOn(session);
  }

  private static String refused(Act.Refusal refusal) {
    return switch (refusal) {
      case Act.Busy busy -> "the called party is busy";
      case Act.Decline decline -> "the called party declined";
      case Act.Unreachable unreachable -> "the called party is unreachable";
    };
  }

  VerbStep whispering(StepContext context, Session session, Whispering state, CallInput input) {
    Sid leg = state.called().sid();
    if (!input.concerns(leg)) {
      return goesOn(session);
    }
    Step step = documents.step(state.called(), input, context.now());
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
          failed
              ? context.behaviour().dialledLegs().failedUrl()
              : context.behaviour().dialledLegs().declinedAfterUrl(),
          false,
          failed
              ? "the document of url could not be had"
              : "the called party declined after the document of url");
    }
    return goesOn(session.in(new Whispering(called)));
  }

  private static VerbStep connect(StepContext context, Session session, Leg called) {
    context.note(new CallEvent.Connected(context.leg().sid(), called.sid()));
    context.tell(called, called.to(), new Cue.Connected());
    context.tellOwnParty(new Cue.Connected());
    return goesOn(session.in(new Talking(called.sid())));
  }

  static VerbStep talking(StepContext context, Session session, Talking state, CallInput input) {
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
    return goesOn(session);
  }

  // Ends

  static VerbStep close(
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
    } else if (session.noun().recording().mode().records()) {
      Recorder.neverBegan(context, recordingOrder(context, session));
    }
    Sid conversation = session.conversation();
    if (leg.answered() && conversation != null) {
      context.inform(
          new DirectoryQuestion.LogCall(conversation, leg.seconds(), !session.workerInitiated()));
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
    return SessionEnd.over(
        context,
        session.beginning().cursor(),
        session.beginning().verb(),
        outcome,
        callerGone,
        why);
  }

  private static VerbStep goesOn(Session session) {
    return VerbStep.goesOn(new InSession(session));
  }

  // Callbacks

  private static Session announce(
      StepContext context, Session session, Sid leg, SessionEvent event) {
    Target callback = session.document().resolve(session.noun().statusCallback());
    Sid conversation = session.conversation();
    if (callback == null || conversation == null) {
      return session;
    }
    if (!session.noun().statusCallback().wants(event)) {
      return context.behaviour().sessions().countUnsubscribedEvents()
          ? session.sent(session.sequence() + 1)
          : session;
    }
    int sequence = session.sequence() + 1;
    context.send(
        new AppRequest.SessionStatus(
            context.nextExchange(),
            callback,
            context.account(),
            conversation,
            leg,
            session.workerInitiated(),
            event,
            sequence,
            context.now()));
    return session.sent(sequence);
  }

  private static Plan recordingOrder(StepContext context, Session session) {
    return Plan.of(
        context.behaviour().recordings().recordingSource(),
        Recording.Scope.BRIDGE,
        session.document(),
        session.noun().recording());
  }
}
