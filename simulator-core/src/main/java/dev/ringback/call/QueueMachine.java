package dev.ringback.call;

import dev.ringback.call.CallState.Part;
import dev.ringback.call.Callback.Extra;
import dev.ringback.call.WaitingMachine.WaitStep;
import dev.ringback.id.Sid;
import dev.ringback.twiml.DialNoun;
import dev.ringback.twiml.Verb;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of a queue: {@code <Enqueue>}, where a call waits until it is taken out, and {@code
 * <Dial><Queue>}, which takes out whoever waits longest (docs/voice/twiml/enqueue, queue). Who is
 * where in which queue is known to the account's rooms.
 */
final class QueueMachine {
  private final WaitingMachine waits;

  QueueMachine(WaitingMachine waits) {
    this.waits = waits;
  }

  // The one who waits

  /** What a step of an Enqueue comes to. */
  sealed interface QueueStep {
    record Going(Queueing queueing) implements QueueStep {}

    /**
     * @param callerGone whether the caller's leg ends with it
     * @param hangsUp whether the call ends, by a {@code <Hangup>} in the wait document
     */
    record Over(Extra.Queued outcome, boolean callerGone, boolean hangsUp, String why)
        implements QueueStep {}
  }

  QueueStep enqueue(Turn turn, Verb.Enqueue verb) {
    turn.answer();
    int question = turn.ask(new RoomQuestion.Enqueue(verb.queue(), verb.maxQueueSize()));
    return going(
        new Queueing(question, null, turn.now(), new Waiting(null, null, turn.now()), null, false));
  }

  QueueStep waiting(
      Turn turn, Target document, Verb.Enqueue verb, Queueing queueing, CallInput input) {
    if (CallMachine.leaves(turn, input)) {
      part(turn, queueing);
      return over(turn, queueing, QueueResult.HANGUP, true, CallMachine.goodbye(input));
    }
    if (input instanceof CallInput.Told told && told.answer() instanceof RoomAnswer answer) {
      return told(turn, document, verb, queueing, told.question(), answer);
    }
    return switch (waits.step(turn, queueing.waiting(), input)) {
      case WaitStep.Going going -> going(queueing.hearing(going.waiting()));
      case WaitStep.Over over -> again(turn, queueing.hearing(over.waiting()));
      case WaitStep.Left left -> {
        part(turn, queueing);
        yield left.hangsUp()
            ? new QueueStep.Over(
                outcome(turn, queueing, QueueResult.HANGUP),
                false,
                true,
                "<Hangup> while it waited")
            : over(turn, queueing, QueueResult.LEAVE, false, "<Leave>");
      }
    };
  }

  /** The document that was heard is over: the wait document again, or the two can be connected. */
  private static QueueStep again(Turn turn, Queueing queueing) {
    if (queueing.dequeuing() != null) {
      int unused = turn.ask(new RoomQuestion.Screened(queueing.dequeuing()));
      return going(queueing);
    }
    return queueing.queue() == null
        ? going(queueing)
        : going(queueing.asking(turn.ask(new RoomQuestion.HowLong(queueing.queue()))));
  }

  private QueueStep told(
      Turn turn,
      Target document,
      Verb.Enqueue verb,
      Queueing queueing,
      int question,
      RoomAnswer answer) {
    return switch (answer) {
      case RoomAnswer.InLine line when question == queueing.question() -> {
        if (queueing.queue() == null) {
          note(turn, line.place().queue(), "waits at place " + line.place().position());
        }
        Waiting waiting =
            waits.begin(
                turn,
                WaitingMachine.document(document, verb.waitUrl(), verb.waitUrlMethod()),
                Part.QUEUE,
                () -> new Extra.Waiting(line.place(), null));
        yield going(
            new Queueing(question, line.place().queue(), queueing.since(), waiting, null, false));
      }
      case RoomAnswer.QueueFull full when question == queueing.question() ->
          over(
              turn,
              new Queueing(question, full.queue(), turn.now(), queueing.waiting(), null, false),
              QueueResult.QUEUE_FULL,
              false,
              "the queue is full");
      case RoomAnswer.TakenOut out -> takenOut(turn, queueing, out);
      case RoomAnswer.Bridged bridged -> {
        note(turn, bridged.queue(), "is connected with call " + bridged.other());
        turn.tellOwnParty(new Cue.Connected());
        yield going(
            new Queueing(
                queueing.question(),
                queueing.queue(),
                queueing.since(),
                new Waiting(null, null, turn.now()),
                bridged.other(),
                true));
      }
      case RoomAnswer.Parted parted when parted.other().equals(queueing.dequeuing()) ->
          over(turn, queueing, QueueResult.BRIDGED, false, "the other party has gone");
      default -> going(queueing);
    };
  }

  private QueueStep takenOut(Turn turn, Queueing queueing, RoomAnswer.TakenOut out) {
    RecordingMachine.hush(turn, true);
    note(turn, out.place().queue(), "is taken out by call " + out.dequeuing());
    Waiting screen =
        waits.begin(
            turn, out.screen(), Part.QUEUE, () -> new Extra.Waiting(out.place(), out.dequeuing()));
    Queueing taken =
        new Queueing(
            queueing.question(),
            queueing.queue(),
            queueing.since(),
            screen,
            out.dequeuing(),
            false);
    return screen.state() == null ? again(turn, taken) : going(taken);
  }

  private static void part(Turn turn, Queueing queueing) {
    if (queueing.dequeuing() != null) {
      int unused = turn.ask(new RoomQuestion.Part(queueing.dequeuing()));
    } else if (queueing.queue() != null) {
      int unused = turn.ask(new RoomQuestion.LeaveQueue(queueing.queue()));
    }
  }

  private static QueueStep over(
      Turn turn, Queueing queueing, QueueResult result, boolean callerGone, String why) {
    RecordingMachine.hush(turn, true);
    if (queueing.queue() != null) {
      note(turn, queueing.queue(), "leaves: " + result.wireName());
    }
    return new QueueStep.Over(outcome(turn, queueing, result), callerGone, false, why);
  }

  private static Extra.Queued outcome(Turn turn, Queueing queueing, QueueResult result) {
    return new Extra.Queued(
        queueing.bridged() ? QueueResult.BRIDGED : result,
        queueing.queue(),
        Duration.between(queueing.since(), turn.now()).toSeconds());
  }

  // The one who takes out

  /** What a step of a {@code <Dial><Queue>} comes to. */
  sealed interface DequeueStep {
    record Going(Dequeue dequeue) implements DequeueStep {}

    /**
     * @param callerGone whether the caller's leg ends with it
     */
    record Over(DialOutcome outcome, boolean callerGone, String why) implements DequeueStep {}
  }

  DequeueStep dequeue(Turn turn, Target document, Verb.Dial verb, DialNoun.Queue noun) {
    turn.answer();
    Target screen = noun.url() == null ? null : document.resolve(noun.url(), noun.method());
    int question = turn.ask(new RoomQuestion.TakeOut(noun.name(), screen));
    return new DequeueStep.Going(
        new Dequeue(
            question,
            turn.wake(verb.timeout(), Alarm.RingTimeout::new),
            null,
            null,
            0,
            null,
            null));
  }

  DequeueStep taking(
      Turn turn, Verb.Dial verb, DialNoun.Queue noun, Dequeue dequeue, CallInput input) {
    if (CallMachine.leaves(turn, input)) {
      return quit(turn, noun, dequeue, true, CallMachine.goodbye(input));
    }
    if (dequeue.timeout() != null && CallMachine.woke(turn, input, dequeue.timeout())) {
      return quit(turn, noun, dequeue, false, "nobody waited in the queue in time");
    }
    if (dequeue.timeLimit() != null && CallMachine.woke(turn, input, dequeue.timeLimit())) {
      return quit(turn, noun, dequeue, false, "timeLimit was reached");
    }
    if (dequeue.since() != null
        && verb.hangupOnStar()
        && CallMachine.pressed(turn, input).indexOf('*') >= 0) {
      return quit(turn, noun, dequeue, false, "the caller pressed *");
    }
    if (!(input instanceof CallInput.Told told)) {
      return new DequeueStep.Going(dequeue);
    }
    return switch (told.answer()) {
      case RoomAnswer.SomebodyWaits found ->
          new DequeueStep.Going(
              new Dequeue(
                  dequeue.question(),
                  null,
                  found.place().queue(),
                  found.member(),
                  found.place().seconds(),
                  null,
                  null));
      case RoomAnswer.Bridged bridged -> {
        note(turn, bridged.queue(), "is connected with call " + bridged.other());
        turn.tellOwnParty(new Cue.Connected());
        yield new DequeueStep.Going(
            new Dequeue(
                dequeue.question(),
                null,
                bridged.queue(),
                bridged.other(),
                bridged.queuedSeconds(),
                turn.now(),
                turn.wake(verb.timeLimit(), Alarm.TimeLimit::new)));
      }
      case RoomAnswer.Parted parted when parted.other().equals(dequeue.member()) ->
          ended(turn, dequeue, false, "the other party has gone");
      default -> new DequeueStep.Going(dequeue);
    };
  }

  private static DequeueStep quit(
      Turn turn, DialNoun.Queue noun, Dequeue dequeue, boolean callerGone, String why) {
    int unused =
        turn.ask(
            dequeue.member() == null
                ? new RoomQuestion.GiveUp(noun.name())
                : new RoomQuestion.Part(dequeue.member()));
    return ended(turn, dequeue, callerGone, why);
  }

  private static DequeueStep ended(Turn turn, Dequeue dequeue, boolean callerGone, String why) {
    RecordingMachine.hush(turn, true);
    boolean bridged = dequeue.since() != null;
    Sid queue = dequeue.queue();
    @Nullable Long seconds =
        dequeue.since() == null
            ? null
            : Math.max(1, Leg.wholeSeconds(Duration.between(dequeue.since(), turn.now())));
    return new DequeueStep.Over(
        new DialOutcome(
            bridged
                ? DialCallStatus.COMPLETED
                : callerGone ? DialCallStatus.CANCELED : DialCallStatus.NO_ANSWER,
            dequeue.member(),
            seconds,
            null,
            null,
            queue == null
                ? null
                : new Extra.Queued(
                    bridged ? QueueResult.BRIDGED : QueueResult.HANGUP,
                    queue,
                    dequeue.queuedSeconds()),
            null,
            null),
        callerGone,
        why);
  }

  private static void note(Turn turn, Sid queue, String what) {
    turn.note(new Moment.RoomChanged(turn.leg().sid(), queue, what));
  }

  private static QueueStep going(Queueing queueing) {
    return new QueueStep.Going(queueing);
  }
}
