package dev.ringback.scenario;

import dev.ringback.journal.Exchange;
import dev.ringback.scenario.Expectation.Request;
import dev.ringback.scenario.Scenario.Expected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for the expected requests among those that left, in the scenario's order: each is looked
 * for behind the one found before it.
 */
final class RequestSearch {
  private final Evidence evidence;
  private final List<Exchange> exchanges;
  private final boolean strict;
  private final Variables variables = Variables.none();
  private int position;

  /**
   * @param strict whether no other request may lie between two that are expected
   */
  RequestSearch(Evidence evidence, boolean strict) {
    this.evidence = evidence;
    this.exchanges = evidence.exchanges();
    this.strict = strict;
  }

  /** Goes on behind the request; otherwise lines that say what came nearest to it. */
  Optional<List<String>> find(Request written) {
    Optional<List<String>> unknown = unknown(written.text());
    if (unknown.isPresent()) {
      return unknown;
    }
    Request expected = written.with(variables);
    return expected.counts().times() == null
        ? next(expected)
        : asOften(expected, expected.counts().times());
  }

  /** Looks among the requests to the REST API; what was found before is no bound. */
  Optional<List<String>> find(ApiExpectation written) {
    return unknown(written.text())
        .or(() -> written.with(variables).check(evidence.world().apiRequests()));
  }

  /** Empty: the app asked no such thing. */
  Optional<List<String>> never(ApiExpectation written) {
    return unknown(written.text())
        .or(() -> written.with(variables).first(evidence.world().apiRequests()));
  }

  /** What an expectation speaks of and no request has given a value. */
  Optional<List<String>> unknown(String text) {
    List<String> lines =
        Variables.namesIn(variables.in(text)).stream()
            .map(name -> "≠ ${%s}: no request has given it a value".formatted(name))
            .toList();
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
  }

  private Optional<List<String>> next(Request expected) {
    int last = strict ? Math.min(position + 1, exchanges.size()) : exchanges.size();
    for (int i = position; i < last; i++) {
      if (differences(expected, exchanges.get(i)).isEmpty()) {
        position = i + 1;
        return captured(expected, exchanges.get(i));
      }
    }
    List<String> lines = new ArrayList<>(nearest(expected));
    if (strict && position < exchanges.size()) {
      lines.add("strict: the next request was " + kindAndTime(exchanges.get(position)));
    }
    return Optional.of(lines);
  }

  /** All of the kind from here on, with strict those that lie side by side. */
  private Optional<List<String>> asOften(Request expected, Matcher times) {
    int found = 0;
    int end = position;
    List<String> absent = new ArrayList<>();
    for (int i = position; i < exchanges.size(); i++) {
      if (differences(expected, exchanges.get(i)).isEmpty()) {
        found++;
        end = i + 1;
        captured(expected, exchanges.get(i)).ifPresent(absent::addAll);
      } else if (strict) {
        break;
      }
    }
    if (times.matches(Integer.toString(found))) {
      position = end;
      return absent.isEmpty() ? Optional.empty() : Optional.of(absent);
    }
    List<String> lines = new ArrayList<>();
    lines.add("≠ times: expected %s, was %d".formatted(times.text(), found));
    lines.addAll(found == 0 ? nearest(expected) : List.of());
    return Optional.of(lines);
  }

  /** Goes on behind the last of the requests, whatever their order. */
  Optional<List<String>> find(Expectation.InAnyOrder group) {
    Optional<List<String>> unknown = unknown(group.text());
    if (unknown.isPresent()) {
      return unknown;
    }
    List<Request> wanted =
        group.requests().stream()
            .map(Expected::what)
            .map(Request.class::cast)
            .map(r -> r.with(variables))
            .toList();
    int last = strict ? Math.min(position + wanted.size(), exchanges.size()) : exchanges.size();
    Map<Integer, Request> taken = new HashMap<>();
    List<String> lines = new ArrayList<>();
    for (Request request : wanted) {
      if (!place(request, last, taken, new HashSet<>())) {
        lines.add(request.text());
        nearest(request).forEach(line -> lines.add("  " + line));
      }
    }
    taken.forEach(
        (index, request) -> captured(request, exchanges.get(index)).ifPresent(lines::addAll));
    if (lines.isEmpty()) {
      position = taken.keySet().stream().mapToInt(i -> i + 1).max().orElse(position);
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
  }

  /** Finds the request an exchange of its own; one that has it already may move to another. */
  private boolean place(
      Request request, int last, Map<Integer, Request> taken, Set<Integer> tried) {
    for (int i = position; i < last; i++) {
      if (differences(request, exchanges.get(i)).isEmpty() && tried.add(i)) {
        Request before = taken.get(i);
        if (before == null || place(before, last, taken, tried)) {
          taken.put(i, request);
          return true;
        }
      }
    }
    return false;
  }

  /** Takes the values that later expectations speak of; a line for each that is not there. */
  private Optional<List<String>> captured(Request expected, Exchange exchange) {
    List<String> absent = new ArrayList<>();
    expected
        .parameters()
        .captures()
        .forEach((variable, parameter) -> {
          String value =
              exchange
                  .request()
                  .form()
                  .value(parameter)
                  .orElse(Query.of(exchange.request().url()).get(parameter));
          if (value == null) {
            absent.add("≠ %s: captured as %s, was absent".formatted(parameter, variable));
          } else {
            variables.put(variable, value);
          }
        });
    return absent.isEmpty() ? Optional.empty() : Optional.of(absent);
  }

  /** The same with what was captured in it. */
  Map<String, Matcher> known(Map<String, Matcher> matchers) {
    return Matcher.with(variables, matchers);
  }

  /** The first exchange that is such a request, wherever it is. */
  Optional<Exchange> anywhere(Request written) {
    Request request = written.with(variables);
    return exchanges.stream().filter(e -> differences(request, e).isEmpty()).findFirst();
  }

  /** With {@code strict}: a request behind the last one found. */
  Optional<String> rest() {
    return strict && position < exchanges.size()
        ? Optional.of(kindAndTime(exchanges.get(position)))
        : Optional.empty();
  }

  /** What came nearest, and why the request itself did not come. */
  private List<String> nearest(Request expected) {
    List<String> lines = new ArrayList<>(nearestExchange(expected));
    lines.addAll(WhyNot.lines(expected, evidence));
    return lines;
  }

  private List<String> nearestExchange(Request expected) {
    return exchanges.stream()
        .filter(e -> e.kind() == expected.kind())
        .min(Comparator.comparingInt(e -> differences(expected, e).size()))
        .map(e -> {
          List<String> lines = new ArrayList<>();
          boolean tooEarly = exchanges.indexOf(e) < position;
          lines.add(
              "nearest: %s%s"
                  .formatted(
                      kindAndTime(e), tooEarly ? ", before the request expected before it" : ""));
          lines.addAll(differences(expected, e));
          return lines;
        })
        .orElse(List.of("no " + expected.kind().wireName() + " request came at all"));
  }

  private List<String> differences(Request expected, Exchange exchange) {
    return Differences.between(expected, exchange, evidence);
  }

  private String kindAndTime(Exchange exchange) {
    return exchange.kind().wireName() + " at " + evidence.when(exchange.leftAt());
  }
}
