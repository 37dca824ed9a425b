package dev.ringback.rest;

import dev.ringback.account.ApiError;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.WireNamed;
import dev.ringback.voice.Urls;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parameters of a request, of its query and its form. Whatever cannot be read is an {@link
 * ApiError} that names the parameter and the value.
 */
public final class Params {
  /** Timers run for years at most. */
  private static final Duration LONGEST = Duration.ofDays(3_650);

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");

  private final Map<String, List<String>> values;
  private final Set<String> asked = new HashSet<>();

  Params(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Those of a request. */
  static Params of(Context context) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    try {
      for (var each : List.of(context.queryParamMap(), context.formParamMap())) {
        each.forEach(
            (name, some) -> values.computeIfAbsent(name, n -> new ArrayList<>()).addAll(some));
      }
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest(20001, "Bad Request: the parameters are not URL-encoded");
    }
    return new Params(values);
  }

  /** Whether it is there, be it empty. */
  public boolean has(String name) {
    asked.add(name);
    return values.containsKey(name);
  }

  /** Every value of a parameter that can come more than once. */
  public List<String> all(String name) {
    asked.add(name);
    return values.getOrDefault(name, List.of());
  }

  /** The value; empty when it is not there or has no text. */
  public Optional<String> text(String name) {
    return given(name).filter(value -> !value.isEmpty());
  }

  /** The value, also one without text; empty when it is not there. */
  public Optional<String> given(String name) {
    return all(name).stream().reduce((first, last) -> last);
  }

  public String required(String name, int code, String message) {
    return text(name).orElseThrow(() -> ApiError.badRequest(code, message));
  }

  /** As the newer products say it. */
  public String required(String name) {
    return required(name, 20001, "Missing required parameter " + name + " in the post body");
  }

  /** A text of at most so many characters. */
  public Optional<String> text(String name, int most, int code) {
    Optional<String> text = given(name);
    text.filter(t -> t.length() > most)
        .ifPresent(t -> {
          throw ApiError.badRequest(code, "%s is longer than %d characters".formatted(name, most));
        });
    return text;
  }

  /** An absolute http(s) URL; an empty one takes it away. */
  public Optional<String> url(String name, int code) {
    Optional<String> url = given(name);
    url.filter(u -> !u.isEmpty() && !Urls.isAbsoluteHttp(u))
        .ifPresent(u -> {
          throw ApiError.badRequest(code, name + " is not a valid URL: " + u);
        });
    return url;
  }

  /** {@code GET} or {@code POST}, in any case. */
  public Optional<HttpMethod> method(String name, int code) {
    return text(name)
        .map(text ->
            Arrays.stream(HttpMethod.values())
                .filter(m -> m.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() ->
                    ApiError.badRequest(
                        code, "%s must be GET or POST, not %s".formatted(name, text))));
  }

  /** A whole number. */
  public Optional<Integer> integer(String name, int least, int most, int code) {
    return text(name)
        .map(text -> {
          boolean inRange =
              WHOLE.matcher(text).matches()
                  && Integer.parseInt(text) >= least
                  && Integer.parseInt(text) <= most;
          if (!inRange) {
            String range = most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
            throw ApiError.badRequest(
                code, "Invalid %s: %s is not a whole number, %s".formatted(name, text, range));
          }
          return Integer.valueOf(text);
        });
  }

  /** {@code true} or {@code false}, in any case. */
  public Optional<Boolean> flag(String name) {
    return text(name)
        .map(text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default ->
                  throw ApiError.badRequest(
                      20001, "%s must be true or false, not %s".formatted(name, text));
            });
  }

  public <E extends Enum<E> & WireNamed> Optional<E> named(String name, Class<E> type, int code) {
    return text(name).map(text -> one(name, text, type, code));
  }

  /** Several names, each a value of its own or divided by spaces. */
  public <E extends Enum<E> & WireNamed> Set<E> set(String name, Class<E> type, int code) {
    Set<E> set = EnumSet.noneOf(type);
    for (String value : all(name)) {
      for (String word : value.trim().split("\\s+", -1)) {
        if (!word.isEmpty()) {
          set.add(one(name, word, type, code));
        }
      }
    }
    return set;
  }

  private static <E extends Enum<E> & WireNamed> E one(
      String name, String text, Class<E> type, int code) {
    return WireNamed.find(type, text)
        .orElseThrow(() ->
            ApiError.badRequest(
                code,
                "Invalid %s: %s is none of %s"
                    .formatted(
                        name,
                        text,
                        Arrays.stream(type.getEnumConstants())
                            .map(WireNamed::wireName)
                            .collect(Collectors.joining(", ")))));
  }

  /** One of these words. */
  public Optional<String> choice(String name, List<String> words, int code) {
    return text(name)
        .map(text ->
            words.stream()
                .filter(word -> word.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() ->
                    ApiError.badRequest(
                        code,
                        "Invalid %s: %s is none of %s"
                            .formatted(name, text, String.join(", ", words)))));
  }

  public Optional<Sid> sid(String name, SidKind kind, int code) {
    return text(name)
        .map(text -> {
          if (!Sid.isWellFormed(kind, text)) {
            throw ApiError.badRequest(
                code,
                "Invalid %s: %s is not %s and 32 hexadecimal digits"
                    .formatted(name, text, kind.prefix()));
          }
          return new Sid(text);
        });
  }

  /**
   * ISO 8601: {@code 2015-12-16T22:18:37Z}, with another offset, without any, which is UTC, or a
   * day of UTC.
   */
  private Optional<Span> span(String name, int code) {
    return text(name)
        .map(text -> {
          try {
            return text.length() <= "2015-12-16".length() ? day(text) : second(text);
          } catch (DateTimeException e) {
            throw ApiError.badRequest(
                code,
                "Invalid %s: %s is no time in ISO 8601, such as 2026-01-31 or 2026-01-31T09:00:00Z"
                    .formatted(name, text));
          }
        });
  }

  private static Span day(String text) {
    LocalDate date = LocalDate.parse(text);
    return new Span(midnight(date), midnight(date.plusDays(1)));
  }

  private static Instant midnight(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Span second(String text) {
    TemporalAccessor time =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    Instant from =
        time instanceof OffsetDateTime there
            ? there.toInstant()
            : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
    return new Span(from, from.plusSeconds(1));
  }

  /** A time; of a day its first instant. */
  public Optional<Instant> instant(String name, int code) {
    return span(name, code).map(Span::from);
  }

  /** When a second or a day that ends a range is over: it belongs to the range. */
  public Optional<Instant> until(String name, int code) {
    return span(name, code).map(Span::until);
  }

  /** ISO 8601, such as {@code PT10M}; empty is none, zero. */
  public Optional<Duration> duration(String name, int code) {
    return given(name)
        .map(text -> {
          try {
            Duration duration = text.isEmpty() ? Duration.ZERO : Duration.parse(text);
            if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
              throw ApiError.badRequest(
                  code, "%s is out of range: %s; at most %s".formatted(name, text, LONGEST));
            }
            return duration;
          } catch (DateTimeParseException | ArithmeticException e) {
            throw ApiError.badRequest(code, "%s format is invalid: %s".formatted(name, text));
          }
        });
  }

  /** The filter by {@code name}, {@code name<} and {@code name>} of a list. */
  public TimeFilter times(String name) {
    return new TimeFilter(span(name, 20001), span(name + "<", 20001), span(name + ">", 20001));
  }

  /** Counts as not asked for: it was checked, and has no effect. */
  public void ignore(String name) {
    asked.remove(name);
  }

  /** Names that nobody has asked for. */
  Set<String> leftOver() {
    Set<String> left = new java.util.TreeSet<>(values.keySet());
    left.removeAll(asked);
    return left;
  }
}
