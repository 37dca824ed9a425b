package dev.ringback.scenario;

import dev.ringback.journal.Exchange;
import dev.ringback.journal.Fact;
import dev.ringback.scenario.Expectation.Answer;
import dev.ringback.scenario.Expectation.Request;
import dev.ringback.twiml.TwimlElements;
import dev.ringback.twiml.TwimlElements.Element;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares one exchange with the request that is expected: a line for each field that differs. */
final class Differences {
  private final Request expected;
  private final Exchange exchange;
  private final Evidence evidence;
  private final List<String> lines = new ArrayList<>();

  private Differences(Request expected, Exchange exchange, Evidence evidence) {
    this.expected = expected;
    this.exchange = exchange;
    this.evidence = evidence;
  }

  /**
   * @param evidence the exchange is part of
   * @return empty: the exchange is the one expected
   */
  static List<String> between(Request expected, Exchange exchange, Evidence evidence) {
    Differences differences = new Differences(expected, exchange, evidence);
    differences.request();
    differences.answer();
    return differences.lines;
  }

  private void request() {
    Duration sinceStart = evidence.sinceStart(exchange.leftAt());
    Fact.Requested request = exchange.request();
    if (request.kind() != expected.kind()) {
      differs("request", expected.kind().wireName(), request.kind().wireName());
    }
    if (expected.method() != null && request.method() != expected.method()) {
      differs("method", expected.method().name(), request.method().name());
    }
    expected
        .form()
        .forEach(
            (name, matcher) -> parameter(name, matcher, request.form().value(name).orElse(null)));
    if (!expected.query().isEmpty()) {
      Map<String, String> query = Query.of(request.url());
      expected
          .query()
          .forEach((name, matcher) -> parameter("query." + name, matcher, query.get(name)));
    }
    if (expected.at() != null && !expected.at().holds(sinceStart)) {
      differs("at", expected.at().text(), Seconds.text(sinceStart));
    }
    field("attempts", expected.counts().attempts(), Integer.toString(exchange.attempts().size()));
  }

  private void parameter(String name, Matcher matcher, @Nullable String value) {
    field(name, matcher, value);
  }

  /**
   * @param matcher null: any value will do
   */
  private void field(String name, @Nullable Matcher matcher, @Nullable String value) {
    if (matcher != null && !matcher.matches(value)) {
      differs(name, matcher.text(), value);
    }
  }

  private void answer() {
    switch (expected.answer()) {
      case Answer.Any any -> {}
      case Answer.None none -> {
        if (exchange.landing() instanceof Landing.Answered answered) {
          differs("answer", "none", AppAnswer.of(answered));
        }
      }
      case Answer.Given given -> {
        Landing.Answered answered =
            exchange.landing() instanceof Landing.Answered answer ? answer : null;
        status(given.status(), answered);
        field("answer.type", given.type(), answered == null ? null : mediaType(answered));
        verbs(given.twiml().verbs());
        document(given.twiml(), answered);
        within(given.within());
      }
    }
  }

  /** In lower case, without parameters; null: the answer has none. */
  private static @Nullable String mediaType(Landing.Answered answered) {
    String type = answered.contentType();
    return type == null ? null : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private void document(Answer.Twiml twiml, Landing.@Nullable Answered answered) {
    if (twiml.equals(new Answer.Twiml(twiml.verbs(), null, Map.of(), null))) {
      return;
    }
    List<Element> elements = answered == null ? List.of() : TwimlElements.of(answered.body());
    twiml
        .attributes()
        .forEach((name, matcher) ->
            field("answer.attributes." + name, matcher, ElementName.of(name).in(elements)));
    if (twiml.elements() != null) {
      exactly(twiml.elements(), twiml.attributes().keySet(), elements);
    }
    Matcher says = twiml.says();
    List<String> said =
        elements.stream().filter(e -> e.name().equals("Say")).map(Element::text).toList();
    if (says != null
        && (said.isEmpty() ? !says.matches(null) : said.stream().noneMatch(says::matches))) {
      differs("answer.says", says.text(), said.isEmpty() ? null : String.join("' and '", said));
    }
  }

  /** No other elements, and no other attributes. */
  private void exactly(List<String> paths, Set<String> named, List<Element> elements) {
    List<String> written =
        elements.stream().map(Element::path).filter(path -> !path.equals("Response")).toList();
    if (!written.equals(paths)) {
      differs("answer.elements", paths.toString(), written.toString());
      return;
    }
    Map<String, Integer> numbers = new HashMap<>();
    for (Element element : elements) {
      int number = numbers.merge(element.name(), 1, Integer::sum);
      element
          .attributes()
          .forEach((attribute, value) -> {
            if (!named.contains(new ElementName(element.name(), number, attribute).text())) {
              differs(
                  "answer.attributes." + new ElementName(element.name(), number, attribute).text(),
                  "absent",
                  value);
            }
          });
    }
  }

  private void within(@Nullable Duration most) {
    Duration took = evidence.world().wallTimes().get(exchange.id());
    if (most != null && took != null && took.compareTo(most) > 0) {
      differs("answer.within", Seconds.text(most), Seconds.text(took));
    }
  }

  private void status(@Nullable Matcher status, Landing.@Nullable Answered answered) {
    Landing landing = exchange.landing();
    boolean asExpected =
        status == null
            ? answered != null && answered.successful()
            : status.matches(answered == null ? null : Integer.toString(answered.status()));
    if (!asExpected) {
      lines.add(
          "≠ answer.status: expected %s, was: %s"
              .formatted(
                  status == null ? "2xx" : status.text(),
                  landing == null ? "no answer yet" : AppAnswer.of(landing)));
    }
  }

  private void verbs(@Nullable List<String> verbs) {
    List<String> read = exchange.verbs();
    if (verbs != null && !verbs.equals(read)) {
      differs("answer.verbs", verbs.toString(), read == null ? null : read.toString());
    }
  }

  private void differs(String field, String expected, @Nullable String actual) {
    lines.add(line(field, expected, actual));
  }

  /** What a field must be and what it is. */
  static String line(String field, String expected, @Nullable String actual) {
    return "≠ %s: expected %s, was %s"
        .formatted(field, expected, actual == null ? "absent" : "'" + actual + "'");
  }
}
