package dev.ringback.scenario;

import dev.ringback.journal.Exchange;
import dev.ringback.scenario.Expectation.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the expected requests among those that left, in the scenario's order: each is looked
 * for behind the one found before it.
 */
final class RequestSearch {
  private final Evidence evidence;
  private final List<Exchange> exchanges;
  private final boolean strict;
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
  Optional<List<String>> find(Request expected) {
    int last = strict ? Math.min(position + 1, exchanges.size()) : exchanges.size();
    for (int i = position; i < last; i++) {
      if (differences(expected, exchanges.get(i)).isEmpty()) {
        position = i + 1;
        return Optional.empty();
      }
    }
    List<String> lines = new ArrayList<>(nearest(expected));
    if (strict && position < exchanges.size()) {
      lines.add("strict: the next request was " + kindAndTime(exchanges.get(position)));
    }
    return Optional.of(lines);
  }

  /** The first exchange that is such a request, wherever it is. */
  Optional<Exchange> anywhere(Request request) {
    return exchanges.stream().filter(e -> differences(request, e).isEmpty()).findFirst();
  }

  /** With {@code strict}: a request behind the last one found. */
  Optional<String> rest() {
    return strict && position < exchanges.size()
        ? Optional.of(kindAndTime(exchanges.get(position)))
        : Optional.empty();
  }

  private List<String> nearest(Request expected) {
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
    return Differences.between(expected, exchange, evidence.sinceStart(exchange.leftAt()));
  }

  private String kindAndTime(Exchange exchange) {
    return exchange.kind().wireName() + " at " + evidence.when(exchange.leftAt());
  }
}
