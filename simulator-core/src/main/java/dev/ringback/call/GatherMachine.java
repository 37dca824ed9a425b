package dev.ringback.call;

import static dev.ringback.call.CallMachine.leave;
import static dev.ringback.call.CallMachine.leaves;
import static dev.ringback.call.CallMachine.pressed;
import static dev.ringback.call.CallMachine.started;
import static dev.ringback.call.CallMachine.target;
import static dev.ringback.call.CallMachine.woke;

import dev.ringback.call.CallState.Gathering;
import dev.ringback.call.CallState.Place;
import dev.ringback.call.Callback.Extra;
import dev.ringback.twiml.Verb;
import java.time.Duration;
import java.util.stream.Collectors;

/** {@code <Gather>}: prompts, keys, and what ends the input (docs/voice/twiml/gather). */
final class GatherMachine {
  private final CallMachine calls;

  /**
   * @param calls goes on with the document when the verb is over
   */
  GatherMachine(CallMachine calls) {
    this.calls = calls;
  }

  CallState begin(Turn turn, Place place, Verb.Gather gather) {
    turn.answer();
    String words =
        gather.prompts().stream()
            .map(p -> p instanceof Verb.Say say ? say.text() : "<" + p.name() + ">")
            .collect(Collectors.joining(" "));
    Duration prompts = Pace.of(gather.prompts());
    started(turn, gather, words.isEmpty() ? "" : "\"" + words + "\"", null);
    turn.tellOwnParty(new Cue.Asked(words, prompts));
    return prompts.isZero()
        ? new Gathering(place, gather, "", null, turn.wake(gather.timeout(), Alarm.NoKey::new))
        : new Gathering(place, gather, "", turn.wake(prompts, Alarm.VerbOver::new), null);
  }

  CallState step(Turn turn, Gathering state, CallInput input) {
    if (leaves(turn, input)) {
      return leave(turn, input);
    }
    Verb.Gather verb = state.verb();
    if (state.prompting() != null && woke(turn, input, state.prompting())) {
      return waitForKey(turn, state, state.digits());
    }
    if (state.noKey() != null && woke(turn, input, state.noKey())) {
      return state.digits().isEmpty() && !verb.actionOnEmptyResult()
          ? calls.run(turn, state.place().next())
          : gathered(turn, state, state.digits(), "");
    }
    String keys = pressed(turn, input);
    return keys.isEmpty() ? state : keyed(turn, state, keys);
  }

  private CallState keyed(Turn turn, Gathering state, String keys) {
    Verb.Gather verb = state.verb();
    StringBuilder digits = new StringBuilder(state.digits());
    for (int i = 0; i < keys.length(); i++) {
      char key = keys.charAt(i);
      if (verb.finishOnKey().indexOf(key) >= 0) {
        // The finish key alone counts as no input (docs/voice/twiml/gather).
        return digits.isEmpty() && !verb.actionOnEmptyResult()
            ? calls.run(turn, state.place().next())
            : gathered(turn, state, digits.toString(), String.valueOf(key));
      }
      digits.append(key);
      if (verb.numDigits() != null && digits.length() >= verb.numDigits()) {
        return gathered(turn, state, digits.toString(), "");
      }
    }
    return waitForKey(turn, state, digits.toString());
  }

  private static Gathering waitForKey(Turn turn, Gathering state, String digits) {
    return new Gathering(
        state.place(),
        state.verb(),
        digits,
        null,
        turn.wake(state.verb().timeout(), Alarm.NoKey::new));
  }

  private CallState gathered(Turn turn, Gathering state, String digits, String finishedOnKey) {
    return calls.fetch(
        turn,
        RequestKind.GATHER,
        target(state.place(), state.verb().action(), state.verb().method()),
        new Extra.Digits(digits, finishedOnKey));
  }
}
