package dev.ringback.call;

import dev.ringback.twiml.Verb.Pause;
import dev.ringback.twiml.Verb.Play;
import dev.ringback.twiml.Verb.Prompt;
import dev.ringback.twiml.Verb.Say;
import java.time.Duration;
import java.util.List;

/** How long a prompt lasts, modelled, so that virtual time means something. */
final class Pace {
  /** 150 words a minute. */
  static final Duration WORD = Duration.ofMillis(400);

  static final Duration SHORTEST_SAY = Duration.ofSeconds(1);
  static final Duration PLAY = Duration.ofSeconds(5);
  static final Duration TONE = Duration.ofMillis(200);

  /** What {@code loop="0"} comes to (docs/voice/twiml/play). */
  static final int MOST_LOOPS = 1000;

  private Pace() {}

  static Duration of(Prompt prompt) {
    return switch (prompt) {
      case Say say -> repeated(spoken(say.text()), say.loop());
      case Play play -> repeated(played(play), play.loop());
      case Pause pause -> pause.length();
    };
  }

  static Duration of(List<Prompt> prompts) {
    return prompts.stream().map(Pace::of).reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration spoken(String text) {
    Duration length = WORD.multipliedBy(text.split(" ").length);
    return length.compareTo(SHORTEST_SAY) < 0 ? SHORTEST_SAY : length;
  }

  private static Duration played(Play play) {
    if (play.digits() == null) {
      return PLAY;
    }
    return play.digits()
        .chars()
        .mapToObj(c ->
            switch (c) {
              case 'w' -> Duration.ofMillis(500);
              case 'W' -> Duration.ofSeconds(1);
              default -> TONE;
            })
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration repeated(Duration once, int loop) {
    return once.multipliedBy(loop == 0 ? MOST_LOOPS : Math.min(loop, MOST_LOOPS));
  }
}
