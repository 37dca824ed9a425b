package dev.ringback.explore;

import dev.ringback.call.CallInput;
import dev.ringback.id.Sid;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.play.Player.Performance;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwimlElements;
import dev.ringback.voice.Act;
import dev.ringback.voice.Alert;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A course that was played. */
record Journey(Course course, Performance performance) {
  /** Parameters that say what a request tells the app. */
  private static final List<String> TELLING =
      List.of(
          "Result",
          "DialCallStatus",
          "Status",
          "RecordingStatus",
          "Digits",
          "SpeechResult",
          "QueueResult",
          "EventType",
          "StatusCallbackEvent",
          "StreamEvent",
          "TranscriptionEvent",
          "ErrorCode");

  /** Kinds of which {@code CallStatus} says what happened, rather than where the call is. */
  private static final Set<RequestKind> OF_STATUS =
      Set.of(RequestKind.DIAL_STATUS, RequestKind.CALL_STATUS);

  List<Exchange> exchanges() {
    return Exchanges.of(performance.journal());
  }

  List<JournalEntry> journal() {
    return performance.journal();
  }

  Instant start() {
    return journal().getFirst().at();
  }

  Duration since(Instant at) {
    return Duration.between(start(), at);
  }

  /** The caller's leg of the first call. */
  @Nullable Sid root() {
    return performance.calls().isEmpty() ? null : performance.calls().getFirst().call().sid();
  }

  /** How long the app took for an answer, on the wall; zero: there was none. */
  Duration took(Exchange exchange) {
    return exchange.landing() instanceof Landing.Answered
        ? performance.calls().stream()
            .map(record -> record.wallTimes().get(exchange.id()))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(Duration.ZERO)
        : Duration.ZERO;
  }

  /** Whether somebody could do what was chosen. */
  boolean isPossible() {
    return journal().stream()
        .noneMatch(entry ->
            entry.fact() instanceof Fact.DirectionRefused refused && !refused.direction().maybe());
  }

  /** Whether the caller has hung up, rather than been left. */
  boolean callerHungUp() {
    Sid root = root();
    return journal().stream()
        .anyMatch(entry ->
            entry.fact() instanceof Fact.Took(CallInput.Acted(Sid leg, Act.HangUp hangUp))
                && leg.equals(root));
  }

  /** Whether an error is the app's, rather than of what was arranged for it. */
  boolean isTheAppsFault(Alert alert) {
    return alert.isTheAppsFault()
        && alert.error() != null
        && !alert.code().equals(course.situation().error());
  }

  /** Codes of errors that are none of the app's. */
  Set<String> errorsOfOthers() {
    Set<String> codes = new TreeSet<>();
    if (!course.situation().error().isEmpty()) {
      codes.add(course.situation().error());
    }
    for (JournalEntry entry : journal()) {
      if (entry.fact() instanceof Fact.Alerted(Alert alert)
          && alert.level() == Level.ERROR
          && !isTheAppsFault(alert)) {
        codes.add(alert.code());
      }
    }
    return codes;
  }

  /** What a request tells the app, such as {@code {Result: busy}}. */
  static Map<String, String> telling(Exchange exchange) {
    Map<String, String> told = new LinkedHashMap<>();
    for (String name : TELLING) {
      exchange.request().form().value(name).ifPresent(value -> told.put(name, value));
    }
    if (OF_STATUS.contains(exchange.kind())) {
      exchange.request().form().value("CallStatus").ifPresent(v -> told.put("CallStatus", v));
    }
    return told;
  }

  /** Such as {@code action (Result=busy)}. */
  static String where(Exchange exchange) {
    String told =
        telling(exchange).entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(", "));
    return exchange.kind().wireName() + (told.isEmpty() ? "" : " (" + told + ")");
  }

  /** The path, without a query. */
  static String path(Exchange exchange) {
    String url = exchange.request().url();
    int slash = url.indexOf('/', url.indexOf("://") + 3);
    return slash < 0 ? "/" : url.substring(slash).replaceFirst("\\?.*", "");
  }

  /** What the app answered, without what is another in every call; empty: nothing. */
  static String answer(Exchange exchange) {
    return exchange.landing() instanceof Landing.Answered answered
        ? answered.status() + " " + abstracted(answered.body())
        : "";
  }

  /** Its status and elements with their attributes, without what they say. */
  static String shape(Exchange exchange) {
    return exchange.landing() instanceof Landing.Answered answered
        ? answered.status()
            + " "
            + TwimlElements.of(answered.body()).stream()
                .map(element -> element.name() + element.attributes().keySet())
                .toList()
        : "";
  }

  static String abstracted(String text) {
    return text.replaceAll("\\b[A-Z]{2}[0-9a-f]{32}\\b", "{sid}")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z?", "{time}");
  }
}
