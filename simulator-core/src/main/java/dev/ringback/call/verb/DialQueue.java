package dev.ringback.call.verb;

import dev.ringback.call.Alarm;
import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.DiallingQueue;
import dev.ringback.call.Dequeuing;
import dev.ringback.call.Dequeuing.Phase.Screening;
import dev.ringback.call.Dequeuing.Phase.Talking;
import dev.ringback.call.Dequeuing.Phase.Waiting;
import dev.ringback.call.MeetingAnswer;
import dev.ringback.call.MeetingQuestion;
import dev.ringback.call.Recorder;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.id.Sid;
import dev.ringback.twiml.DialNoun;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.Cue;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.DialOutcome;
import dev.ringback.voice.Leg;
import dev.ringback.voice.QueueResult;
import dev.ringback.voice.Recording;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.SessionOutcome.RecordingFacts;
import dev.ringback.voice.Sound.Voice;
import dev.ringback.voice.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code <Dial><Queue>}: takes out the call that waits longest, and talks with it
 * (docs/voice/twiml/queue). The account knows which call waits in which queue.
 */
public final class DialQueue {
  VerbStep begin(StepContext context, Cursor cursor, Verb.Dial verb, DialNoun.Queue noun) {
    context.answer();
    Target screen =
        noun.url() == null ? null : cursor.document().resolve(noun.url(), noun.method());
    int question = context.ask(new MeetingQuestion.TakeOut(noun.name(), screen));
    return VerbStep.goesOn(
        new DiallingQueue(cursor, verb, new Dequeuing(question, null, waiting(context, verb))));
  }

  private static Waiting waiting(StepContext context, Verb.Dial verb) {
    return new Waiting(context.wake(verb.timeout(), Alarm.RingTimeout::new));
  }

  public VerbStep step(StepContext context, DiallingQueue state, CallInput input) {
    Leg leg = context.leg();
    if (input.leaves(leg)) {
      return leave(context, state, input, input.whyLeft());
    }
    switch (state.dequeuing().phase()) {
      case Waiting waiting -> {
        if (input.wakes(leg, waiting.timeout())) {
          return leave(context, state, null, "nobody waited in the queue in time");
        }
      }
      case Screening screening -> {}
      case Talking talking -> {
        if (input.wakes(leg, talking.timeLimit())) {
          return leave(context, state, null, "timeLimit was reached");
        }
        if (state.verb().hangupOnStar() && input.keysFrom(leg).indexOf('*') >= 0) {
          return leave(context, state, null, "the caller pressed *");
        }
        if (!(input instanceof CallInput.Told)) {
          context.tellOthers(input);
        }
      }
    }
    return input instanceof CallInput.Told told && told.answer() instanceof MeetingAnswer answer
        ? told(context, state, told.question(), answer)
        : VerbStep.goesOn(state);
  }

  private static VerbStep told(
      StepContext context, DiallingQueue state, int question, MeetingAnswer answer) {
    Dequeuing dequeuing = state.dequeuing();
    boolean answers = question == dequeuing.question();
    return switch (answer) {
      case MeetingAnswer.Said said -> {
        Recorder.heard(context, Voice.CALLED, said.act());
        yield VerbStep.goesOn(state);
      }
      case MeetingAnswer.QueueEmpty nobody ->
          // The call that was found has gone; the wait begins again.
          answers && !(dequeuing.phase() instanceof Waiting)
              ? goesOn(state, dequeuing.in(waiting(context, state.verb())))
              : VerbStep.goesOn(state);
      case MeetingAnswer.CallWaits found ->
          answers
              ? goesOn(
                  state,
                  new Dequeuing(
                      question,
                      found.place().queue(),
                      new Screening(found.member(), found.place().seconds())))
              : VerbStep.goesOn(state);
      case MeetingAnswer.Bridged bridged ->
          bridged.other().equals(dequeuing.member())
              ? bridged(context, state, bridged)
              : VerbStep.goesOn(state);
      case MeetingAnswer.Parted parted ->
          parted.other().equals(dequeuing.member())
              ? over(context, state, null, "the other party has gone")
              : VerbStep.goesOn(state);
      case MeetingAnswer.OfConference other -> VerbStep.goesOn(state);
      case MeetingAnswer.ToWaiting other -> VerbStep.goesOn(state);
    };
  }

  private static VerbStep bridged(
      StepContext context, DiallingQueue state, MeetingAnswer.Bridged bridged) {
    context.note(
        new CallEvent.MeetingChanged(
            context.leg().sid(), bridged.queue(), "is connected with call " + bridged.other()));
    context.tellOwnParty(new Cue.Connected());
    Verb.Dial verb = state.verb();
    Alarm timeLimit = context.wake(verb.timeLimit(), Alarm.TimeLimit::new);
    Sid recording =
        verb.recording().mode().records()
            ? Recorder.start(
                context,
                Recording.Plan.of(
                    RecordingSource.DIAL_VERB,
                    Recording.Scope.BRIDGE,
                    state.cursor().document(),
                    verb.recording()))
            : null;
    return goesOn(
        state,
        new Dequeuing(
            state.dequeuing().question(),
            bridged.queue(),
            new Talking(
                bridged.other(), bridged.queuedSeconds(), context.now(), timeLimit, recording)));
  }

  private static VerbStep leave(
      StepContext context, DiallingQueue state, @Nullable CallInput goneBy, String why) {
    context.inform(new MeetingQuestion.Leave());
    return over(context, state, goneBy, why);
  }

  /**
   * @param goneBy by which the caller left the line; null: the call goes on
   */
  private static VerbStep over(
      StepContext context, DiallingQueue state, @Nullable CallInput goneBy, String why) {
    Recorder.hush(context, true);
    Dequeuing dequeuing = state.dequeuing();
    DialCallStatus unconnected =
        goneBy == null ? DialCallStatus.NO_ANSWER : DialCallStatus.CANCELED;
    DialOutcome outcome =
        switch (dequeuing.phase()) {
          case Waiting waiting -> outcome(unconnected, null, null, null, queued(dequeuing, 0));
          case Screening screening ->
              outcome(
                  unconnected,
                  screening.member(),
                  null,
                  null,
                  queued(dequeuing, screening.queuedSeconds()));
          case Talking talking ->
              outcome(
                  DialCallStatus.COMPLETED,
                  talking.member(),
                  Math.max(1, Leg.wholeSeconds(Duration.between(talking.since(), context.now()))),
                  talking.recording() == null ? null : Recorder.stop(context, talking.recording()),
                  queued(dequeuing, talking.queuedSeconds()));
        };
    return DialEnd.over(context, state.cursor(), state.verb(), outcome, goneBy, why);
  }

  private static DialOutcome outcome(
      DialCallStatus status,
      @Nullable Sid member,
      @Nullable Long seconds,
      @Nullable RecordingFacts recording,
      Extra.@Nullable Queued queued) {
    return new DialOutcome(status, member, seconds, null, recording, queued, null, null);
  }

  private static Extra.@Nullable Queued queued(Dequeuing dequeuing, long seconds) {
    boolean bridged = dequeuing.phase() instanceof Talking;
    return dequeuing.queue() == null
        ? null
        : new Extra.Queued(
            bridged ? QueueResult.BRIDGED : QueueResult.HANGUP, dequeuing.queue(), seconds);
  }

  private static VerbStep goesOn(DiallingQueue state, Dequeuing dequeuing) {
    return VerbStep.goesOn(new DiallingQueue(state.cursor(), state.verb(), dequeuing));
  }
}
