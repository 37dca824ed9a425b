package dev.ringback.scenario;

import dev.ringback.journal.Exchange;
import dev.ringback.journal.Fact;
import dev.ringback.scenario.Expectation.Answer;
import dev.ringback.scenario.Expectation.Request;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares one exchange with the request that is expected: a line for each field that differs. */
final class Differences {
  private final Request expected;
  private final Exchange exchange;
  private final List<String> lines = new ArrayList<>();

  private Differences(Request expected, Exchange exchange) {
    this.expected = expected;
    this.exchange = exchange;
  }

  /**
   * @param sinceStart when the request left
   * @return empty: the exchange is the one expected
   */
  static List<String> between(Request expected, Exchange exchange, Duration sinceStart) {
    Differences differences = new Differences(expected, exchange);
    differences.request(sinceStart);
    differences.answer();
    return differences.lines;
  }

  private void request(Duration sinceStart) {
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
    Integer attempts = expected.attempts();
    int left = exchange.attempts().size();
    if (attempts != null && attempts != left) {
      differs("attempts", attempts.toString(), Integer.toString(left));
    }
  }

  private void parameter(String name, Matcher matcher, @Nullable String value) {
    if (!matcher.matches(value)) {
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
        status(given.status(), exchange.landing());
        verbs(given.verbs());
      }
    }
  }

  private void status(@Nullable Matcher status, @Nullable Landing landing) {
    Landing.Answered answered = landing instanceof Landing.Answered answer ? answer : null;
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
    lines.add(
        "≠ %s: expected %s, was %s"
            .formatted(field, expected, actual == null ? "absent" : "'" + actual + "'"));
  }
}
