package dev.ringback.scenario;

import dev.ringback.call.Landing;
import dev.ringback.call.Moment;
import dev.ringback.journal.Entry;
import dev.ringback.journal.Fact;
import dev.ringback.scenario.Exchanges.Exchange;
import dev.ringback.scenario.Expectation.Answer;
import dev.ringback.scenario.Expectation.Request;
import dev.ringback.scenario.Verdict.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares what happened with what a scenario expects. */
public final class Judge {
  private final List<Entry> entries;
  private final List<Exchange> exchanges;
  private final Instant start;
  private final boolean strict;
  private final List<Failure> failures = new ArrayList<>();
  private int position;

  private Judge(List<Entry> entries, boolean strict) {
    this.entries = entries;
    this.exchanges = Exchanges.of(entries);
    this.start = entries.isEmpty() ? Instant.EPOCH : entries.getFirst().at();
    this.strict = strict;
  }

  /**
   * @param entries the whole journal of the scenario's world
   */
  public static Verdict judge(Scenario scenario, List<Entry> entries) {
    Judge judge = new Judge(entries, scenario.strict());
    judge.directions();
    for (Expectation expectation : scenario.then()) {
      judge.check(expectation);
    }
    judge.nothingElse();
    return new Verdict(judge.failures);
  }

  private void directions() {
    for (Entry entry : entries) {
      if (entry.fact() instanceof Fact.DirectionRefused refused) {
        fail(
            "at %s: %s".formatted(sinceStart(entry.at()), refused.direction().move()),
            List.of("impossible then: " + refused.reason()));
      }
    }
  }

  private void check(Expectation expectation) {
    switch (expectation) {
      case Request request -> request(request);
      case Expectation.Never never -> never(never.request());
      case Expectation.CallEnds ends -> ends(ends);
      case Expectation.Alerts alerts -> alerts(alerts);
    }
  }

  private void request(Request expected) {
    int last = strict ? Math.min(position + 1, exchanges.size()) : exchanges.size();
    for (int i = position; i < last; i++) {
      if (differences(expected, exchanges.get(i)).isEmpty()) {
        position = i + 1;
        return;
      }
    }
    fail(describe(expected), nearest(expected));
  }

  private void never(Request unwanted) {
    for (Exchange exchange : exchanges) {
      if (differences(unwanted, exchange).isEmpty()) {
        fail("never: " + describe(unwanted), List.of("it came at " + sinceStart(exchange.at())));
        return;
      }
    }
  }

  private void nothingElse() {
    if (strict && failures.isEmpty() && position < exchanges.size()) {
      Exchange extra = exchanges.get(position);
      fail(
          "strict: no request after the last one expected",
          List.of("%s at %s".formatted(extra.request().kind().wireName(), sinceStart(extra.at()))));
    }
  }

  private void ends(Expectation.CallEnds expected) {
    Moment.CallEnded ended = null;
    for (Entry entry : entries) {
      if (entry.fact() instanceof Fact.Happened(Moment.CallEnded end)) {
        ended = end;
      }
    }
    if (ended == null) {
      fail("call: ends " + expected.status().wireName(), List.of("the call has not ended"));
    } else if (ended.leg().status() != expected.status()) {
      fail(
          "call: ends " + expected.status().wireName(),
          List.of("it ended " + ended.leg().status().wireName() + ": " + ended.why()));
    }
  }

  private void alerts(Expectation.Alerts expected) {
    List<String> codes = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.fact() instanceof Fact.Alerted alerted) {
        codes.add(alerted.alert().code());
      }
    }
    if (!codes.contains(expected.code())) {
      fail(
          "alert: " + expected.code(),
          List.of(codes.isEmpty() ? "there was no alert" : "alerts were " + codes));
    }
  }

  private List<String> nearest(Request expected) {
    return exchanges.stream()
        .filter(e -> e.request().kind() == expected.kind())
        .min(Comparator.comparingInt(e -> differences(expected, e).size()))
        .map(e -> {
          List<String> lines = new ArrayList<>();
          boolean tooEarly = exchanges.indexOf(e) < position;
          lines.add(
              "nearest: %s at %s%s"
                  .formatted(
                      e.request().kind().wireName(),
                      sinceStart(e.at()),
                      tooEarly ? ", before the request expected before it" : ""));
          lines.addAll(differences(expected, e));
          return lines;
        })
        .orElse(List.of("no " + expected.kind().wireName() + " request came at all"));
  }

  /** A line for each field that is not as expected. */
  private List<String> differences(Request expected, Exchange exchange) {
    List<String> lines = new ArrayList<>();
    Fact.Requested request = exchange.request();
    if (request.kind() != expected.kind()) {
      lines.add(different("request", expected.kind().wireName(), request.kind().wireName()));
    }
    if (expected.method() != null && request.method() != expected.method()) {
      lines.add(different("method", expected.method().name(), request.method().name()));
    }
    for (Map.Entry<String, Matcher> field : expected.form().entrySet()) {
      String value = request.form().value(field.getKey()).orElse(null);
      if (!field.getValue().matches(value)) {
        lines.add(different(field.getKey(), field.getValue().text(), value));
      }
    }
    if (expected.at() != null && !expected.at().holds(Duration.between(start, exchange.at()))) {
      lines.add(different("at", window(expected.at()), sinceStart(exchange.at())));
    }
    Integer attempts = expected.attempts();
    if (attempts != null && attempts != exchange.attempts()) {
      lines.add(different("attempts", attempts.toString(), Integer.toString(exchange.attempts())));
    }
    if (expected.answer() != null) {
      answer(expected.answer(), exchange, lines);
    }
    return lines;
  }

  private static void answer(Answer expected, Exchange exchange, List<String> lines) {
    if (expected.verbs() != null && !expected.verbs().equals(exchange.verbs())) {
      lines.add(
          different(
              "answer.verbs",
              expected.verbs().toString(),
              exchange.verbs() == null ? null : exchange.verbs().toString()));
    }
    if (expected.status() != null) {
      String status =
          exchange.landing() instanceof Landing.Answered answered
              ? Integer.toString(answered.status())
              : null;
      if (!expected.status().matches(status)) {
        lines.add(different("answer.status", expected.status().text(), status));
      }
    }
  }

  private static String different(String field, String expected, @Nullable String actual) {
    return "≠ %s: expected %s, was %s"
        .formatted(field, expected, actual == null ? "absent" : "'" + actual + "'");
  }

  private static String describe(Request expected) {
    StringBuilder text = new StringBuilder("request: ").append(expected.kind().wireName());
    if (expected.method() != null) {
      text.append(", method: ").append(expected.method());
    }
    if (!expected.form().isEmpty()) {
      List<String> fields = new ArrayList<>();
      expected.form().forEach((name, matcher) -> fields.add(name + ": " + matcher.text()));
      text.append(", form: {").append(String.join(", ", fields)).append('}');
    }
    if (expected.attempts() != null) {
      text.append(", attempts: ").append(expected.attempts());
    }
    if (expected.at() != null) {
      text.append(", at: ").append(window(expected.at()));
    }
    return text.toString();
  }

  private static String window(Expectation.Window window) {
    return window.least().equals(window.most())
        ? seconds(window.least())
        : seconds(window.least()) + " to " + seconds(window.most());
  }

  private String sinceStart(Instant at) {
    return seconds(Duration.between(start, at));
  }

  private static String seconds(Duration duration) {
    return "%d.%03ds".formatted(duration.toSeconds(), duration.toMillisPart());
  }

  private void fail(String expected, List<String> nearest) {
    failures.add(new Failure(expected, nearest));
  }
}
