package dev.ringback.call;

import dev.ringback.call.AppRequest.Extra;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.Sound.Voice;
import dev.ringback.call.WaitingMachine.WaitStep;
import dev.ringback.id.Sid;
import dev.ringback.twiml.DialNoun;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.Verb;
import org.jspecify.annotations.Nullable;

/**
 * {@code <Dial><Conference>} as one participant lives it: join, wait until it begins, be in it,
 * leave (docs/voice/twiml/conference). Who else is in it is known to the account's rooms.
 */
final class ConferenceMachine {
  private final WaitingMachine waits;

  ConferenceMachine(WaitingMachine waits) {
    this.waits = waits;
  }

  /** What a step comes to. */
  sealed interface ConferenceStep {
    record Going(Conferencing conference) implements ConferenceStep {}

    /**
     * @param goneBy what took the caller off the line; null: the call goes on
     * @param hangsUp whether the call ends, by a {@code <Hangup>} in the wait document
     */
    record Over(DialOutcome outcome, @Nullable CallInput goneBy, boolean hangsUp, String why)
        implements ConferenceStep {}
  }

  ConferenceStep start(StepContext context, Target document, DialNoun.Conference noun) {
    context.answer();
    int question = context.ask(new MeetingQuestion.Join(noun, document));
    return going(new Conferencing(noun, question, null, null, null, null, null));
  }

  ConferenceStep step(
      StepContext context,
      Target document,
      Verb.Dial verb,
      Conferencing conference,
      CallInput input) {
    if (CallMachine.leaves(context, input)) {
      return leave(context, conference, input, CallMachine.goodbye(input));
    }
    if (input instanceof CallInput.Told told && told.answer() instanceof MeetingAnswer answer) {
      return told(context, document, verb, conference, told.question(), answer);
    }
    if (conference.timeLimit() != null
        && CallMachine.woke(context, input, conference.timeLimit())) {
      return leave(context, conference, null, "timeLimit was reached");
    }
    if (verb.hangupOnStar() && CallMachine.pressed(context, input).indexOf('*') >= 0) {
      return leave(context, conference, null, "the caller pressed *");
    }
    Waiting waiting = conference.waiting();
    if (waiting == null) {
      QueueMachine.say(context, conference.noun().muted() ? null : input);
      return going(conference);
    }
    return switch (waits.step(context, waiting, input)) {
      case WaitStep.Going going -> going(conference.hearing(going.waiting()));
      case WaitStep.Over over ->
          going(
              conference.hearing(
                  over.heard()
                      ? wait(context, document, conference.noun(), conference.conference())
                      : Waiting.NOTHING));
      case WaitStep.Left left ->
          over(context, conference, null, left.hangsUp(), "the wait document left the conference");
    };
  }

  private ConferenceStep told(
      StepContext context,
      Target document,
      Verb.Dial verb,
      Conferencing conference,
      int question,
      MeetingAnswer answer) {
    Sid sid = conference.conference();
    return switch (answer) {
      case MeetingAnswer.Joined joined when question == conference.question() -> {
        note(
            context,
            joined.conference(),
            joined.started() ? "joins" : "joins and waits for others");
        yield going(
            new Conferencing(
                conference.noun(),
                question,
                joined.conference(),
                context.now(),
                joined.started()
                    ? null
                    : wait(context, document, conference.noun(), joined.conference()),
                context.wake(verb.timeLimit(), Alarm.TimeLimit::new),
                record(context, document, conference, joined.conference(), joined.records())));
      }
      case MeetingAnswer.ConferenceFull full when question == conference.question() -> {
        context.raiseOurs(
            Level.WARNING,
            "conference-full: %s has its maxParticipants=%d; the caller is not let in"
                .formatted(conference.noun().name(), conference.noun().maxParticipants()));
        yield over(context, conference, null, false, "the conference is full");
      }
      case MeetingAnswer.Started started when started.conference().equals(sid) -> {
        note(context, started.conference(), "begins");
        if (conference.waiting() != null) {
          Recorder.hush(context, true);
        }
        yield going(
            conference
                .hearing(null)
                .recordedAs(
                    record(
                        context, document, conference, started.conference(), started.records())));
      }
      case MeetingAnswer.Said said when conference.waiting() == null -> {
        Recorder.heard(context, Voice.CALLED, said.act());
        yield going(conference);
      }
      case MeetingAnswer.Over over when over.conference().equals(sid) ->
          over(context, conference, null, false, "the conference is over");
      default -> going(conference);
    };
  }

  /** Starts to record the conference, if that falls to this call. */
  private static @Nullable Sid record(
      StepContext context, Target document, Conferencing conference, Sid sid, boolean records) {
    return records
        ? Recorder.start(
            context,
            Recorder.Order.of(
                    RecordingSource.CONFERENCE,
                    Recording.Scope.BRIDGE,
                    document,
                    conference.noun().recording())
                .of(sid))
        : null;
  }

  private Waiting wait(
      StepContext context, Target document, DialNoun.Conference noun, @Nullable Sid conference) {
    return waits.begin(
        context,
        WaitingMachine.document(document, noun.waitUrl(), noun.waitMethod()),
        DocumentRole.CONFERENCE,
        () -> conference == null ? new Extra.None() : new Extra.ConferenceWait(conference));
  }

  private static ConferenceStep leave(
      StepContext context, Conferencing conference, @Nullable CallInput goneBy, String why) {
    int unused = context.ask(new MeetingQuestion.Leave());
    return over(context, conference, goneBy, false, why);
  }

  private static ConferenceStep over(
      StepContext context,
      Conferencing conference,
      @Nullable CallInput goneBy,
      boolean hangsUp,
      String why) {
    if (hangsUp) {
      int unused = context.ask(new MeetingQuestion.Leave());
    }
    if (conference.conference() != null) {
      note(context, conference.conference(), "leaves");
    }
    Recorder.hush(context, true);
    if (conference.recording() != null) {
      Recorder.stop(context, conference.recording());
    }
    boolean joined = conference.conference() != null;
    return new ConferenceStep.Over(
        new DialOutcome(
            joined ? DialCallStatus.ANSWERED : DialCallStatus.FAILED,
            null,
            null,
            null,
            null,
            null,
            null,
            null),
        goneBy,
        hangsUp,
        why);
  }

  private static void note(StepContext context, Sid conference, String what) {
    context.note(new CallEvent.MeetingChanged(context.leg().sid(), conference, what));
  }

  private static ConferenceStep going(Conferencing conference) {
    return new ConferenceStep.Going(conference);
  }
}
