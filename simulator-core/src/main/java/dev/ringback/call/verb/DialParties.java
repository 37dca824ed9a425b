package dev.ringback.call.verb;

import dev.ringback.call.Alarm;
import dev.ringback.call.Call;
import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.Dialling;
import dev.ringback.call.Dial;
import dev.ringback.call.Dial.Attempt;
import dev.ringback.call.Dial.Phase.Calling;
import dev.ringback.call.Dial.Phase.Screening;
import dev.ringback.call.Dial.Phase.Talking;
import dev.ringback.call.Recorder;
import dev.ringback.call.Step;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.id.Sid;
import dev.ringback.twiml.CallProgressEvent;
import dev.ringback.twiml.DialNoun;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Act;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Cue;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.DialOutcome;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Recording;
import dev.ringback.voice.Recording.Plan;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.SessionOutcome.RecordingFacts;
import dev.ringback.voice.Sound.Voice;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code <Dial>} with parties, from the first leg to the outcome: all at once or one after the
 * other, the first to answer wins, hears its document, and the two talk (docs/voice/twiml/dial).
 */
public final class DialParties {
  private final NestedDocuments documents;

  public DialParties(NestedDocuments documents) {
    this.documents = documents;
  }

  /** One step of one Dial. */
  private final class DialStep {
    private final StepContext context;
    private final Cursor cursor;
    private final Target document;
    private final Verb.Dial verb;

    DialStep(StepContext context, Cursor cursor, Verb.Dial verb) {
      this.context = context;
      this.cursor = cursor;
      this.document = cursor.document();
      this.verb = verb;
    }

    // Calling

    VerbStep begin() {
      List<DialNoun.Party> parties = DialNoun.parties(verb.nouns());
      if (!verb.answerOnBridge()) {
        context.answer();
      }
      return call(new Dial(List.of(), parties, null, new Calling(new Alarm.RingTimeout(0))));
    }

    /** Calls the next party, or all of them; when there is none, the Dial is over. */
    private VerbStep call(Dial before) {
      Dial dial = before;
      boolean called = false;
      while (!dial.waiting().isEmpty() && !(verb.sequential() && called)) {
        DialNoun.Party party = dial.waiting().getFirst();
        List<DialNoun.Party> rest = dial.waiting().subList(1, dial.waiting().size());
        if (!CallerId.allows(context, document, verb, party)) {
          dial = new Dial(dial.attempts(), List.copyOf(rest), dial.recording(), dial.phase());
        } else {
          dial = call(dial, party, List.copyOf(rest));
          called = true;
        }
      }
      if (!called) {
        return over(dial, DialCallStatus.FAILED, null, "nobody could be called");
      }
      return goesOn(dial.in(new Calling(context.wake(verb.timeout(), Alarm.RingTimeout::new))));
    }

    private Dial call(Dial dial, DialNoun.Party party, List<DialNoun.Party> rest) {
      String from = verb.callerId() == null ? context.leg().from() : verb.callerId();
      Leg leg = context.dial(from, party.address());
      Dial called = dial.trying(new Attempt(leg.sid(), party, 0), rest);
      called = announce(called, leg.sid(), CallProgressEvent.INITIATED);
      context.tell(leg, leg.to(), new Cue.Dialled());
      return called;
    }

    VerbStep step(Dial dial, CallInput input) {
      if (input.leaves(context.leg())) {
        return callerGone(dial, input);
      }
      return switch (dial.phase()) {
        case Calling phase -> calling(dial, phase, input);
        case Screening phase -> screening(dial, phase, input);
        case Talking phase -> talking(dial, phase, input);
      };
    }

    private VerbStep calling(Dial dial, Calling phase, CallInput input) {
      if (input instanceof CallInput.Woke woke && woke.alarm().equals(phase.timeout())) {
        return closeAll(dial, DialCallStatus.NO_ANSWER, "nobody answered in time");
      }
      for (Attempt attempt : dial.attempts()) {
        Sid leg = attempt.leg();
        if (context.child(leg).ended()) {
          continue;
        }
        if (input instanceof CallInput.EndedByApi ended && ended.leg().equals(leg)) {
          return failed(dial, leg, DialCallStatus.CANCELED, "the API cancelled the called leg");
        }
        switch (input.actOf(leg)) {
          case Act.Ring ring when context.child(leg).status() == CallStatus.INITIATED -> {
            return goesOn(ring(dial, leg));
          }
          case Act.Answer answer when context.child(leg).status() == CallStatus.RINGING -> {
            return answered(dial, attempt);
          }
          case Act.Refusal refusal -> {
            DialCallStatus status = DialCallStatus.of(refusal);
            return failed(dial, leg, status, "the called party is " + status.wireName());
          }
          case Act.Ring ring -> {}
          case Act.Answer answer -> {}
          case Act.HangUp hangUp -> {}
          case Act.Press press -> {}
          case Act.Talk talk -> {}
          case Act.Speak speak -> {}
          case null -> {}
        }
      }
      return goesOn(dial);
    }

    private Dial ring(Dial dial, Sid sid) {
      Leg leg = context.change(context.child(sid).ringing());
      Dial rung = announce(dial, sid, CallProgressEvent.RINGING);
      context.tell(leg, leg.to(), new Cue.Ringing());
      boolean records = verb.recording().mode().records();
      if (records && verb.recording().mode().fromRinging() && rung.recording() == null) {
        rung = rung.recordedAs(Recorder.start(context, plan()));
      }
      boolean first =
          rung.attempts().stream()
                  .filter(a -> context.child(a.leg()).status() == CallStatus.RINGING)
                  .count()
              == 1;
      if (first) {
        Recorder.rings(context, verb.timeout());
      }
      return rung;
    }

    /** A leg came to nothing; others may still be answered. */
    private VerbStep failed(Dial dial, Sid sid, DialCallStatus status, String why) {
      Dial left = end(dial, sid, status);
      boolean open = left.attempts().stream().anyMatch(a -> !context.child(a.leg()).ended());
      if (open) {
        return goesOn(left);
      }
      Recorder.hush(context, true);
      return left.waiting().isEmpty() ? over(left, status, null, why) : call(left);
    }

    // Answered

    private VerbStep answered(Dial dial, Attempt winner) {
      Dial won = dial;
      for (Attempt other : dial.attempts()) {
        if (!other.equals(winner) && !context.child(other.leg()).ended()) {
          won = end(won, other.leg(), DialCallStatus.CANCELED);
        }
      }
      Recorder.hush(context, true);
      Leg leg = context.change(context.child(winner.leg()).answered(context.now()));
      won = announce(won, leg.sid(), CallProgressEvent.ANSWERED);
      if (verb.recording().mode().records() && won.recording() == null) {
        won = won.recordedAs(Recorder.start(context, plan()));
      }
      String url = winner.party().options().url();
      String digits = winner.party().options().sendDigits();
      if (url == null && digits == null) {
        return connect(won, leg);
      }
      Target screen =
          url == null ? document : document.resolve(url, winner.party().options().method());
      Call called =
          Call.called(context.account(), leg, new VoiceUrls(screen, null, null), context.branch());
      if (digits == null) {
        return screening(won, new Screening(called, false), new CallInput.Arrived());
      }
      Step step = documents.sendDigits(called, digits, context.now());
      context.adopt(step.effects());
      return goesOn(won.in(new Screening(step.call(), url != null)));
    }

    private VerbStep screening(Dial dial, Screening phase, CallInput input) {
      Sid leg = phase.called().sid();
      if (!input.concerns(leg)) {
        return goesOn(dial);
      }
      Step step = documents.step(phase.called(), input, context.now());
      context.adopt(step.effects());
      CallState state = step.call().state();
      if (state instanceof CallState.Ready && phase.documentFollows()) {
        return screening(
            dial,
            new Screening(new Call(step.call().facts(), new CallState.Arriving()), false),
            new CallInput.Arrived());
      }
      if (state instanceof CallState.Ready) {
        return connect(dial, context.child(leg));
      }
      if (state instanceof CallState.Ended) {
        return close(
            dial,
            leg,
            DialCallStatus.COMPLETED,
            step.call().facts().leg().status() == CallStatus.FAILED
                ? "the document of url could not be had"
                : "the called party was not connected after the document of url");
      }
      return goesOn(dial.in(new Screening(step.call(), phase.documentFollows())));
    }

    private VerbStep connect(Dial dial, Leg leg) {
      context.answer();
      context.note(new CallEvent.Connected(context.leg().sid(), leg.sid()));
      context.tell(leg, leg.to(), new Cue.Connected());
      context.tellOwnParty(new Cue.Connected());
      return goesOn(
          dial.in(new Talking(leg.sid(), context.wake(verb.timeLimit(), Alarm.TimeLimit::new))));
    }

    private VerbStep talking(Dial dial, Talking phase, CallInput input) {
      Sid leg = phase.leg();
      if (input instanceof CallInput.EndedByApi ended
          && ended.leg().equals(leg)
          && !ended.cancel()) {
        return bridged(dial, leg, "the API ended the called leg");
      }
      if (input instanceof CallInput.Woke woke && woke.alarm().equals(phase.timeLimit())) {
        return bridged(dial, leg, "timeLimit was reached");
      }
      if (verb.hangupOnStar() && input.keysFrom(context.leg()).indexOf('*') >= 0) {
        return bridged(dial, leg, "the caller pressed *");
      }
      Act act = input.actOf(leg);
      if (act instanceof Act.HangUp) {
        return bridged(dial, leg, "the called party hung up");
      }
      if (act != null) {
        Recorder.heard(context, Voice.CALLED, act);
      }
      return goesOn(dial);
    }

    private VerbStep bridged(Dial dial, Sid leg, String why) {
      return close(dial, leg, DialCallStatus.COMPLETED, why);
    }

    // Ends

    private VerbStep callerGone(Dial dial, CallInput input) {
      String why = input.whyLeft();
      Dial left = dial;
      DialCallStatus status = DialCallStatus.CANCELED;
      for (Attempt attempt : dial.attempts()) {
        Leg leg = context.child(attempt.leg());
        if (!leg.ended()) {
          status = leg.answered() ? DialCallStatus.COMPLETED : DialCallStatus.CANCELED;
          left = end(left, leg.sid(), status);
        }
      }
      return over(left, status, input, why);
    }

    private VerbStep closeAll(Dial dial, DialCallStatus status, String why) {
      Dial left = dial;
      for (Attempt attempt : dial.attempts()) {
        if (!context.child(attempt.leg()).ended()) {
          left = end(left, attempt.leg(), status);
        }
      }
      Recorder.hush(context, true);
      return left.waiting().isEmpty() ? over(left, status, null, why) : call(left);
    }

    private VerbStep close(Dial dial, Sid leg, DialCallStatus status, String why) {
      return over(end(dial, leg, status), status, null, why);
    }

    private Dial end(Dial dial, Sid sid, DialCallStatus status) {
      Leg open = context.child(sid);
      context.change(
          open.ended(
              open.answered() ? CallStatus.COMPLETED : status.ofUnanswered(), context.now()));
      return announce(dial, sid, CallProgressEvent.COMPLETED);
    }

    private VerbStep over(
        Dial dial, DialCallStatus status, @Nullable CallInput goneBy, String why) {
      Attempt last = told(dial);
      Leg leg = last == null ? null : context.child(last.leg());
      RecordingFacts kept = null;
      Sid recording = dial.recording();
      if (recording != null) {
        kept = Recorder.stop(context, recording);
      } else if (leg != null && verb.recording().mode().records()) {
        Recorder.neverBegan(context, plan());
      }
      Recorder.hush(context, true);
      boolean sip = last != null && last.party() instanceof DialNoun.Sip;
      DialOutcome outcome =
          new DialOutcome(
              status,
              leg == null ? null : leg.sid(),
              leg != null && leg.answered() ? leg.seconds() : null,
              dial.phase() instanceof Talking,
              kept,
              null,
              sip && leg != null ? sipCallId(leg) : null,
              sip && leg != null ? leg.sipResponse() : null);
      return DialEnd.over(context, cursor, verb, outcome, goneBy, why);
    }

    /** The leg the action is told of: the one that was answered, or the last one tried. */
    private @Nullable Attempt told(Dial dial) {
      List<Attempt> attempts = dial.attempts();
      return attempts.stream()
          .filter(a -> context.child(a.leg()).answered())
          .findFirst()
          .orElse(attempts.isEmpty() ? null : attempts.getLast());
    }

    private Plan plan() {
      return Plan.of(RecordingSource.DIAL_VERB, Recording.Scope.BRIDGE, document, verb.recording());
    }

    private Dial announce(Dial dial, Sid leg, CallProgressEvent event) {
      Attempt attempt = dial.attempt(leg);
      if (attempt == null) {
        return dial;
      }
      DialNoun.LegOptions options = attempt.party().options();
      Target callback = document.resolve(options.statusCallback());
      if (callback == null || !options.statusCallback().wants(event)) {
        return dial;
      }
      context.send(
          new AppRequest.CallStatusReport(
              context.nextExchange(),
              RequestKind.DIAL_STATUS,
              callback,
              context.account(),
              context.child(leg),
              Map.of(),
              attempt.events(),
              context.now(),
              null));
      return dial.sent(leg);
    }

    private VerbStep goesOn(Dial dial) {
      return VerbStep.goesOn(new Dialling(cursor, verb, dial));
    }
  }

  VerbStep begin(StepContext context, Cursor cursor, Verb.Dial verb) {
    return new DialStep(context, cursor, verb).begin();
  }

  public VerbStep step(StepContext context, Dialling state, CallInput input) {
    return new DialStep(context, state.cursor(), state.verb()).step(state.dial(), input);
  }

  /** Of the shape a SIP stack gives; made from the leg's SID, so that it is always the same. */
  private static String sipCallId(Leg leg) {
    return leg.sid().value().substring(2).toLowerCase(Locale.ROOT) + "@0.0.0.0";
  }
}
