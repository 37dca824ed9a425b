package dev.ringback.capture;

import dev.ringback.callback.Form;
import dev.ringback.callback.Param;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request that passed through, and what the app answered.
 *
 * @param at when it came, on the wall
 * @param request as it came
 * @param headers in order
 * @param form its parameters, in the body or behind the app's own in the URL
 * @param landing the answer, or why there is none
 */
public record Captured(Instant at, Line request, List<Param> headers, Form form, Landing landing) {

  /**
   * The first line.
   *
   * @param base scheme and host by which Twilio knows the app
   * @param path with the app's own query, without Twilio's parameters
   */
  public record Line(String method, String base, String path) {}

  String value(String name) {
    return form.value(name).orElse("");
  }

  boolean has(String name) {
    return form.value(name).isPresent();
  }

  /** The path without a query. */
  String bare() {
    int query = request.path().indexOf('?');
    return query < 0 ? request.path() : request.path().substring(0, query);
  }

  /** The first header of that name; null: there is none. */
  @Nullable String header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Param::value)
        .findFirst()
        .orElse(null);
  }

  /** The same for every try of a request; empty: it carries none. */
  String idempotencyToken() {
    String token = header("I-Twilio-Idempotency-Token");
    return token == null ? "" : token;
  }

  /** Whole seconds; null: there is no such parameter. */
  @Nullable Long seconds(String name) {
    String value = value(name);
    return value.matches("\\d{1,9}") ? Long.valueOf(value) : null;
  }

  /** When what it tells of has happened, as it says itself; null: it does not say. */
  @Nullable Instant saysWhen() {
    Instant timestamp = date("Timestamp");
    if (timestamp != null) {
      return timestamp;
    }
    Instant recorded = date("RecordingStartTime");
    Long lasted = seconds("RecordingDuration");
    return recorded == null || lasted == null ? null : recorded.plus(Duration.ofSeconds(lasted));
  }

  private @Nullable Instant date(String name) {
    try {
      return has(name)
          ? Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value(name)))
          : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** Which event of its kind it tells of: two such requests to one address are not the same. */
  String event() {
    String status =
        !value("CallbackSource").isEmpty() && value("Status").isEmpty() ? value("CallStatus") : "";
    return String.join(
            "/",
            value("Status"),
            value("RecordingStatus"),
            value("EventType"),
            value("StatusCallbackEvent"),
            value("TranscriptionStatus"),
            status)
        .toLowerCase(Locale.ROOT);
  }
}
