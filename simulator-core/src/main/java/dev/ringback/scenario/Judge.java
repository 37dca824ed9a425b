package dev.ringback.scenario;

import dev.ringback.call.CallEvent;
import dev.ringback.cast.Reaction;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.scenario.Evidence.Raised;
import dev.ringback.scenario.Expectation.Request;
import dev.ringback.scenario.Scenario.Expected;
import dev.ringback.scenario.Verdict.Failure;
import dev.ringback.twiml.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what happened with what a scenario expects. */
public final class Judge {
  private final Evidence evidence;
  private final RequestSearch search;

  private Judge(Evidence evidence, RequestSearch search) {
    this.evidence = evidence;
    this.search = search;
  }

  /**
   * @param world in which the scenario was played
   */
  public static Verdict judge(Scenario scenario, PlayedWorld world) {
    Evidence evidence = Evidence.of(world);
    Judge judge = new Judge(evidence, new RequestSearch(evidence, scenario.strict()));
    List<Failure> failures = new ArrayList<>(notFollowed(scenario.lines(), world.journal()));
    for (Expected expected : scenario.then()) {
      judge
          .check(expected.what())
          .map(nearest -> new Failure(expected.line(), expected.what().text(), nearest))
          .ifPresent(failures::add);
    }
    if (failures.isEmpty()) {
      judge.nothingElse().ifPresent(failures::add);
    }
    Unexpected unexpected = new Unexpected(scenario, evidence);
    failures.addAll(unexpected.errors());
    unexpected.refusal().ifPresent(failures::add);
    String cause = failures.isEmpty() ? "" : Cause.of(evidence, unexpected.requests(), failures);
    return new Verdict(failures, cause, judge.warnings());
  }

  /** Directions that were impossible, and reactions to words that nobody said. */
  private static List<Failure> notFollowed(Scenario.Lines lines, List<JournalEntry> entries) {
    List<Failure> failures = new ArrayList<>();
    for (JournalEntry entry : entries) {
      if (entry.fact() instanceof Fact.DirectionRefused refused && !refused.direction().maybe()) {
        failures.add(
            new Failure(
                lines.of(refused.direction()),
                "at %s: %s"
                    .formatted(
                        Seconds.text(refused.direction().at()), refused.direction().move().text()),
                List.of("impossible then: " + refused.reason())));
      }
      if (entry.fact() instanceof Fact.NeverHeard(Reaction reaction) && !reaction.maybe()) {
        failures.add(
            new Failure(
                lines.of(reaction),
                reaction.text(),
                List.of(
                    "nothing of the kind was heard, so this never happened (maybe: true allows it)")));
      }
    }
    return failures;
  }

  /** Empty: it is so. Otherwise lines that say what is so instead. */
  private Optional<List<String>> check(Expectation expectation) {
    return switch (expectation) {
      case Request request -> search.find(request);
      case Expectation.InAnyOrder group -> search.find(group);
      case Expectation.Exists exists -> exists(exists);
      case ApiExpectation api -> search.find(api);
      case Expectation.Never(Request request) -> never(request);
      case Expectation.Never(ApiExpectation api) -> search.never(api);
      case Expectation.Never(Expectation unwanted) ->
          search
              .unknown(unwanted.text())
              .or(() ->
                  check(unwanted).isPresent()
                      ? Optional.empty()
                      : Optional.of(List.of("it is so")));
      case Expectation.Called called -> called(called);
      case Expectation.CallEnds ends -> ends(ends);
      case Expectation.Alerts alerts -> alerts(alerts);
    };
  }

  private Optional<List<String>> never(Request unwanted) {
    Optional<List<String>> unknown = search.unknown(unwanted.text());
    if (unknown.isPresent()) {
      return unknown;
    }
    return search
        .anywhere(unwanted)
        .map(exchange -> List.of("it came at " + evidence.when(exchange.leftAt())));
  }

  private Optional<List<String>> exists(Expectation.Exists expected) {
    Optional<List<String>> unknown = search.unknown(expected.text());
    if (unknown.isPresent()) {
      return unknown;
    }
    Map<String, Matcher> fields = search.known(expected.fields());
    List<Resource> all =
        evidence.world().resources().stream().filter(r -> r.kind() == expected.kind()).toList();
    long found = all.stream().filter(r -> differences(fields, r).isEmpty()).count();
    Matcher times = expected.times();
    if (times == null ? found > 0 : times.matches(Long.toString(found))) {
      return Optional.empty();
    }
    String name = expected.kind().wireName();
    if (found > 0 || times != null) {
      return Optional.of(List.of("there are %d of %d".formatted(found, all.size())));
    }
    return Optional.of(
        all.stream()
            .min(Comparator.comparingInt(r -> differences(fields, r).size()))
            .map(r -> {
              List<String> lines = new ArrayList<>();
              lines.add("nearest: %s %s".formatted(name, r.fields().get("sid")));
              lines.addAll(differences(fields, r));
              return lines;
            })
            .orElse(List.of("there is no %s at all".formatted(name))));
  }

  private static List<String> differences(Map<String, Matcher> fields, Resource resource) {
    List<String> lines = new ArrayList<>();
    fields.forEach((name, matcher) -> {
      String value = resource.fields().get(name);
      if (!matcher.matches(value)) {
        lines.add(Differences.line(name, matcher.text(), value));
      }
    });
    return lines;
  }

  private Optional<List<String>> called(Expectation.Called expected) {
    return evidence.isCalled(expected.client())
        ? Optional.empty()
        : Optional.of(
            List.of("nobody did; is it the name of a worker, or of a client in the app's TwiML?"));
  }

  private Optional<List<String>> ends(Expectation.CallEnds expected) {
    CallEvent.CallEnded end = evidence.lastEnd();
    if (end == null) {
      return Optional.of(List.of("the call has not ended"));
    }
    return end.leg().status() == expected.status()
        ? Optional.empty()
        : Optional.of(List.of("it ended " + end.leg().status().wireName() + ": " + end.why()));
  }

  private Optional<List<String>> alerts(Expectation.Alerts expected) {
    List<String> codes = evidence.alerts().stream().map(raised -> raised.alert().code()).toList();
    return codes.contains(expected.code())
        ? Optional.empty()
        : Optional.of(List.of(codes.isEmpty() ? "there was no alert" : "alerts were " + codes));
  }

  private Optional<Failure> nothingElse() {
    return search
        .rest()
        .map(extra ->
            new Failure(0, "strict: no request after the last one expected", List.of(extra)));
  }

  private List<String> warnings() {
    return evidence.alerts().stream()
        .map(Raised::alert)
        .filter(alert -> alert.level() == Level.WARNING)
        .map(alert -> alert.code() + " " + alert.message())
        .toList();
  }
}
