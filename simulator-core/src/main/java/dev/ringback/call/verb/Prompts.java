package dev.ringback.call.verb;

import dev.ringback.call.Alarm;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.DocumentRole;
import dev.ringback.call.Content;
import dev.ringback.call.Playback;
import dev.ringback.call.Recorder;
import dev.ringback.call.StepContext;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;
import dev.ringback.twiml.Verb.Pause;
import dev.ringback.twiml.Verb.Play;
import dev.ringback.twiml.Verb.Prompt;
import dev.ringback.twiml.Verb.Say;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.Cue;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Pace;
import dev.ringback.voice.Sound;
import dev.ringback.voice.Sound.Voice;
import dev.ringback.voice.Target;
import dev.ringback.voice.Urls;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Say, Play and Pause, alone or within a Gather: each lasts as long as its words or its file, which
 * is fetched first (docs/voice/twiml/say, play, pause).
 */
public final class Prompts {
  private Prompts() {}

  /** Where a prompt is heard, which says how grave it is when there is nothing to hear. */
  enum Setting {
    /** It is all the document has, so nothing is left without it. */
    ALONE,
    /** The verbs beside it can do without it. */
    AMONG_OTHERS,
    /** In a Gather, which waits for keys all the same. */
    GATHER;

    static Setting of(Cursor cursor) {
      boolean alone =
          cursor.role() == DocumentRole.CALL
              && cursor.verbs().stream().filter(verb -> !(verb instanceof Verb.Hangup)).count()
                  == 1;
      return alone ? ALONE : AMONG_OTHERS;
    }

    Level gravity(TwilioError error) {
      return this == ALONE ? error.level() : Level.WARNING;
    }
  }

  /** The first of the prompts begins; null: there is none. */
  static @Nullable Playback begin(StepContext context, Target document, List<Prompt> prompts) {
    return play(context, new Playback(document, prompts, -1, null, null));
  }

  /** What comes of an input; null: the last prompt is over. */
  static @Nullable Playback step(
      StepContext context, Playback playback, CallInput input, Setting setting) {
    if (playback.over() != null && input.wakes(context.leg(), playback.over())) {
      return play(context, playback);
    }
    if (playback.loading() != null
        && input instanceof CallInput.Landed landed
        && landed.exchange().equals(playback.loading())) {
      Play play = (Play) playback.prompts().get(playback.index());
      Duration once = length(context, landed, setting);
      return once == null
          ? play(context, playback)
          : hear(context, playback, play, once, play.loop(), new Sound.Clip(landed.target().url()));
    }
    return playback;
  }

  /** All words of the prompts, as a party hears them. */
  static String words(List<Prompt> prompts) {
    return prompts.stream()
        .map(p -> p instanceof Say say ? say.text() : "<" + p.name() + ">")
        .collect(Collectors.joining(" "));
  }

  private static @Nullable Playback play(StepContext context, Playback before) {
    int index = before.index() + 1;
    if (index >= before.prompts().size()) {
      return null;
    }
    Playback playback = new Playback(before.document(), before.prompts(), index, null, null);
    Prompt prompt = before.prompts().get(index);
    return switch (prompt) {
      case Say say ->
          hear(
              context,
              playback,
              say,
              Pace.of(say),
              say.loop(),
              new Sound.Speech(Voice.TWILIO, say.text()));
      case Pause pause -> hear(context, playback, pause, pause.length(), 1, null);
      case Play play -> {
        String digits = play.digits();
        if (digits != null) {
          yield hear(
              context, playback, play, Pace.keys(digits), play.loop(), new Sound.Keys(digits));
        }
        Duration known = play.length();
        yield known != null
            ? hear(context, playback, play, known, play.loop(), new Sound.Clip(play.url()))
            : load(context, playback, play);
      }
    };
  }

  private static Playback load(StepContext context, Playback playback, Play play) {
    ExchangeId id = context.nextExchange();
    Target file = playback.document().resolve(play.url(), HttpMethod.GET);
    context.send(new AppRequest.MediaRequest(id, file, context.account()));
    return new Playback(playback.document(), playback.prompts(), playback.index(), id, null);
  }

  private static Playback hear(
      StepContext context,
      Playback playback,
      Prompt prompt,
      Duration once,
      int loop,
      @Nullable Sound sound) {
    int times = Pace.times(loop);
    Duration lasts = once.multipliedBy(times);
    String detail =
        switch (prompt) {
          case Say say -> "\"" + say.text() + "\"";
          case Play play ->
              play.digits() == null ? Urls.masked(play.url()) : "digits " + play.digits();
          case Pause pause -> "";
        };
    context.starts(prompt, detail, lasts);
    if (sound != null) {
      Recorder.heard(context, Voice.TWILIO, sound, once, times);
      context.tellOwnParty(new Cue.Heard(prompt instanceof Say say ? say.text() : detail, lasts));
    }
    return new Playback(
        playback.document(),
        playback.prompts(),
        playback.index(),
        null,
        context.wake(lasts, Alarm.VerbOver::new));
  }

  /** How long the file plays; null: there is nothing to play, and the Debugger is told why. */
  private static @Nullable Duration length(
      StepContext context, CallInput.Landed landed, Setting setting) {
    String url = landed.target().shown();
    return switch (landed.landing()) {
      case Landing.Failed failed -> {
        context.raise(
            failed.error(),
            setting.gravity(failed.error()),
            "<Play> " + url + ": " + failed.cause(),
            url);
        yield null;
      }
      case Landing.Answered answered -> {
        if (!answered.successful()) {
          context.raise(
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
          context.raise(
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
