package dev.ringback.voice;

import dev.ringback.twiml.Verb.Say;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How long words and keys last, modelled, so that virtual time means something. The rates are those
 * of read speech, in words a minute; for languages written without spaces, in characters.
 */
public final class Pace {
  /** Where the language has no rate of its own. */
  static final int WORDS_A_MINUTE = 150;

  /** By language, without its region; printed in docs/CONFIGURATION.md. */
  public static final Map<String, Integer> RATES =
      Map.ofEntries(
          Map.entry("ar", 125),
          Map.entry("da", 150),
          Map.entry("de", 130),
          Map.entry("en", WORDS_A_MINUTE),
          Map.entry("es", 160),
          Map.entry("fi", 110),
          Map.entry("fr", 160),
          Map.entry("hi", 140),
          Map.entry("it", 155),
          Map.entry("ja", 360),
          Map.entry("ko", 110),
          Map.entry("nb", 150),
          Map.entry("nl", 145),
          Map.entry("pl", 120),
          Map.entry("pt", 155),
          Map.entry("ru", 115),
          Map.entry("sv", 150),
          Map.entry("th", 540),
          Map.entry("tr", 115),
          Map.entry("zh", 255));

  /** Languages whose rate counts characters. */
  public static final Set<String> BY_CHARACTER = Set.of("ja", "th", "zh");

  static final Duration SHORTEST_SAY = Duration.ofSeconds(1);

  /** A file whose length cannot be read. */
  public static final Duration UNKNOWN_FILE = Duration.ofSeconds(5);

  /** One key: 120 ms of tone, 80 ms of silence. */
  public static final Duration KEY = Duration.ofMillis(200);

  private static final Duration SHORT_WAIT = Duration.ofMillis(500);
  private static final Duration LONG_WAIT = Duration.ofSeconds(1);

  /** How often {@code loop="0"} is heard (docs/voice/twiml/play). */
  static final int MOST_LOOPS = 1000;

  private Pace() {}

  /** How long it takes to say it once. */
  public static Duration of(Say say) {
    Duration words = words(say.text(), say.language());
    Duration once = words.compareTo(SHORTEST_SAY) < 0 ? SHORTEST_SAY : words;
    return once.plus(say.breaks());
  }

  /** How long it takes to say that. */
  public static Duration words(String text, String language) {
    String plain = language.split("-", 2)[0].toLowerCase(Locale.ROOT);
    int rate = RATES.getOrDefault(plain, WORDS_A_MINUTE);
    long units =
        BY_CHARACTER.contains(plain)
            ? text.codePoints().filter(Character::isLetterOrDigit).count()
            : text.isBlank() ? 0 : text.strip().split("\\s+").length;
    return Duration.ofMillis(units * 60_000 / rate);
  }

  public static Duration keys(String digits) {
    return digits.chars().mapToObj(Pace::key).reduce(Duration.ZERO, Duration::plus);
  }

  /** A key, or one of the waits {@code w} and {@code W}. */
  public static Duration key(int key) {
    return switch (key) {
      case 'w' -> SHORT_WAIT;
      case 'W' -> LONG_WAIT;
      default -> KEY;
    };
  }

  /** How often something with that {@code loop} is heard. */
  public static int times(int loop) {
    return loop == 0 ? MOST_LOOPS : Math.min(loop, MOST_LOOPS);
  }
}
