package dev.ringback.yaml;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Ringback writes them: {@code 250ms}, {@code 4s}, {@code 2m}, {@code 1h}. */
public final class Durations {
  /** The form, for messages. */
  public static final String FORM = "a duration such as 250ms, 4s, 2m or 1h, at most 10000h";

  private static final Duration LONGEST = Duration.ofHours(10_000);

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h)");

  private Durations() {}

  public static Optional<Duration> parse(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    double number = Double.parseDouble(matcher.group(1));
    double unit =
        switch (matcher.group(2)) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m" -> 60_000;
          default -> 3_600_000;
        };
    Duration duration = Duration.ofMillis(Math.round(number * unit));
    return duration.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(duration);
  }

  /** Such as {@code 20s} or {@code 1.600s}. */
  public static String text(Duration duration) {
    return duration.toMillisPart() == 0
        ? duration.toSeconds() + "s"
        : "%d.%03ds".formatted(duration.toSeconds(), duration.toMillisPart());
  }
}
