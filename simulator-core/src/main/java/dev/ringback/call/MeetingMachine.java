package dev.ringback.call;

import dev.ringback.call.AppRequest.Extra;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.Dequeuing;
import dev.ringback.call.CallState.Dialling;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.CallState.InConference;
import dev.ringback.call.CallState.InQueue;
import dev.ringback.call.ConferenceMachine.ConferenceStep;
import dev.ringback.call.DialMachine.DialStep;
import dev.ringback.call.QueueMachine.DequeueStep;
import dev.ringback.call.QueueMachine.QueueStep;
import dev.ringback.twiml.DialNoun;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Verb;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verbs that bring the call together with others, {@code <Dial>} and {@code <Enqueue>}: each noun
 * has a machine of its own; here they begin, and here it goes on after them.
 */
final class MeetingMachine {
  private final CallMachine calls;
  private final DialMachine dials;
  private final ConferenceMachine conferences;
  private final QueueMachine queues;

  /**
   * @param calls goes on with the document when the verb is over
   */
  MeetingMachine(CallMachine calls) {
    WaitingMachine waits = new WaitingMachine(calls);
    this.calls = calls;
    this.dials = new DialMachine(calls);
    this.conferences = new ConferenceMachine(waits);
    this.queues = new QueueMachine(waits);
  }

  CallState dial(StepContext context, Cursor place, Verb.Dial verb) {
    DialNoun first = verb.nouns().getFirst();
    CallMachine.started(context, verb, callees(verb), null);
    return switch (first) {
      case DialNoun.Conference noun ->
          inConference(context, place, verb, conferences.start(context, place.document(), noun));
      case DialNoun.Queue noun ->
          dequeuing(context, place, verb, queues.dequeue(context, place.document(), verb, noun));
      case DialNoun.Party party ->
          dialling(context, place, verb, dials.start(context, place.document(), verb));
      case DialNoun.Uncallable nobody ->
          dialling(context, place, verb, dials.start(context, place.document(), verb));
    };
  }

  CallState enqueue(StepContext context, Cursor place, Verb.Enqueue verb) {
    CallMachine.started(context, verb, verb.queue(), null);
    return inQueue(context, place, verb, queues.enqueue(context, verb));
  }

  private static String callees(Verb.Dial verb) {
    return verb.nouns().stream()
        .map(noun ->
            switch (noun) {
              case DialNoun.Party party -> party.address();
              case DialNoun.Conference conference -> "Conference " + conference.name();
              case DialNoun.Queue queue -> "Queue " + queue.name();
              case DialNoun.Uncallable nobody -> "nobody";
            })
        .collect(Collectors.joining(", "));
  }

  CallState dialling(StepContext context, Dialling state, CallInput input) {
    return dialling(
        context,
        state.place(),
        state.verb(),
        dials.step(context, state.place().document(), state.verb(), state.dial(), input));
  }

  private CallState dialling(StepContext context, Cursor place, Verb.Dial verb, DialStep step) {
    return switch (step) {
      case DialStep.Going going -> new Dialling(place, verb, going.dial());
      case DialStep.Over over ->
          dialOver(context, place, verb, over.outcome(), over.goneBy(), over.why());
    };
  }

  CallState inConference(StepContext context, InConference state, CallInput input) {
    return inConference(
        context,
        state.place(),
        state.verb(),
        conferences.step(
            context, state.place().document(), state.verb(), state.conference(), input));
  }

  private CallState inConference(
      StepContext context, Cursor place, Verb.Dial verb, ConferenceStep step) {
    return switch (step) {
      case ConferenceStep.Going going -> new InConference(place, verb, going.conference());
      case ConferenceStep.Over over when over.hangsUp() ->
          CallMachine.end(context, CallStatus.COMPLETED, over.why());
      case ConferenceStep.Over over ->
          dialOver(context, place, verb, over.outcome(), over.goneBy(), over.why());
    };
  }

  CallState dequeuing(StepContext context, Dequeuing state, CallInput input) {
    return dequeuing(
        context,
        state.place(),
        state.verb(),
        queues.taking(context, state.place().document(), state.verb(), state.dequeue(), input));
  }

  private CallState dequeuing(StepContext context, Cursor place, Verb.Dial verb, DequeueStep step) {
    return switch (step) {
      case DequeueStep.Going going -> new Dequeuing(place, verb, going.dequeue());
      case DequeueStep.Over over ->
          dialOver(context, place, verb, over.outcome(), over.goneBy(), over.why());
    };
  }

  private CallState dialOver(
      StepContext context,
      Cursor place,
      Verb.Dial verb,
      DialOutcome outcome,
      @Nullable CallInput goneBy,
      String why) {
    context.note(new CallEvent.DialEnded(outcome, why));
    return verbOver(
        context,
        place,
        goneBy,
        RequestKind.DIAL,
        verb.action(),
        verb.method(),
        new Extra.Dialled(outcome));
  }

  CallState inQueue(StepContext context, InQueue state, CallInput input) {
    return inQueue(
        context,
        state.place(),
        state.verb(),
        queues.waiting(context, state.place().document(), state.verb(), state.queueing(), input));
  }

  private CallState inQueue(StepContext context, Cursor place, Verb.Enqueue verb, QueueStep step) {
    return switch (step) {
      case QueueStep.Going going -> new InQueue(place, verb, going.queueing());
      case QueueStep.Over over -> {
        if (over.hangsUp()) {
          context.endLeg(CallStatus.COMPLETED, over.why());
        }
        yield verbOver(
            context,
            place,
            over.goneBy(),
            RequestKind.ENQUEUE,
            verb.action(),
            verb.method(),
            over.outcome());
      }
    };
  }

  /**
   * After a verb whose action defaults to none: the action, or the next verb.
   *
   * @param goneBy what took the caller off the line; null: the call goes on, unless it has ended
   */
  private CallState verbOver(
      StepContext context,
      Cursor place,
      @Nullable CallInput goneBy,
      RequestKind kind,
      @Nullable String action,
      HttpMethod method,
      Extra extra) {
    if (goneBy != null) {
      CallMachine.endByParty(context, goneBy);
    }
    if (!context.leg().ended() && !context.isTearingDown()) {
      return action == null
          ? calls.run(context, place.next())
          : calls.fetch(
              context, kind, CallMachine.target(place, action, method), extra, DocumentRole.CALL);
    }
    return CallMachine.afterwards(
        context,
        action == null
            ? null
            : CallMachine.lastRequest(
                context, kind, CallMachine.target(place, action, method), extra));
  }
}
