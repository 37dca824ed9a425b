package dev.ringback.call;

import dev.ringback.call.CallState.Part;
import dev.ringback.call.Callback.Extra;
import dev.ringback.call.Noise.Voice;
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

  ConferenceStep start(Turn turn, Target document, DialNoun.Conference noun) {
    turn.answer();
    int question = turn.ask(new RoomQuestion.Join(noun, document));
    return going(new Conferencing(noun, question, null, null, null, null, null));
  }

  ConferenceStep step(
      Turn turn, Target document, Verb.Dial verb, Conferencing conference, CallInput input) {
    if (CallMachine.leaves(turn, input)) {
      return leave(turn, conference, input, CallMachine.goodbye(input));
    }
    if (input instanceof CallInput.Told told && told.answer() instanceof RoomAnswer answer) {
      return told(turn, document, verb, conference, told.question(), answer);
    }
    if (conference.timeLimit() != null && CallMachine.woke(turn, input, conference.timeLimit())) {
      return leave(turn, conference, null, "timeLimit was reached");
    }
    if (verb.hangupOnStar() && CallMachine.pressed(turn, input).indexOf('*') >= 0) {
      return leave(turn, conference, null, "the caller pressed *");
    }
    Waiting waiting = conference.waiting();
    if (waiting == null) {
      QueueMachine.say(turn, conference.noun().muted() ? null : input);
      return going(conference);
    }
    return switch (waits.step(turn, waiting, input)) {
      case WaitStep.Going going -> going(conference.hearing(going.waiting()));
      case WaitStep.Over over ->
          going(
              conference.hearing(
                  over.heard()
                      ? wait(turn, document, conference.noun(), conference.conference())
                      : Waiting.NOTHING));
      case WaitStep.Left left ->
          over(turn, conference, null, left.hangsUp(), "the wait document left the conference");
    };
  }

  private ConferenceStep told(
      Turn turn,
      Target document,
      Verb.Dial verb,
      Conferencing conference,
      int question,
      RoomAnswer answer) {
    Sid sid = conference.conference();
    return switch (answer) {
      case RoomAnswer.Joined joined when question == conference.question() -> {
        note(turn, joined.conference(), joined.started() ? "joins" : "joins and waits for others");
        yield going(
            new Conferencing(
                conference.noun(),
                question,
                joined.conference(),
                turn.now(),
                joined.started()
                    ? null
                    : wait(turn, document, conference.noun(), joined.conference()),
                turn.wake(verb.timeLimit(), Alarm.TimeLimit::new),
                record(turn, document, conference, joined.conference(), joined.records())));
      }
      case RoomAnswer.ConferenceFull full when question == conference.question() -> {
        turn.raiseOurs(
            Level.WARNING,
            "conference-full: %s has its maxParticipants=%d; the caller is not let in"
                .formatted(conference.noun().name(), conference.noun().maxParticipants()));
        yield over(turn, conference, null, false, "the conference is full");
      }
      case RoomAnswer.Started started when started.conference().equals(sid) -> {
        note(turn, started.conference(), "begins");
        if (conference.waiting() != null) {
          RecordingMachine.hush(turn, true);
        }
        yield going(
            conference
                .hearing(null)
                .recordedAs(
                    record(turn, document, conference, started.conference(), started.records())));
      }
      case RoomAnswer.Said said when conference.waiting() == null -> {
        RecordingMachine.heard(turn, Voice.CALLED, said.act());
        yield going(conference);
      }
      case RoomAnswer.Over over when over.conference().equals(sid) ->
          over(turn, conference, null, false, "the conference is over");
      default -> going(conference);
    };
  }

  /** Starts to record the conference, if that falls to this call. */
  private static @Nullable Sid record(
      Turn turn, Target document, Conferencing conference, Sid sid, boolean records) {
    return records
        ? RecordingMachine.start(
            turn,
            RecordingMachine.Order.of(
                    RecordingSource.CONFERENCE,
                    Recording.Scope.BRIDGE,
                    document,
                    conference.noun().recording())
                .of(sid))
        : null;
  }

  private Waiting wait(
      Turn turn, Target document, DialNoun.Conference noun, @Nullable Sid conference) {
    return waits.begin(
        turn,
        WaitingMachine.document(document, noun.waitUrl(), noun.waitMethod()),
        Part.CONFERENCE,
        () -> conference == null ? new Extra.None() : new Extra.ConferenceWait(conference));
  }

  private static ConferenceStep leave(
      Turn turn, Conferencing conference, @Nullable CallInput goneBy, String why) {
    int unused = turn.ask(new RoomQuestion.Leave());
    return over(turn, conference, goneBy, false, why);
  }

  private static ConferenceStep over(
      Turn turn, Conferencing conference, @Nullable CallInput goneBy, boolean hangsUp, String why) {
    if (hangsUp) {
      int unused = turn.ask(new RoomQuestion.Leave());
    }
    if (conference.conference() != null) {
      note(turn, conference.conference(), "leaves");
    }
    RecordingMachine.hush(turn, true);
    if (conference.recording() != null) {
      RecordingMachine.stop(turn, conference.recording());
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

  private static void note(Turn turn, Sid conference, String what) {
    turn.note(new Moment.RoomChanged(turn.leg().sid(), conference, what));
  }

  private static ConferenceStep going(Conferencing conference) {
    return new ConferenceStep.Going(conference);
  }
}
