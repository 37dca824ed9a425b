package dev.ringback.call;

import dev.ringback.call.CallState.Dequeuing;
import dev.ringback.call.CallState.Dialling;
import dev.ringback.call.CallState.InConference;
import dev.ringback.call.CallState.InQueue;
import dev.ringback.call.CallState.Part;
import dev.ringback.call.CallState.Place;
import dev.ringback.call.Callback.Extra;
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

  CallState dial(Turn turn, Place place, Verb.Dial verb) {
    DialNoun first = verb.nouns().getFirst();
    CallMachine.started(turn, verb, callees(verb), null);
    return switch (first) {
      case DialNoun.Conference noun ->
          inConference(turn, place, verb, conferences.start(turn, place.document(), noun));
      case DialNoun.Queue noun ->
          dequeuing(turn, place, verb, queues.dequeue(turn, place.document(), verb, noun));
      case DialNoun.Party party ->
          dialling(turn, place, verb, dials.start(turn, place.document(), verb));
      case DialNoun.Uncallable nobody ->
          dialling(turn, place, verb, dials.start(turn, place.document(), verb));
    };
  }

  CallState enqueue(Turn turn, Place place, Verb.Enqueue verb) {
    CallMachine.started(turn, verb, verb.queue(), null);
    return inQueue(turn, place, verb, queues.enqueue(turn, verb));
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

  CallState dialling(Turn turn, Dialling state, CallInput input) {
    return dialling(
        turn,
        state.place(),
        state.verb(),
        dials.step(turn, state.place().document(), state.verb(), state.dial(), input));
  }

  private CallState dialling(Turn turn, Place place, Verb.Dial verb, DialStep step) {
    return switch (step) {
      case DialStep.Going going -> new Dialling(place, verb, going.dial());
      case DialStep.Over over ->
          dialOver(turn, place, verb, over.outcome(), over.goneBy(), over.why());
    };
  }

  CallState inConference(Turn turn, InConference state, CallInput input) {
    return inConference(
        turn,
        state.place(),
        state.verb(),
        conferences.step(turn, state.place().document(), state.verb(), state.conference(), input));
  }

  private CallState inConference(Turn turn, Place place, Verb.Dial verb, ConferenceStep step) {
    return switch (step) {
      case ConferenceStep.Going going -> new InConference(place, verb, going.conference());
      case ConferenceStep.Over over when over.hangsUp() ->
          CallMachine.end(turn, CallStatus.COMPLETED, over.why());
      case ConferenceStep.Over over ->
          dialOver(turn, place, verb, over.outcome(), over.goneBy(), over.why());
    };
  }

  CallState dequeuing(Turn turn, Dequeuing state, CallInput input) {
    return dequeuing(
        turn,
        state.place(),
        state.verb(),
        queues.taking(turn, state.place().document(), state.verb(), state.dequeue(), input));
  }

  private CallState dequeuing(Turn turn, Place place, Verb.Dial verb, DequeueStep step) {
    return switch (step) {
      case DequeueStep.Going going -> new Dequeuing(place, verb, going.dequeue());
      case DequeueStep.Over over ->
          dialOver(turn, place, verb, over.outcome(), over.goneBy(), over.why());
    };
  }

  private CallState dialOver(
      Turn turn,
      Place place,
      Verb.Dial verb,
      DialOutcome outcome,
      @Nullable CallInput goneBy,
      String why) {
    turn.note(new Moment.DialEnded(outcome, why));
    return verbOver(
        turn,
        place,
        goneBy,
        RequestKind.DIAL,
        verb.action(),
        verb.method(),
        new Extra.Dialled(outcome));
  }

  CallState inQueue(Turn turn, InQueue state, CallInput input) {
    return inQueue(
        turn,
        state.place(),
        state.verb(),
        queues.waiting(turn, state.place().document(), state.verb(), state.queueing(), input));
  }

  private CallState inQueue(Turn turn, Place place, Verb.Enqueue verb, QueueStep step) {
    return switch (step) {
      case QueueStep.Going going -> new InQueue(place, verb, going.queueing());
      case QueueStep.Over over -> {
        if (over.hangsUp()) {
          turn.endLeg(CallStatus.COMPLETED, over.why());
        }
        yield verbOver(
            turn,
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
      Turn turn,
      Place place,
      @Nullable CallInput goneBy,
      RequestKind kind,
      @Nullable String action,
      HttpMethod method,
      Extra extra) {
    if (goneBy != null) {
      CallMachine.endByParty(turn, goneBy);
    }
    if (!turn.leg().ended() && !turn.isTearingDown()) {
      return action == null
          ? calls.run(turn, place.next())
          : calls.fetch(turn, kind, CallMachine.target(place, action, method), extra, Part.CALL);
    }
    return CallMachine.afterwards(
        turn,
        action == null
            ? null
            : CallMachine.lastRequest(
                turn, kind, CallMachine.target(place, action, method), extra));
  }
}
