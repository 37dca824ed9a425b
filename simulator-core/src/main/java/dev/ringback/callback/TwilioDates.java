package dev.ringback.callback;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Dates as Twilio writes them. */
public final class TwilioDates {
  private static final DateTimeFormatter RFC_2822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private TwilioDates() {}

  /** Such as {@code 2020-01-01T23:28:54Z}. */
  public static String iso8601(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Such as {@code 2023-04-05T01:48:15.295Z}: always with milliseconds. */
  public static String millis(Instant instant) {
    return MILLIS.format(instant);
  }

  /** Such as {@code Sat, 07 May 2022 00:58:19 +0000}. */
  public static String rfc2822(Instant instant) {
    return RFC_2822.format(instant);
  }
}
