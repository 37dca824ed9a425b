package dev.ringback.call;

import dev.ringback.call.CallState.Part;
import dev.ringback.call.Callback.Extra;
import dev.ringback.call.Noise.Voice;
import dev.ringback.call.SessionOutcome.RecordingFacts;
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
     * @param goneBy what took the caller off the line; null: the call goes on
     * @param hangsUp whether the call ends, by a {@code <Hangup>} in the wait document
     */
    record Over(Extra.Queued outcome, @Nullable CallInput goneBy, boolean hangsUp, String why)
        implements QueueStep {}
  }

  QueueStep enqueue(Turn turn, Verb.Enqueue verb) {
    turn.answer();
    int question = turn.ask(new RoomQuestion.Enqueue(verb.queue(), verb.maxQueueSize()));
    return going(new Queueing(question, null, turn.now(), null, Waiting.NOTHING, null, false));
  }

  QueueStep waiting(
      Turn turn, Target document, Verb.Enqueue verb, Queueing queueing, CallInput input) {
    if (CallMachine.leaves(turn, input)) {
      int unused = turn.ask(new RoomQuestion.Leave());
      return over(turn, queueing, left(turn, queueing), input, CallMachine.goodbye(input));
    }
    if (input instanceof CallInput.Told told && told.answer() instanceof RoomAnswer answer) {
      return told(turn, document, verb, queueing, told.question(), answer);
    }
    say(turn, queueing.bridged() ? input : null);
    return switch (waits.step(turn, queueing.waiting(), input)) {
      case WaitStep.Going going -> going(queueing.hearing(going.waiting()));
      case WaitStep.Over over -> heard(turn, queueing.hearing(Waiting.NOTHING), over.heard());
      case WaitStep.Left left -> {
        int unused = turn.ask(new RoomQuestion.Leave());
        yield left.hangsUp()
            ? new QueueStep.Over(
                outcome(turn, queueing, left(turn, queueing)),
                null,
                true,
                "<Hangup> while it waited")
            : over(
                turn,
                queueing,
                queueing.bridged() ? QueueResult.BRIDGED : QueueResult.LEAVE,
                null,
                "<Leave>");
      }
    };
  }

  /** The document is over: the two can be connected, or it is asked for again, or it is quiet. */
  private static QueueStep heard(Turn turn, Queueing queueing, boolean anything) {
    if (queueing.dequeuing() != null) {
      int unused = turn.ask(new RoomQuestion.Screened());
      return going(queueing);
    }
    return queueing.queue() == null || !anything
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
        yield going(queueing.at(line.place().queue()).hearing(waiting));
      }
      case RoomAnswer.QueueFull full when question == queueing.question() ->
          over(turn, queueing.at(full.queue()), QueueResult.QUEUE_FULL, null, "the queue is full");
      case RoomAnswer.TakenOut out when queueing.dequeuing() == null ->
          takenOut(turn, queueing.at(out.place().queue()), out);
      case RoomAnswer.Bridged bridged when bridged.other().equals(queueing.dequeuing()) -> {
        note(turn, bridged.queue(), "is connected with call " + bridged.other());
        turn.tellOwnParty(new Cue.Connected());
        yield going(queueing.connected());
      }
      case RoomAnswer.Said said -> {
        RecordingMachine.heard(turn, Voice.CALLED, said.act());
        yield going(queueing);
      }
      case RoomAnswer.Parted parted when parted.other().equals(queueing.dequeuing()) ->
          over(
              turn,
              queueing,
              queueing.bridged() ? QueueResult.BRIDGED : QueueResult.BRIDGING_IN_PROCESS,
              null,
              "the other party has gone");
      default -> going(queueing);
    };
  }

  private QueueStep takenOut(Turn turn, Queueing queueing, RoomAnswer.TakenOut out) {
    RecordingMachine.hush(turn, true);
    note(turn, out.place().queue(), "is taken out by call " + out.dequeuing());
    Waiting screen =
        waits.begin(
            turn, out.screen(), Part.QUEUE, () -> new Extra.Waiting(out.place(), out.dequeuing()));
    Queueing taken = queueing.takenOut(out.dequeuing(), out.place().seconds()).hearing(screen);
    return screen.state() == null ? heard(turn, taken, false) : going(taken);
  }

  private static QueueStep over(
      Turn turn, Queueing queueing, QueueResult result, @Nullable CallInput goneBy, String why) {
    RecordingMachine.hush(turn, true);
    if (queueing.queue() != null) {
      note(turn, queueing.queue(), "leaves: " + result.wireName());
    }
    return new QueueStep.Over(outcome(turn, queueing, result), goneBy, false, why);
  }

  /** The API sends the call elsewhere, or its party leaves. */
  private static QueueResult left(Turn turn, Queueing queueing) {
    if (turn.isTearingDown()) {
      return queueing.bridged() ? QueueResult.REDIRECTED_FROM_BRIDGED : QueueResult.REDIRECTED;
    }
    return queueing.bridged() ? QueueResult.BRIDGED : QueueResult.HANGUP;
  }

  private static Extra.Queued outcome(Turn turn, Queueing queueing, QueueResult result) {
    Long waited = queueing.waited();
    return new Extra.Queued(
        result,
        queueing.queue(),
        waited == null ? Duration.between(queueing.since(), turn.now()).toSeconds() : waited);
  }

  // The one who takes out

  /** What a step of a {@code <Dial><Queue>} comes to. */
  sealed interface DequeueStep {
    record Going(Dequeue dequeue) implements DequeueStep {}

    /**
     * @param goneBy what took the caller off the line; null: the call goes on
     */
    record Over(DialOutcome outcome, @Nullable CallInput goneBy, String why)
        implements DequeueStep {}
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
            null,
            null));
  }

  DequeueStep taking(Turn turn, Target document, Verb.Dial verb, Dequeue dequeue, CallInput input) {
    if (CallMachine.leaves(turn, input)) {
      return quit(turn, dequeue, input, CallMachine.goodbye(input));
    }
    if (dequeue.timeout() != null && CallMachine.woke(turn, input, dequeue.timeout())) {
      return quit(turn, dequeue, null, "nobody waited in the queue in time");
    }
    if (dequeue.timeLimit() != null && CallMachine.woke(turn, input, dequeue.timeLimit())) {
      return quit(turn, dequeue, null, "timeLimit was reached");
    }
    if (dequeue.since() != null
        && verb.hangupOnStar()
        && CallMachine.pressed(turn, input).indexOf('*') >= 0) {
      return quit(turn, dequeue, null, "the caller pressed *");
    }
    if (!(input instanceof CallInput.Told told)) {
      say(turn, dequeue.since() == null ? null : input);
      return new DequeueStep.Going(dequeue);
    }
    if (told.answer() instanceof RoomAnswer.Said said) {
      RecordingMachine.heard(turn, Voice.CALLED, said.act());
      return new DequeueStep.Going(dequeue);
    }
    return switch (told.answer()) {
      case RoomAnswer.NobodyWaits nobody
          when told.question() == dequeue.question() && dequeue.timeout() == null ->
          // Whoever was found has gone; the wait begins again.
          new DequeueStep.Going(
              new Dequeue(
                  dequeue.question(),
                  turn.wake(verb.timeout(), Alarm.RingTimeout::new),
                  dequeue.queue(),
                  null,
                  0,
                  null,
                  null,
                  null));
      case RoomAnswer.SomebodyWaits found when told.question() == dequeue.question() ->
          new DequeueStep.Going(
              new Dequeue(
                  dequeue.question(),
                  null,
                  found.place().queue(),
                  found.member(),
                  found.place().seconds(),
                  null,
                  null,
                  null));
      case RoomAnswer.Bridged bridged when bridged.other().equals(dequeue.member()) -> {
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
                turn.wake(verb.timeLimit(), Alarm.TimeLimit::new),
                verb.recording().mode().records()
                    ? RecordingMachine.start(
                        turn,
                        RecordingMachine.Order.of(
                            RecordingSource.DIAL_VERB,
                            Recording.Scope.BRIDGE,
                            document,
                            verb.recording()))
                    : null));
      }
      case RoomAnswer.Parted parted when parted.other().equals(dequeue.member()) ->
          ended(turn, dequeue, null, "the other party has gone");
      default -> new DequeueStep.Going(dequeue);
    };
  }

  private static DequeueStep quit(
      Turn turn, Dequeue dequeue, @Nullable CallInput goneBy, String why) {
    int unused = turn.ask(new RoomQuestion.Leave());
    return ended(turn, dequeue, goneBy, why);
  }

  private static DequeueStep ended(
      Turn turn, Dequeue dequeue, @Nullable CallInput goneBy, String why) {
    RecordingMachine.hush(turn, true);
    RecordingFacts kept =
        dequeue.recording() == null ? null : RecordingMachine.stop(turn, dequeue.recording());
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
                : goneBy != null ? DialCallStatus.CANCELED : DialCallStatus.NO_ANSWER,
            dequeue.member(),
            seconds,
            null,
            kept,
            queue == null
                ? null
                : new Extra.Queued(
                    bridged ? QueueResult.BRIDGED : QueueResult.HANGUP,
                    queue,
                    dequeue.queuedSeconds()),
            null,
            null),
        goneBy,
        why);
  }

  /**
   * Lets the others hear what the call's own party does.
   *
   * @param input null: nobody is there to hear it
   */
  static void say(Turn turn, @Nullable CallInput input) {
    Act act = input == null ? null : CallMachine.actOf(input, turn.leg().sid());
    if (act instanceof Act.Speak || act instanceof Act.Talk || act instanceof Act.Press) {
      int unused = turn.ask(new RoomQuestion.Say(act));
    }
  }

  private static void note(Turn turn, Sid queue, String what) {
    turn.note(new Moment.RoomChanged(turn.leg().sid(), queue, what));
  }

  private static QueueStep going(Queueing queueing) {
    return new QueueStep.Going(queueing);
  }
}
