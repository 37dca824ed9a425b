package dev.ringback.replay;

import dev.ringback.engine.CallRecord;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.WorldSettings;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.scenario.AppAnswer;
import dev.ringback.scenario.Vocabulary;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwimlElements;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Urls;
import dev.ringback.yaml.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was asked of the app and what it answered, as expectations. */
final class RecordedThen {
  private final WorldSettings settings;
  private final CallRecord record;
  private final Leg leg;
  private final Instant start;
  private final StringBuilder text = new StringBuilder();

  private RecordedThen(WorldSettings settings, CallRecord record) {
    this.settings = settings;
    this.record = record;
    this.leg = record.call().facts().leg();
    this.start = leg.startedAt();
  }

  static String text(WorldSettings settings, CallRecord record) {
    RecordedThen then = new RecordedThen(settings, record);
    then.then();
    return then.text.toString();
  }

  // What came of it

  private void then() {
    line("then:");
    RecordedValues values = new RecordedValues(settings.clock() instanceof ClockMode.Real);
    for (Exchange exchange : Exchanges.of(record.entries())) {
      request(exchange, values.of(exchange));
    }
    Set<String> codes = new LinkedHashSet<>();
    for (JournalEntry entry : record.entries()) {
      if (entry.fact() instanceof Fact.Alerted alerted
          && alerted.alert().level() == Level.ERROR
          && codes.add(alerted.alert().code())) {
        line(
            "  - alert: %s # %s"
                .formatted(
                    YamlText.scalar(alerted.alert().code()), oneLine(alerted.alert().message())));
      }
    }
    line("  - call: {ends: %s}".formatted(leg.status().wireName()));
  }

  private void request(Exchange exchange, RecordedValues.Expected expected) {
    line(
        "  - request: %s # at %s, %s"
            .formatted(
                exchange.kind().wireName(),
                Durations.text(Duration.between(start, exchange.leftAt())),
                answered(exchange.landing())));
    if (!expected.form().isEmpty()) {
      line("    form: " + YamlText.of(expected.form()));
    }
    if (!expected.captures().isEmpty()) {
      line("    capture: " + YamlText.of(expected.captures()));
    }
    line("    answer: " + answer(exchange));
  }

  private static String answered(@Nullable Landing landing) {
    return switch (landing) {
      case null -> "no answer";
      case Landing.Answered answered when answered.successful() ->
          "answered HTTP " + answered.status();
      case Landing.Answered answered -> oneLine(AppAnswer.of(answered));
      case Landing.Failed failed -> oneLine(AppAnswer.of(failed));
    };
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() > 100 ? line.substring(0, 100) + "…" : line;
  }

  private static String answer(Exchange exchange) {
    if (!(exchange.landing() instanceof Landing.Answered answered)) {
      return "none";
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", answered.status());
    List<String> verbs = exchange.verbs();
    if (verbs != null && Vocabulary.verbs().containsAll(verbs)) {
      answer.put("verbs", verbs);
    }
    Map<String, Object> attributes = attributes(exchange, answered);
    if (!attributes.isEmpty()) {
      answer.put("attributes", attributes);
    }
    return YamlText.of(answer);
  }

  /** By {@code Element.attribute}, of the first that has it. */
  private static Map<String, Object> attributes(Exchange exchange, Landing.Answered answered) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    Set<String> known = Vocabulary.attributes();
    String host = exchange.request().url().replaceFirst("(?<=://[^/?#]{0,255})[/?#].*", "");
    for (TwimlElements.Element element : TwimlElements.of(answered.body())) {
      element.attributes().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .filter(e -> known.contains(element.name() + "." + e.getKey()))
          .forEach(e ->
              attributes.putIfAbsent(
                  element.name() + "." + e.getKey(), expected(e.getValue(), host)));
    }
    return attributes;
  }

  /** An address of the app's own is expected wherever the app is. */
  private static Object expected(String value, String host) {
    if (Urls.isAbsoluteHttp(value) && value.startsWith(host)) {
      return "/" + RecordedGiven.path(value).replaceAll("[\\\\.?*+()\\[\\]{}|^$]", "\\\\$0") + "$/";
    }
    Optional<Object> special =
        value.isEmpty()
                || value.equals("absent")
                || value.equals("present")
                || value.matches("/.*/")
            ? Optional.of(Map.of("equals", value))
            : Optional.empty();
    return special.orElse(value);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
