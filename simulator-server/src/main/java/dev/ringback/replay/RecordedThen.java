package dev.ringback.replay;

import dev.ringback.engine.CallRecord;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.WorldSettings;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.runner.Wildcards;
import dev.ringback.scenario.AppAnswer;
import dev.ringback.scenario.ElementName;
import dev.ringback.scenario.Vocabulary;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwimlElements;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Urls;
import dev.ringback.yaml.Durations;
import dev.ringback.yaml.YamlText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was asked of the app and what it answered, as expectations. */
final class RecordedThen {
  private final WorldSettings settings;
  private final CallRecord record;
  private final Leg leg;
  private final Instant start;
  private final Wildcards wildcards;
  private final StringBuilder text = new StringBuilder();

  private RecordedThen(WorldSettings settings, CallRecord record, Wildcards wildcards) {
    this.wildcards = wildcards;
    this.settings = settings;
    this.record = record;
    this.leg = record.call().facts().leg();
    this.start = leg.startedAt();
  }

  static String text(WorldSettings settings, CallRecord record) {
    return text(settings, record, Wildcards.NONE, Set.of());
  }

  /**
   * @param wildcards words in whose place anything may stand
   * @param left exchanges that are not expected
   */
  static String text(
      WorldSettings settings, CallRecord record, Wildcards wildcards, Set<String> left) {
    RecordedThen then = new RecordedThen(settings, record, wildcards);
    then.then(left);
    return then.text.toString();
  }

  private void then(Set<String> left) {
    line("then:");
    RecordedValues values =
        new RecordedValues(settings.clock() instanceof ClockMode.Real, wildcards);
    for (Exchange exchange : Exchanges.of(record.entries())) {
      if (!left.contains(exchange.id().toString())) {
        request(exchange, values.of(exchange));
      }
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
    if (left.isEmpty()) {
      line("  - call: {ends: %s}".formatted(leg.status().wireName()));
    }
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
    line("    answer: " + answer(exchange, wildcards));
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

  /**
   * @param wildcards words in whose place anything may stand
   */
  static String answer(Exchange exchange, Wildcards wildcards) {
    if (!(exchange.landing() instanceof Landing.Answered answered)) {
      return "none";
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", answered.status());
    List<String> verbs = exchange.verbs();
    if (verbs != null && Vocabulary.verbs().containsAll(verbs)) {
      answer.put("verbs", verbs);
    }
    List<TwimlElements.Element> elements =
        verbs == null ? List.of() : TwimlElements.of(answered.body());
    Map<String, Object> attributes = attributes(exchange, elements, wildcards);
    if (!attributes.isEmpty()) {
      answer.put("attributes", attributes);
    }
    if (!elements.isEmpty()) {
      answer.put(
          "elements",
          elements.stream()
              .map(TwimlElements.Element::path)
              .filter(path -> !path.equals("Response"))
              .toList());
    }
    return YamlText.of(answer);
  }

  /** All of them, with the text of elements that have no others in them. */
  private static Map<String, Object> attributes(
      Exchange exchange, List<TwimlElements.Element> elements, Wildcards wildcards) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    Map<String, Integer> numbers = new LinkedHashMap<>();
    String host = exchange.request().url().replaceFirst("(?<=://[^/?#]{0,255})[/?#].*", "");
    for (int i = 0; i < elements.size(); i++) {
      TwimlElements.Element element = elements.get(i);
      int number = numbers.merge(element.name(), 1, Integer::sum);
      element.attributes().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(e ->
              put(
                  attributes,
                  element,
                  number,
                  e.getKey(),
                  expected(e.getValue(), host, wildcards)));
      boolean leaf =
          i + 1 == elements.size() || !elements.get(i + 1).path().startsWith(element.path() + "/");
      if (leaf && i > 0 && !element.text().isEmpty()) {
        put(attributes, element, number, "text", expected(element.text(), host, wildcards));
      }
    }
    return attributes;
  }

  private static void put(
      Map<String, Object> attributes,
      TwimlElements.Element element,
      int number,
      String name,
      Object value) {
    ElementName attribute = new ElementName(element.name(), number, name);
    if (attribute.isKnown()) {
      attributes.put(attribute.text(), value);
    }
  }

  /** An address of the app's own is expected wherever the app is, by whatever scheme. */
  private static Object expected(String value, String host, Wildcards wildcards) {
    if (Urls.isAbsoluteHttp(value) && value.startsWith(host) && !wildcards.standIn(value)) {
      return "/^https?:..[^/]+"
          + RecordedGiven.path(value).replaceAll("[\\\\.?*+()\\[\\]{}|^$]", "\\\\$0")
          + "$/";
    }
    String authority = host.substring(host.indexOf("://") + 3);
    String encoded = URLEncoder.encode(authority, StandardCharsets.UTF_8);
    Wildcards elsewhere =
        wildcards.and(
            List.of(
                "http://" + authority,
                "https://" + authority,
                "http%3A%2F%2F" + encoded,
                "https%3A%2F%2F" + encoded,
                authority));
    return elsewhere.standIn(value)
        ? "/" + elsewhere.regex(value) + "/"
        : RecordedValues.equal(value);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
