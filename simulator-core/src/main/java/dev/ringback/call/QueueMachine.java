package dev.ringback.call;

import dev.ringback.call.AppRequest.Extra;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.SessionOutcome.RecordingFacts;
import dev.ringback.call.Sound.Voice;
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

  QueueStep enqueue(StepContext context, Verb.Enqueue verb) {
    context.answer();
    int question = context.ask(new MeetingQuestion.Enqueue(verb.queue(), verb.maxQueueSize()));
    return going(new Queueing(question, null, context.now(), null, Waiting.NOTHING, null, false));
  }

  QueueStep waiting(
      StepContext context, Target document, Verb.Enqueue verb, Queueing queueing, CallInput input) {
    if (CallMachine.leaves(context, input)) {
      int unused = context.ask(new MeetingQuestion.Leave());
      return over(context, queueing, left(context, queueing), input, CallMachine.goodbye(input));
    }
    if (input instanceof CallInput.Told told && told.answer() instanceof MeetingAnswer answer) {
      return told(context, document, verb, queueing, told.question(), answer);
    }
    say(context, queueing.bridged() ? input : null);
    return switch (waits.step(context, queueing.waiting(), input)) {
      case WaitStep.Going going -> going(queueing.hearing(going.waiting()));
      case WaitStep.Over over -> heard(context, queueing.hearing(Waiting.NOTHING), over.heard());
      case WaitStep.Left left -> {
        int unused = context.ask(new MeetingQuestion.Leave());
        yield left.hangsUp()
            ? new QueueStep.Over(
                outcome(context, queueing, left(context, queueing)),
                null,
                true,
                "<Hangup> while it waited")
            : over(
                context,
                queueing,
                queueing.bridged() ? QueueResult.BRIDGED : QueueResult.LEAVE,
                null,
                "<Leave>");
      }
    };
  }

  /** The document is over: the two can be connected, or it is asked for again, or it is quiet. */
  private static QueueStep heard(StepContext context, Queueing queueing, boolean anything) {
    if (queueing.dequeuing() != null) {
      int unused = context.ask(new MeetingQuestion.Screened());
      return going(queueing);
    }
    return queueing.queue() == null || !anything
        ? going(queueing)
        : going(queueing.asking(context.ask(new MeetingQuestion.HowLong(queueing.queue()))));
  }

  private QueueStep told(
      StepContext context,
      Target document,
      Verb.Enqueue verb,
      Queueing queueing,
      int question,
      MeetingAnswer answer) {
    return switch (answer) {
      case MeetingAnswer.InLine line when question == queueing.question() -> {
        if (queueing.queue() == null) {
          note(context, line.place().queue(), "waits at place " + line.place().position());
        }
        Waiting waiting =
            waits.begin(
                context,
                WaitingMachine.document(document, verb.waitUrl(), verb.waitUrlMethod()),
                DocumentRole.QUEUE,
                () -> new Extra.Waiting(line.place(), null));
        yield going(queueing.at(line.place().queue()).hearing(waiting));
      }
      case MeetingAnswer.QueueFull full when question == queueing.question() ->
          over(
              context,
              queueing.at(full.queue()),
              QueueResult.QUEUE_FULL,
              null,
              "the queue is full");
      case MeetingAnswer.TakenOut out when queueing.dequeuing() == null ->
          takenOut(context, queueing.at(out.place().queue()), out);
      case MeetingAnswer.Bridged bridged when bridged.other().equals(queueing.dequeuing()) -> {
        note(context, bridged.queue(), "is connected with call " + bridged.other());
        context.tellOwnParty(new Cue.Connected());
        yield going(queueing.connected());
      }
      case MeetingAnswer.Said said -> {
        Recorder.heard(context, Voice.CALLED, said.act());
        yield going(queueing);
      }
      case MeetingAnswer.Parted parted when parted.other().equals(queueing.dequeuing()) ->
          over(
              context,
              queueing,
              queueing.bridged() ? QueueResult.BRIDGED : QueueResult.BRIDGING_IN_PROCESS,
              null,
              "the other party has gone");
      default -> going(queueing);
    };
  }

  private QueueStep takenOut(StepContext context, Queueing queueing, MeetingAnswer.TakenOut out) {
    Recorder.hush(context, true);
    note(context, out.place().queue(), "is taken out by call " + out.dequeuing());
    Waiting screen =
        waits.begin(
            context,
            out.screen(),
            DocumentRole.QUEUE,
            () -> new Extra.Waiting(out.place(), out.dequeuing()));
    Queueing taken = queueing.takenOut(out.dequeuing(), out.place().seconds()).hearing(screen);
    return screen.state() == null ? heard(context, taken, false) : going(taken);
  }

  private static QueueStep over(
      StepContext context,
      Queueing queueing,
      QueueResult result,
      @Nullable CallInput goneBy,
      String why) {
    Recorder.hush(context, true);
    if (queueing.queue() != null) {
      note(context, queueing.queue(), "leaves: " + result.wireName());
    }
    return new QueueStep.Over(outcome(context, queueing, result), goneBy, false, why);
  }

  /** The API sends the call elsewhere, or its party leaves. */
  private static QueueResult left(StepContext context, Queueing queueing) {
    if (context.isTearingDown()) {
      return queueing.bridged() ? QueueResult.REDIRECTED_FROM_BRIDGED : QueueResult.REDIRECTED;
    }
    return queueing.bridged() ? QueueResult.BRIDGED : QueueResult.HANGUP;
  }

  private static Extra.Queued outcome(StepContext context, Queueing queueing, QueueResult result) {
    Long waited = queueing.waited();
    return new Extra.Queued(
        result,
        queueing.queue(),
        waited == null ? Duration.between(queueing.since(), context.now()).toSeconds() : waited);
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

  DequeueStep dequeue(StepContext context, Target document, Verb.Dial verb, DialNoun.Queue noun) {
    context.answer();
    Target screen = noun.url() == null ? null : document.resolve(noun.url(), noun.method());
    int question = context.ask(new MeetingQuestion.TakeOut(noun.name(), screen));
    return new DequeueStep.Going(
        new Dequeue(
            question,
            context.wake(verb.timeout(), Alarm.RingTimeout::new),
            null,
            null,
            0,
            null,
            null,
            null));
  }

  DequeueStep taking(
      StepContext context, Target document, Verb.Dial verb, Dequeue dequeue, CallInput input) {
    if (CallMachine.leaves(context, input)) {
      return quit(context, dequeue, input, CallMachine.goodbye(input));
    }
    if (dequeue.timeout() != null && CallMachine.woke(context, input, dequeue.timeout())) {
      return quit(context, dequeue, null, "nobody waited in the queue in time");
    }
    if (dequeue.timeLimit() != null && CallMachine.woke(context, input, dequeue.timeLimit())) {
      return quit(context, dequeue, null, "timeLimit was reached");
    }
    if (dequeue.since() != null
        && verb.hangupOnStar()
        && CallMachine.pressed(context, input).indexOf('*') >= 0) {
      return quit(context, dequeue, null, "the caller pressed *");
    }
    if (!(input instanceof CallInput.Told told)) {
      say(context, dequeue.since() == null ? null : input);
      return new DequeueStep.Going(dequeue);
    }
    if (told.answer() instanceof MeetingAnswer.Said said) {
      Recorder.heard(context, Voice.CALLED, said.act());
      return new DequeueStep.Going(dequeue);
    }
    return switch (told.answer()) {
      case MeetingAnswer.NobodyWaits nobody
          when told.question() == dequeue.question() && dequeue.timeout() == null ->
          // Whoever was found has gone; the wait begins again.
          new DequeueStep.Going(
              new Dequeue(
                  dequeue.question(),
                  context.wake(verb.timeout(), Alarm.RingTimeout::new),
                  dequeue.queue(),
                  null,
                  0,
                  null,
                  null,
                  null));
      case MeetingAnswer.SomebodyWaits found when told.question() == dequeue.question() ->
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
      case MeetingAnswer.Bridged bridged when bridged.other().equals(dequeue.member()) -> {
        note(context, bridged.queue(), "is connected with call " + bridged.other());
        context.tellOwnParty(new Cue.Connected());
        yield new DequeueStep.Going(
            new Dequeue(
                dequeue.question(),
                null,
                bridged.queue(),
                bridged.other(),
                bridged.queuedSeconds(),
                context.now(),
                context.wake(verb.timeLimit(), Alarm.TimeLimit::new),
                verb.recording().mode().records()
                    ? Recorder.start(
                        context,
                        Recorder.Order.of(
                            RecordingSource.DIAL_VERB,
                            Recording.Scope.BRIDGE,
                            document,
                            verb.recording()))
                    : null));
      }
      case MeetingAnswer.Parted parted when parted.other().equals(dequeue.member()) ->
          ended(context, dequeue, null, "the other party has gone");
      default -> new DequeueStep.Going(dequeue);
    };
  }

  private static DequeueStep quit(
      StepContext context, Dequeue dequeue, @Nullable CallInput goneBy, String why) {
    int unused = context.ask(new MeetingQuestion.Leave());
    return ended(context, dequeue, goneBy, why);
  }

  private static DequeueStep ended(
      StepContext context, Dequeue dequeue, @Nullable CallInput goneBy, String why) {
    Recorder.hush(context, true);
    RecordingFacts kept =
        dequeue.recording() == null ? null : Recorder.stop(context, dequeue.recording());
    boolean bridged = dequeue.since() != null;
    Sid queue = dequeue.queue();
    @Nullable Long seconds =
        dequeue.since() == null
            ? null
            : Math.max(1, Leg.wholeSeconds(Duration.between(dequeue.since(), context.now())));
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
  static void say(StepContext context, @Nullable CallInput input) {
    Act act = input == null ? null : CallMachine.actOf(input, context.leg().sid());
    if (act instanceof Act.Speak || act instanceof Act.Talk || act instanceof Act.Press) {
      int unused = context.ask(new MeetingQuestion.Say(act));
    }
  }

  private static void note(StepContext context, Sid queue, String what) {
    context.note(new CallEvent.MeetingChanged(context.leg().sid(), queue, what));
  }

  private static QueueStep going(Queueing queueing) {
    return new QueueStep.Going(queueing);
  }
}
