package dev.ringback.callback;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Dates as Twilio writes them. */
public final class TwilioDates {
  private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

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
    LocalDateTime at = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
    StringBuilder text =
        new StringBuilder(31).append(DAYS[at.getDayOfWeek().getValue() - 1]).append(", ");
    twoDigits(text, at.getDayOfMonth());
    text.append(' ').append(MONTHS[at.getMonthValue() - 1]).append(' ').append(at.getYear());
    twoDigits(text.append(' '), at.getHour());
    twoDigits(text.append(':'), at.getMinute());
    twoDigits(text.append(':'), at.getSecond());
    return text.append(" +0000").toString();
  }

  private static void twoDigits(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
