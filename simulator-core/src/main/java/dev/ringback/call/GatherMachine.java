package dev.ringback.call;

import static dev.ringback.call.CallMachine.actOf;
import static dev.ringback.call.CallMachine.leave;
import static dev.ringback.call.CallMachine.leaves;
import static dev.ringback.call.CallMachine.pressed;
import static dev.ringback.call.CallMachine.started;
import static dev.ringback.call.CallMachine.target;
import static dev.ringback.call.CallMachine.woke;

import dev.ringback.call.CallState.Gathering;
import dev.ringback.call.CallState.Listening;
import dev.ringback.call.CallState.Place;
import dev.ringback.call.Callback.Extra;
import dev.ringback.twiml.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code <Gather>}: prompts, keys, speech, and what ends the input (docs/voice/twiml/gather). */
final class GatherMachine {
  /** Partial results of one speech. */
  private static final int MOST_PARTIALS = 5;

  /** What {@code profanityFilter} masks; recognition has longer lists. */
  private static final Pattern PROFANITY =
      Pattern.compile(
          "(?i)\\b(damn|hell|shit|fuck|bitch|bastard|crap)(s|es|ed|ing|er|ty|y|py)?\\b");

  private final CallMachine calls;

  /**
   * @param calls goes on with the document when the verb is over
   */
  GatherMachine(CallMachine calls) {
    this.calls = calls;
  }

  CallState begin(Turn turn, Place place, Verb.Gather gather) {
    turn.answer();
    String words = PromptMachine.words(gather.prompts());
    started(turn, gather, words.isEmpty() ? "" : "\"" + words + "\"", null);
    Gathering waiting = new Gathering(place, gather, "", null, null, null);
    Prompting prompting = PromptMachine.begin(turn, place.document(), gather.prompts());
    return prompting == null ? waitForInput(turn, waiting, "") : prompted(waiting, prompting);
  }

  private static Gathering prompted(Gathering state, Prompting prompting) {
    return new Gathering(
        state.place(), state.verb(), state.digits(), prompting, null, state.listening());
  }

  CallState step(Turn turn, Gathering state, CallInput input) {
    if (leaves(turn, input)) {
      return leave(turn, input);
    }
    if (state.noKey() != null && woke(turn, input, state.noKey())) {
      return state.digits().isEmpty()
          ? withoutInput(turn, state, "")
          : gathered(turn, state, state.digits(), "");
    }
    Listening listening = state.listening();
    if (listening != null && woke(turn, input, listening.over())) {
      return understood(turn, state, listening);
    }
    if (listening != null
        && listening.results().stream().anyMatch(result -> woke(turn, input, result))) {
      return partial(turn, state, listening);
    }
    String keys = state.verb().keys() ? pressed(turn, input) : "";
    if (!keys.isEmpty()) {
      return keyed(turn, silenced(turn, state), keys);
    }
    if (actOf(input, turn.leg().sid()) instanceof Act.Speak speak) {
      return spoken(turn, state, speak);
    }
    if (state.prompting() == null) {
      return state;
    }
    Prompting prompting =
        PromptMachine.step(turn, state.prompting(), input, PromptMachine.Setting.GATHER);
    return prompting == null
        ? waitForInput(turn, state, state.digits())
        : prompted(state, prompting);
  }

  /** The caller does something, so the prompt stops. */
  private static Gathering silenced(Turn turn, Gathering state) {
    if (state.prompting() != null) {
      RecordingMachine.hush(turn, true);
    }
    return new Gathering(
        state.place(), state.verb(), state.digits(), null, state.noKey(), state.listening());
  }

  // Keys

  private CallState keyed(Turn turn, Gathering state, String keys) {
    Verb.Gather verb = state.verb();
    StringBuilder digits = new StringBuilder(state.digits());
    for (int i = 0; i < keys.length(); i++) {
      char key = keys.charAt(i);
      if (verb.finishOnKey().indexOf(key) >= 0) {
        // The finish key alone counts as no input (docs/voice/twiml/gather).
        return digits.isEmpty()
            ? withoutInput(turn, state, String.valueOf(key))
            : gathered(turn, state, digits.toString(), String.valueOf(key));
      }
      digits.append(key);
      if (verb.numDigits() != null && digits.length() >= verb.numDigits()) {
        return gathered(turn, state, digits.toString(), "");
      }
    }
    return waitForInput(turn, state, digits.toString());
  }

  private static Gathering waitForInput(Turn turn, Gathering state, String digits) {
    return new Gathering(
        state.place(),
        state.verb(),
        digits,
        null,
        turn.wake(state.verb().timeout(), Alarm.NoKey::new),
        null);
  }

  private CallState withoutInput(Turn turn, Gathering state, String finishedOnKey) {
    return state.verb().actionOnEmptyResult()
        ? gathered(turn, state, "", finishedOnKey)
        : calls.run(turn, state.place().next());
  }

  private CallState gathered(Turn turn, Gathering state, String digits, String finishedOnKey) {
    return action(turn, state, new Extra.Digits(digits, finishedOnKey));
  }

  private CallState action(Turn turn, Gathering state, Extra extra) {
    return calls.fetch(
        turn,
        RequestKind.GATHER,
        target(state.place(), state.verb().action(), state.verb().method()),
        extra,
        state.place().part());
  }

  // Speech

  private static CallState spoken(Turn turn, Gathering state, Act.Speak speak) {
    Verb.Speech speech = state.verb().speech();
    boolean deaf = speech == null || (state.prompting() != null && !speech.bargeIn());
    if (speech == null || deaf) {
      return state;
    }
    Gathering listening = silenced(turn, state);
    Duration length =
        speak.length().compareTo(speech.longest()) > 0 ? speech.longest() : speak.length();
    boolean cut = speak.length().compareTo(speech.longest()) > 0;
    Listening before = state.listening();
    String words = before == null ? speak.words() : (before.words() + " " + speak.words()).strip();
    return new Gathering(
        listening.place(),
        listening.verb(),
        listening.digits(),
        null,
        null,
        new Listening(
            words,
            speak.confidence(),
            turn.wake(cut ? length : length.plus(speech.timeout()), Alarm.SpeechOver::new),
            before == null ? 0 : before.partials(),
            results(turn, speech, speak.words(), length)));
  }

  /** When there is something new to tell of. */
  private static List<Alarm> results(Turn turn, Verb.Speech speech, String words, Duration length) {
    int count = Math.min(MOST_PARTIALS, words.isBlank() ? 0 : words.split(" ").length);
    List<Alarm> results = new ArrayList<>();
    for (int i = 1; i <= count && speech.partialResultCallback() != null; i++) {
      results.add(turn.wake(length.multipliedBy(i).dividedBy(count), Alarm.PartialResult::new));
    }
    return List.copyOf(results);
  }

  private static CallState partial(Turn turn, Gathering state, Listening listening) {
    Verb.Speech speech = state.verb().speech();
    String callback = speech == null ? null : speech.partialResultCallback();
    if (speech == null || callback == null) {
      return state;
    }
    List<String> words = Arrays.asList(listening.words().split(" "));
    int parts = Math.min(MOST_PARTIALS, words.size());
    int known =
        Math.min(
            words.size(), (int) Math.ceil((listening.partials() + 1.0) * words.size() / parts));
    turn.send(
        new Callback.PartialResult(
            turn.nextExchange(),
            state.place().document().resolve(callback, speech.partialResultCallbackMethod()),
            turn.account(),
            turn.leg(),
            turn.parameters(),
            masked(speech, String.join(" ", words.subList(0, known))),
            listening.partials()));
    return new Gathering(
        state.place(),
        state.verb(),
        state.digits(),
        null,
        null,
        new Listening(
            listening.words(),
            listening.confidence(),
            listening.over(),
            listening.partials() + 1,
            listening.results()));
  }

  private CallState understood(Turn turn, Gathering state, Listening listening) {
    if (listening.words().isBlank() && !state.digits().isEmpty()) {
      return gathered(turn, state, state.digits(), "");
    }
    return listening.words().isBlank()
        ? withoutInput(turn, state, "")
        : action(
            turn,
            state,
            new Extra.Spoken(
                masked(state.verb().speech(), listening.words()), listening.confidence()));
  }

  private static String masked(Verb.@Nullable Speech speech, String words) {
    return speech != null && speech.profanityFilter()
        ? PROFANITY
            .matcher(words)
            .replaceAll(m ->
                m.group(1).charAt(0)
                    + "*".repeat(m.group(1).length() - 1)
                    + (m.group(2) == null ? "" : m.group(2)))
        : words;
  }
}
