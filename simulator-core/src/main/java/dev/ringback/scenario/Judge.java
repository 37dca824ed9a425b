package dev.ringback.scenario;

import dev.ringback.call.CallEvent;
import dev.ringback.cast.Reaction;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.scenario.Exchanges.Exchange;
import dev.ringback.scenario.Expectation.Answer;
import dev.ringback.scenario.Expectation.Request;
import dev.ringback.scenario.Scenario.Expected;
import dev.ringback.scenario.Verdict.Failure;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Alert;
import dev.ringback.voice.ClientAddress;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what happened with what a scenario expects. */
public final class Judge {
  private final List<JournalEntry> entries;
  private final List<Exchange> exchanges;
  private final Instant start;
  private final boolean strict;
  private final List<Failure> failures = new ArrayList<>();
  private int line;
  private int position;

  /** Twilio's code for a webhook of Conversations that failed. */
  private static final String REFUSED =
      Integer.toString(TwilioError.CONVERSATIONS_WEBHOOK_FAILED.code());

  private Judge(List<JournalEntry> entries, boolean strict) {
    this.entries = entries;
    this.exchanges = Exchanges.of(entries);
    this.start = entries.isEmpty() ? Instant.EPOCH : entries.getFirst().at();
    this.strict = strict;
  }

  /**
   * @param entries the whole journal of the scenario's world
   */
  public static Verdict judge(Scenario scenario, List<JournalEntry> entries) {
    Judge judge = new Judge(entries, scenario.strict());
    judge.directions(scenario);
    for (Expected expected : scenario.then()) {
      judge.line = expected.line();
      judge.check(expected.what());
    }
    judge.line = 0;
    judge.nothingElse();
    judge.noOtherErrors(scenario);
    judge.noOtherRefusals(scenario);
    return new Verdict(judge.failures, judge.warnings());
  }

  private void directions(Scenario scenario) {
    for (JournalEntry entry : entries) {
      if (entry.fact() instanceof Fact.DirectionRefused refused && !refused.direction().maybe()) {
        line = scenario.lines().of(refused.direction());
        fail(
            "at %s: %s"
                .formatted(seconds(refused.direction().at()), refused.direction().move().text()),
            List.of("impossible then: " + refused.reason()));
      }
      if (entry.fact() instanceof Fact.NeverHeard(Reaction reaction) && !reaction.maybe()) {
        line = scenario.lines().of(reaction);
        fail(
            reaction.text(),
            List.of(
                "nothing of the kind was heard, so this never happened (maybe: true allows it)"));
      }
    }
  }

  /** An error that nobody expects is the app's failure, however the call ended. */
  private void noOtherErrors(Scenario scenario) {
    Set<String> known = new HashSet<>(scenario.allow());
    for (Expected expected : scenario.then()) {
      if (expected.what() instanceof Expectation.Alerts alerts) {
        known.add(alerts.code());
      }
    }
    Map<String, List<String>> unexpected = new LinkedHashMap<>();
    for (JournalEntry entry : entries) {
      if (entry.fact() instanceof Fact.Alerted(Alert alert)
          && alert.level() == Level.ERROR
          && !known.contains(alert.code())) {
        unexpected
            .computeIfAbsent(alert.code(), code -> new ArrayList<>())
            .add("at %s: %s".formatted(sinceStart(entry.at()), alert.message()));
      }
    }
    unexpected.forEach((code, said) -> {
      List<String> lines = new ArrayList<>(said.subList(0, Math.min(3, said.size())));
      if (said.size() > 3) {
        lines.add("and %d more".formatted(said.size() - 3));
      }
      lines.addAll(badAnswers());
      fail("no error, but there was %s (alert: %s expects it)".formatted(code, code), lines);
    });
  }

  /** A pre-webhook that says no decides the call as an error does; somebody must expect it. */
  private void noOtherRefusals(Scenario scenario) {
    List<Request> requests =
        scenario.then().stream()
            .map(Expected::what)
            .filter(Request.class::isInstance)
            .map(Request.class::cast)
            .toList();
    boolean expected =
        scenario.allow().contains(REFUSED)
            || scenario.then().stream()
                .anyMatch(e -> e.what() instanceof Expectation.Alerts a && a.code().equals(REFUSED))
            || requests.stream()
                .anyMatch(r ->
                    r.form().get("Result") instanceof Matcher.Equal result
                        && result.expected().equals(Result.FAILED_CREATE_CONVERSATION.wireName()));
    for (Exchange exchange : exchanges) {
      if (exchange.request().kind() == RequestKind.PRE_WEBHOOK
          && exchange.landing() instanceof Landing.Answered answered
          && answered.status() >= 400
          && !expected
          && requests.stream().noneMatch(r -> differences(r, exchange).isEmpty())) {
        fail(
            "the pre-webhook to let it happen (answer: {status: …} or alert: 50057 expects that it does not)",
            List.of("at %s: %s".formatted(sinceStart(exchange.at()), AppAnswer.of(answered))));
        return;
      }
    }
  }

  /** What the app said wherever it did not say what was wanted of it. */
  private List<String> badAnswers() {
    List<String> lines = new ArrayList<>();
    for (Exchange exchange : exchanges) {
      // What never came back is said by its alert.
      if (exchange.landing() instanceof Landing.Answered answered
          && (!answered.successful() || AppAnswer.isHtml(answered))
          && lines.size() < 3) {
        lines.add(
            "%s %s %s %s"
                .formatted(
                    exchange.request().kind().wireName(),
                    exchange.request().method(),
                    exchange.request().url(),
                    AppAnswer.of(answered)));
      }
    }
    return lines;
  }

  private List<String> warnings() {
    return entries.stream()
        .map(JournalEntry::fact)
        .filter(Fact.Alerted.class::isInstance)
        .map(fact -> ((Fact.Alerted) fact).alert())
        .filter(alert -> alert.level() == Level.WARNING)
        .map(alert -> alert.code() + " " + alert.message())
        .toList();
  }

  private void check(Expectation expectation) {
    switch (expectation) {
      case Request request -> request(request);
      case Expectation.Never never -> never(never.request());
      case Expectation.Called called -> called(called.client());
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
    List<String> lines = new ArrayList<>(nearest(expected));
    if (strict && position < exchanges.size()) {
      Exchange next = exchanges.get(position);
      lines.add(
          "strict: the next request was %s at %s"
              .formatted(next.request().kind().wireName(), sinceStart(next.at())));
    }
    fail(describe(expected), lines);
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

  private void called(String client) {
    boolean called =
        entries.stream()
            .anyMatch(entry ->
                entry.fact() instanceof Fact.Happened(CallEvent.LegChanged changed)
                    && changed.leg().to().equals(ClientAddress.of(client)));
    if (!called) {
      fail(
          "somebody to call the client '" + client + "', who has a cast",
          List.of("nobody did; is it the name of a worker, or of a client in the app's TwiML?"));
    }
  }

  private void ends(Expectation.CallEnds expected) {
    CallEvent.CallEnded ended = null;
    for (JournalEntry entry : entries) {
      if (entry.fact() instanceof Fact.Happened(CallEvent.CallEnded end)) {
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
    for (JournalEntry entry : entries) {
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
    if (!expected.query().isEmpty()) {
      Map<String, String> query = Query.of(request.url());
      expected
          .query()
          .forEach((name, matcher) -> {
            if (!matcher.matches(query.get(name))) {
              lines.add(different("query." + name, matcher.text(), query.get(name)));
            }
          });
    }
    if (expected.at() != null && !expected.at().holds(Duration.between(start, exchange.at()))) {
      lines.add(different("at", window(expected.at()), sinceStart(exchange.at())));
    }
    Integer attempts = expected.attempts();
    if (attempts != null && attempts != exchange.attempts()) {
      lines.add(different("attempts", attempts.toString(), Integer.toString(exchange.attempts())));
    }
    answer(expected.answer(), exchange, lines);
    return lines;
  }

  private static void answer(Answer expected, Exchange exchange, List<String> lines) {
    Landing landing = exchange.landing();
    switch (expected) {
      case Answer.Any any -> {}
      case Answer.None none -> {
        if (landing instanceof Landing.Answered answered) {
          lines.add(different("answer", "none", AppAnswer.of(answered)));
        }
      }
      case Answer.Given given -> given(given, exchange, landing, lines);
    }
  }

  private static void given(
      Answer.Given expected, Exchange exchange, @Nullable Landing landing, List<String> lines) {
    String status =
        landing instanceof Landing.Answered answered ? Integer.toString(answered.status()) : null;
    boolean asExpected =
        expected.status() == null
            ? landing instanceof Landing.Answered answered && answered.successful()
            : expected.status().matches(status);
    if (!asExpected) {
      String wanted = expected.status() == null ? "2xx" : expected.status().text();
      String came = landing == null ? "no answer yet" : AppAnswer.of(landing);
      lines.add("≠ answer.status: expected %s, was: %s".formatted(wanted, came));
    }
    if (expected.verbs() != null && !expected.verbs().equals(exchange.verbs())) {
      lines.add(
          different(
              "answer.verbs",
              expected.verbs().toString(),
              exchange.verbs() == null ? null : exchange.verbs().toString()));
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
    if (!expected.query().isEmpty()) {
      List<String> fields = new ArrayList<>();
      expected.query().forEach((name, matcher) -> fields.add(name + ": " + matcher.text()));
      text.append(", query: {").append(String.join(", ", fields)).append('}');
    }
    if (expected.attempts() != null) {
      text.append(", attempts: ").append(expected.attempts());
    }
    if (expected.at() != null) {
      text.append(", at: ").append(window(expected.at()));
    }
    switch (expected.answer()) {
      case Answer.Any any -> {}
      case Answer.None none -> text.append(", answer: none");
      case Answer.Given given -> {
        if (given.status() != null) {
          text.append(", answer.status: ").append(given.status().text());
        }
        if (given.verbs() != null) {
          text.append(", answer.verbs: ").append(given.verbs());
        }
      }
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
    failures.add(new Failure(line, expected, nearest));
  }
}
