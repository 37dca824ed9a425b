package dev.ringback.call.verb;

import dev.ringback.call.Alarm;
import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.CallState.InConference;
import dev.ringback.call.ConferenceCall;
import dev.ringback.call.ConferenceCall.Phase.Joining;
import dev.ringback.call.ConferenceCall.Phase.Talking;
import dev.ringback.call.ConferenceCall.Phase.Waiting;
import dev.ringback.call.MeetingAnswer;
import dev.ringback.call.MeetingQuestion;
import dev.ringback.call.Recorder;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.call.WaitDocument;
import dev.ringback.id.Sid;
import dev.ringback.twiml.DialNoun;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.DialOutcome;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Recording;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.Sound.Voice;
import org.jspecify.annotations.Nullable;

/**
 * {@code <Dial><Conference>} as one participant lives it: join, wait until it begins, be in it,
 * leave (docs/voice/twiml/conference). The account knows who else is in it.
 */
public final class DialConference {
  private final WaitDocuments waits;

  public DialConference(WaitDocuments waits) {
    this.waits = waits;
  }

  VerbStep begin(StepContext context, Cursor cursor, Verb.Dial verb, DialNoun.Conference noun) {
    context.answer();
    int question = context.ask(new MeetingQuestion.Join(noun, cursor.document()));
    return VerbStep.goesOn(
        new InConference(cursor, verb, new ConferenceCall(noun, new Joining(question))));
  }

  public VerbStep step(StepContext context, InConference state, CallInput input) {
    Leg leg = context.leg();
    ConferenceCall call = state.conference();
    if (input.leaves(leg)) {
      return leave(context, state, input, input.whyLeft());
    }
    if (input instanceof CallInput.Told told && told.answer() instanceof MeetingAnswer answer) {
      return told(context, state, told.question(), answer);
    }
    Alarm timeLimit = call.timeLimit();
    if (timeLimit != null && input.wakes(leg, timeLimit)) {
      return leave(context, state, null, "timeLimit was reached");
    }
    if (state.verb().hangupOnStar() && input.keysFrom(leg).indexOf('*') >= 0) {
      return leave(context, state, null, "the caller pressed *");
    }
    return switch (call.phase()) {
      case Joining joining -> talk(context, state, input);
      case Waiting waiting -> wait(context, state, waiting, input);
      case Talking talking -> talk(context, state, input);
    };
  }

  private static VerbStep talk(StepContext context, InConference state, CallInput input) {
    if (!state.conference().noun().muted()) {
      context.tellOthers(input);
    }
    return VerbStep.goesOn(state);
  }

  private VerbStep wait(StepContext context, InConference state, Waiting waiting, CallInput input) {
    WaitDocument document = waits.step(context, waiting.document(), input);
    CallState.Leaving leaving = document.leaving();
    if (leaving != null && leaving.hangsUp()) {
      context.inform(new MeetingQuestion.Leave());
      leaves(context, state.conference());
      return VerbStep.hangUp(CallStatus.COMPLETED, "the wait document left the conference");
    }
    if (leaving != null) {
      return over(context, state, null, "the wait document left the conference");
    }
    WaitDocument next =
        !document.ranOut()
            ? document
            : document.heard() ? ask(context, state, waiting.conference()) : WaitDocument.NONE;
    return goesOn(state, new Waiting(waiting.conference(), waiting.timeLimit(), next));
  }

  private WaitDocument ask(StepContext context, InConference state, Sid conference) {
    DialNoun.Conference noun = state.conference().noun();
    return waits.begin(
        context,
        WaitDocuments.document(state.cursor().document(), noun.waitUrl(), noun.waitMethod()),
        DocumentRole.CONFERENCE,
        () -> new Extra.ConferenceWait(conference));
  }

  private VerbStep told(
      StepContext context, InConference state, int question, MeetingAnswer answer) {
    ConferenceCall call = state.conference();
    boolean answers = call.phase() instanceof Joining joining && joining.question() == question;
    return switch (answer) {
      case MeetingAnswer.Joined joined ->
          answers ? joined(context, state, joined) : VerbStep.goesOn(state);
      case MeetingAnswer.ConferenceFull full -> {
        if (!answers) {
          yield VerbStep.goesOn(state);
        }
        context.raiseOurs(
            Level.WARNING,
            "conference-full: %s has its maxParticipants=%d; the caller is not let in"
                .formatted(call.noun().name(), call.noun().maxParticipants()));
        yield over(context, state, null, "the conference is full");
      }
      case MeetingAnswer.Started started ->
          started.conference().equals(call.conference())
              ? started(context, state, started)
              : VerbStep.goesOn(state);
      case MeetingAnswer.Said said -> {
        if (!(call.phase() instanceof Waiting)) {
          Recorder.heard(context, Voice.CALLED, said.act());
        }
        yield VerbStep.goesOn(state);
      }
      case MeetingAnswer.Over over ->
          over.conference().equals(call.conference())
              ? over(context, state, null, "the conference is over")
              : VerbStep.goesOn(state);
      case MeetingAnswer.ToWaiting other -> VerbStep.goesOn(state);
      case MeetingAnswer.ToDequeuing other -> VerbStep.goesOn(state);
      case MeetingAnswer.Bridged other -> VerbStep.goesOn(state);
      case MeetingAnswer.Parted other -> VerbStep.goesOn(state);
    };
  }

  private VerbStep joined(StepContext context, InConference state, MeetingAnswer.Joined joined) {
    Sid conference = joined.conference();
    note(context, conference, joined.started() ? "joins" : "joins and waits for others");
    WaitDocument document = joined.started() ? WaitDocument.NONE : ask(context, state, conference);
    Alarm timeLimit = context.wake(state.verb().timeLimit(), Alarm.TimeLimit::new);
    return goesOn(
        state,
        joined.started()
            ? new Talking(
                conference, timeLimit, record(context, state, conference, joined.records()))
            : new Waiting(conference, timeLimit, document));
  }

  private static VerbStep started(
      StepContext context, InConference state, MeetingAnswer.Started started) {
    note(context, started.conference(), "begins");
    if (!(state.conference().phase() instanceof Waiting waiting)) {
      return VerbStep.goesOn(state);
    }
    Recorder.hush(context, true);
    return goesOn(
        state,
        new Talking(
            waiting.conference(),
            waiting.timeLimit(),
            record(context, state, waiting.conference(), started.records())));
  }

  /**
   * Starts to record the conference.
   *
   * @param records whether that falls to this call
   */
  private static @Nullable Sid record(
      StepContext context, InConference state, Sid conference, boolean records) {
    return records
        ? Recorder.start(
            context,
            Recording.Plan.of(
                    RecordingSource.CONFERENCE,
                    Recording.Scope.BRIDGE,
                    state.cursor().document(),
                    state.conference().noun().recording())
                .of(conference))
        : null;
  }

  // The end

  private static VerbStep leave(
      StepContext context, InConference state, @Nullable CallInput goneBy, String why) {
    context.inform(new MeetingQuestion.Leave());
    return over(context, state, goneBy, why);
  }

  /**
   * @param goneBy by which the caller left the line; null: the call goes on
   */
  private static VerbStep over(
      StepContext context, InConference state, @Nullable CallInput goneBy, String why) {
    DialOutcome outcome = leaves(context, state.conference());
    return DialEnd.over(context, state.cursor(), state.verb(), outcome, goneBy, why);
  }

  private static DialOutcome leaves(StepContext context, ConferenceCall call) {
    Sid conference = call.conference();
    if (conference != null) {
      note(context, conference, "leaves");
    }
    Recorder.hush(context, true);
    if (call.phase() instanceof Talking talking && talking.recording() != null) {
      Recorder.stop(context, talking.recording());
    }
    return DialOutcome.of(conference == null ? DialCallStatus.FAILED : DialCallStatus.ANSWERED);
  }

  private static void note(StepContext context, Sid conference, String what) {
    context.note(new CallEvent.MeetingChanged(context.leg().sid(), conference, what));
  }

  private static VerbStep goesOn(InConference state, ConferenceCall.Phase phase) {
    return VerbStep.goesOn(
        new InConference(state.cursor(), state.verb(), state.conference().in(phase)));
  }
}
