package dev.ringback.call;

import static dev.ringback.call.CallMachine.started;
import static dev.ringback.call.CallMachine.woke;

import dev.ringback.call.CallState.Part;
import dev.ringback.call.CallState.Place;
import dev.ringback.call.Noise.Voice;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;
import dev.ringback.twiml.Verb.Pause;
import dev.ringback.twiml.Verb.Play;
import dev.ringback.twiml.Verb.Prompt;
import dev.ringback.twiml.Verb.Say;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Say, Play and Pause, alone or within a Gather: each lasts as long as its words or its file, which
 * is fetched first (docs/voice/twiml/say, play, pause).
 */
final class PromptMachine {
  private PromptMachine() {}

  /** Where a prompt is heard, which says how grave it is when there is nothing to hear. */
  enum Setting {
    /** It is all the document has, so nothing is left without it. */
    ALONE,
    /** The verbs beside it can do without it. */
    AMONG_OTHERS,
    /** In a Gather, which waits for keys all the same. */
    GATHER;

    static Setting of(Place place) {
      boolean alone =
          place.part() == Part.CALL
              && place.verbs().stream().filter(verb -> !(verb instanceof Verb.Hangup)).count() == 1;
      return alone ? ALONE : AMONG_OTHERS;
    }

    Level gravity(TwilioError error) {
      return this == ALONE ? error.level() : Level.WARNING;
    }
  }

  /** The first of the prompts begins; null: there is none. */
  static @Nullable Prompting begin(Turn turn, Target document, List<Prompt> prompts) {
    return play(turn, new Prompting(document, prompts, -1, null, null));
  }

  /** What comes of an input; null: the last prompt is over. */
  static @Nullable Prompting step(
      Turn turn, Prompting prompting, CallInput input, Setting setting) {
    if (prompting.over() != null && woke(turn, input, prompting.over())) {
      return play(turn, prompting);
    }
    if (prompting.loading() != null
        && input instanceof CallInput.Landed landed
        && landed.exchange().equals(prompting.loading())) {
      Play play = (Play) prompting.prompts().get(prompting.index());
      Duration once = length(turn, landed, setting);
      return once == null
          ? play(turn, prompting)
          : hear(turn, prompting, play, once, play.loop(), new Noise.Clip(landed.target().url()));
    }
    return prompting;
  }

  /** All words of the prompts, as a party hears them. */
  static String words(List<Prompt> prompts) {
    return prompts.stream()
        .map(p -> p instanceof Say say ? say.text() : "<" + p.name() + ">")
        .collect(Collectors.joining(" "));
  }

  private static @Nullable Prompting play(Turn turn, Prompting before) {
    int index = before.index() + 1;
    if (index >= before.prompts().size()) {
      return null;
    }
    Prompting prompting = new Prompting(before.document(), before.prompts(), index, null, null);
    Prompt prompt = before.prompts().get(index);
    return switch (prompt) {
      case Say say ->
          hear(
              turn,
              prompting,
              say,
              Pace.of(say),
              say.loop(),
              new Noise.Speech(Voice.TWILIO, say.text()));
      case Pause pause -> hear(turn, prompting, pause, pause.length(), 1, null);
      case Play play -> {
        String digits = play.digits();
        if (digits != null) {
          yield hear(turn, prompting, play, Pace.keys(digits), play.loop(), new Noise.Keys(digits));
        }
        Duration known = play.length();
        yield known != null
            ? hear(turn, prompting, play, known, play.loop(), new Noise.Clip(play.url()))
            : load(turn, prompting, play);
      }
    };
  }

  private static Prompting load(Turn turn, Prompting prompting, Play play) {
    ExchangeId id = turn.nextExchange();
    Target file = prompting.document().resolve(play.url(), HttpMethod.GET);
    turn.send(new Callback.MediaRequest(id, file, turn.account()));
    return new Prompting(prompting.document(), prompting.prompts(), prompting.index(), id, null);
  }

  private static Prompting hear(
      Turn turn,
      Prompting prompting,
      Prompt prompt,
      Duration once,
      int loop,
      @Nullable Noise noise) {
    int times = Pace.times(loop);
    Duration lasts = once.multipliedBy(times);
    String detail =
        switch (prompt) {
          case Say say -> "\"" + say.text() + "\"";
          case Play play ->
              play.digits() == null ? Urls.masked(play.url()) : "digits " + play.digits();
          case Pause pause -> "";
        };
    started(turn, prompt, detail, lasts);
    if (noise != null) {
      RecordingMachine.heard(turn, Voice.TWILIO, noise, once, times);
      turn.tellOwnParty(new Cue.Heard(prompt instanceof Say say ? say.text() : detail, lasts));
    }
    return new Prompting(
        prompting.document(),
        prompting.prompts(),
        prompting.index(),
        null,
        turn.wake(lasts, Alarm.VerbOver::new));
  }

  /** How long the file plays; null: there is nothing to play, and the turn knows why. */
  private static @Nullable Duration length(Turn turn, CallInput.Landed landed, Setting setting) {
    String url = landed.target().shown();
    return switch (landed.landing()) {
      case Landing.Failed failed -> {
        turn.raise(
            failed.error(),
            setting.gravity(failed.error()),
            "<Play> " + url + ": " + failed.cause(),
            url);
        yield null;
      }
      case Landing.Answered answered -> {
        if (!answered.successful()) {
          turn.raise(
              TwilioError.HTTP_RETRIEVAL_FAILURE,
              setting.gravity(TwilioError.HTTP_RETRIEVAL_FAILURE),
              "An attempt to retrieve content from %s returned the HTTP status code %d; <Play> is over"
                  .formatted(url, answered.status()),
              url);
          yield null;
        }
        String type = Content.type(answered);
        if (!Content.isPlayable(type)) {
          TwilioError error =
              setting == Setting.GATHER
                  ? TwilioError.GATHER_PLAY_INVALID_CONTENT_TYPE
                  : TwilioError.PLAY_INVALID_CONTENT_TYPE;
          turn.raise(
              error,
              setting.gravity(error),
              "<Play> %s answered with Content-Type '%s', which cannot be played; use audio/mpeg or"
                      .formatted(url, type)
                  + " audio/wav",
              url);
          yield null;
        }
        Duration plays = answered.plays();
        yield plays == null ? Pace.UNKNOWN_FILE : plays;
      }
    };
  }
}
