package dev.ringback.call.verb;

import dev.ringback.call.Alarm;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.Gathering;
import dev.ringback.call.CallState.Listening;
import dev.ringback.call.Playback;
import dev.ringback.call.Recorder;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.call.VerbStep.Next.Action;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Act;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.RequestKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code <Gather>}: prompts, keys, speech, and what ends the input (docs/voice/twiml/gather). */
public final class GatherVerb {
  /** Partial results of one speech. */
  private static final int MOST_PARTIALS = 5;

  /** What {@code profanityFilter} masks; recognition has longer lists. */
  private static final Pattern PROFANITY =
      Pattern.compile(
          "(?i)\\b(damn|hell|shit|fuck|bitch|bastard|crap)(s|es|ed|ing|er|ty|y|py)?\\b");

  private GatherVerb() {}

  public static VerbStep begin(StepContext context, Cursor cursor, Verb.Gather gather) {
    context.answer();
    String words = Prompts.words(gather.prompts());
    context.starts(gather, words.isEmpty() ? "" : "\"" + words + "\"", null);
    Gathering waiting = new Gathering(cursor, gather, "", null, null, null);
    Playback playback = Prompts.begin(context, cursor.document(), gather.prompts());
    return VerbStep.goesOn(
        playback == null ? waitForInput(context, waiting, "") : prompted(waiting, playback));
  }

  private static Gathering prompted(Gathering state, Playback playback) {
    return new Gathering(
        state.cursor(), state.verb(), state.digits(), playback, null, state.listening());
  }

  public static VerbStep step(StepContext context, Gathering state, CallInput input) {
    if (input.leaves(context.leg())) {
      return VerbStep.left(context, input);
    }
    if (state.noKey() != null && input.wakes(context.leg(), state.noKey())) {
      return state.digits().isEmpty()
          ? withoutInput(state, "")
          : gathered(state, state.digits(), "");
    }
    Listening listening = state.listening();
    if (listening != null && input.wakes(context.leg(), listening.over())) {
      return understood(state, listening);
    }
    if (listening != null
        && listening.results().stream().anyMatch(result -> input.wakes(context.leg(), result))) {
      return partial(context, state, listening);
    }
    String keys = state.verb().keys() ? input.keysFrom(context.leg()) : "";
    if (!keys.isEmpty()) {
      return keyed(context, silenced(context, state), keys);
    }
    if (input.actOf(context.leg().sid()) instanceof Act.Speak speak) {
      return spoken(context, state, speak);
    }
    if (state.playback() == null) {
      return VerbStep.goesOn(state);
    }
    Playback playback = Prompts.step(context, state.playback(), input, Prompts.Setting.GATHER);
    return VerbStep.goesOn(
        playback == null
            ? waitForInput(context, state, state.digits())
            : prompted(state, playback));
  }

  /** The caller does something, so the prompt stops. */
  private static Gathering silenced(StepContext context, Gathering state) {
    if (state.playback() != null) {
      Recorder.hush(context, true);
    }
    return new Gathering(
        state.cursor(), state.verb(), state.digits(), null, state.noKey(), state.listening());
  }

  // Keys

  private static VerbStep keyed(StepContext context, Gathering state, String keys) {
    Verb.Gather verb = state.verb();
    StringBuilder digits = new StringBuilder(state.digits());
    for (int i = 0; i < keys.length(); i++) {
      char key = keys.charAt(i);
      if (verb.finishOnKey().indexOf(key) >= 0) {
        // The finish key alone counts as no input (docs/voice/twiml/gather).
        return digits.isEmpty()
            ? withoutInput(state, String.valueOf(key))
            : gathered(state, digits.toString(), String.valueOf(key));
      }
      digits.append(key);
      if (verb.numDigits() != null && digits.length() >= verb.numDigits()) {
        return gathered(state, digits.toString(), "");
      }
    }
    return VerbStep.goesOn(waitForInput(context, state, digits.toString()));
  }

  private static Gathering waitForInput(StepContext context, Gathering state, String digits) {
    return new Gathering(
        state.cursor(),
        state.verb(),
        digits,
        null,
        context.wake(state.verb().timeout(), Alarm.NoKey::new),
        null);
  }

  private static VerbStep withoutInput(Gathering state, String finishedOnKey) {
    return state.verb().actionOnEmptyResult()
        ? gathered(state, "", finishedOnKey)
        : VerbStep.nextVerb();
  }

  private static VerbStep gathered(Gathering state, String digits, String finishedOnKey) {
    return action(state, new Extra.Digits(digits, finishedOnKey));
  }

  private static VerbStep action(Gathering state, Extra extra) {
    return VerbStep.done(
        new Action(
            RequestKind.GATHER,
            state.cursor().target(state.verb().action(), state.verb().method()),
            extra));
  }

  // Speech

  private static VerbStep spoken(StepContext context, Gathering state, Act.Speak speak) {
    Verb.Speech speech = state.verb().speech();
    boolean deaf = speech == null || (state.playback() != null && !speech.bargeIn());
    if (speech == null || deaf) {
      return VerbStep.goesOn(state);
    }
    Gathering listening = silenced(context, state);
    Duration length =
        speak.length().compareTo(speech.longest()) > 0 ? speech.longest() : speak.length();
    boolean cut = speak.length().compareTo(speech.longest()) > 0;
    Listening before = state.listening();
    String words = before == null ? speak.words() : (before.words() + " " + speak.words()).strip();
    return hearing(
        listening,
        new Listening(
            words,
            speak.confidence(),
            context.wake(cut ? length : length.plus(speech.timeout()), Alarm.SpeechOver::new),
            before == null ? 0 : before.partials(),
            results(context, speech, speak.words(), length)));
  }

  private static VerbStep hearing(Gathering state, Listening listening) {
    return VerbStep.goesOn(
        new Gathering(state.cursor(), state.verb(), state.digits(), null, null, listening));
  }

  /** When there is something new to tell of. */
  private static List<Alarm> results(
      StepContext context, Verb.Speech speech, String words, Duration length) {
    int count = Math.min(MOST_PARTIALS, words.isBlank() ? 0 : words.split(" ").length);
    List<Alarm> results = new ArrayList<>();
    for (int i = 1; i <= count && speech.partialResultCallback() != null; i++) {
      results.add(context.wake(length.multipliedBy(i).dividedBy(count), Alarm.PartialResult::new));
    }
    return List.copyOf(results);
  }

  private static VerbStep partial(StepContext context, Gathering state, Listening listening) {
    Verb.Speech speech = state.verb().speech();
    String callback = speech == null ? null : speech.partialResultCallback();
    if (speech == null || callback == null) {
      return VerbStep.goesOn(state);
    }
    List<String> words = Arrays.asList(listening.words().split(" "));
    int parts = Math.min(MOST_PARTIALS, words.size());
    int known =
        Math.min(
            words.size(), (int) Math.ceil((listening.partials() + 1.0) * words.size() / parts));
    context.send(
        new AppRequest.PartialResult(
            context.nextExchange(),
            state.cursor().document().resolve(callback, speech.partialResultCallbackMethod()),
            context.account(),
            context.leg(),
            context.parameters(),
            masked(speech, String.join(" ", words.subList(0, known))),
            listening.partials()));
    return hearing(
        state,
        new Listening(
            listening.words(),
            listening.confidence(),
            listening.over(),
            listening.partials() + 1,
            listening.results()));
  }

  private static VerbStep understood(Gathering state, Listening listening) {
    if (listening.words().isBlank() && !state.digits().isEmpty()) {
      return gathered(state, state.digits(), "");
    }
    return listening.words().isBlank()
        ? withoutInput(state, "")
        : action(
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
