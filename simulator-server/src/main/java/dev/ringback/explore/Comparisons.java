package dev.ringback.explore;

import dev.ringback.explore.Finding.Kind;
import dev.ringback.id.Sid;
import dev.ringback.journal.Exchange;
import dev.ringback.twiml.Level;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is bad only beside another call: the same answer to good and bad, or another to the same.
 */
final class Comparisons {
  private Comparisons() {}

  /** Takes what a journey says of good and bad endings. */
  static void remember(Memory memory, Journey journey) {
    for (Exchange exchange : journey.exchanges()) {
      boolean tells = exchange.kind() == RequestKind.ACTION || exchange.kind() == RequestKind.DIAL;
      boolean there =
          exchange.request().form().value("CallStatus").filter("in-progress"::equals).isPresent();
      if (tells
          && there
          && exchange.landing() instanceof Landing.Answered answered
          && answered.successful()
          && !hasErrors(exchange)) {
        String path = Journey.path(exchange);
        String where = Journey.where(exchange);
        if (Expectations.isSuccess(exchange)) {
          memory.successes.putIfAbsent(path, Journey.answer(exchange));
        } else {
          memory.others.putIfAbsent(
              path + " " + where,
              new Memory.Other(
                  where,
                  path,
                  Journey.answer(exchange),
                  Expectations.neverAsItIs(exchange),
                  journey.course()));
        }
      }
    }
  }

  private static boolean hasErrors(Exchange exchange) {
    return exchange.document() != null
        && exchange.document().findings().stream().anyMatch(f -> f.level() == Level.ERROR);
  }

  /** Endings that the app answers like a success. */
  static List<Finding> likeSuccess(Memory memory) {
    List<Finding> findings = new ArrayList<>();
    for (Memory.Other other : memory.others.values()) {
      if (other.answer().equals(memory.successes.get(other.path()))) {
        findings.add(
            new Finding(
                Kind.LIKE_SUCCESS,
                other.where(),
                "the app answers this like a success",
                other.course(),
                List.of(other.then())));
      }
    }
    return findings;
  }

  /** The same call until the choice: where the answer was another, the app varies by itself. */
  static Optional<String> varying(Journey before, Journey now, Duration until) {
    List<Exchange> was = first(before, until);
    List<Exchange> is = first(now, until);
    for (int i = 0; i < Math.min(was.size(), is.size()); i++) {
      Exchange other = is.get(i);
      if (Journey.where(was.get(i)).equals(Journey.where(other))
          && !Journey.answer(was.get(i)).equals(Journey.answer(other))) {
        return Optional.of(Journey.where(other) + " " + Journey.path(other));
      }
    }
    return Optional.empty();
  }

  private static List<Exchange> first(Journey journey, Duration until) {
    return journey.exchanges().stream()
        .filter(exchange -> exchange.kind().expectsTwiml())
        .filter(exchange -> journey.since(exchange.leftAt()).compareTo(until) < 0)
        .toList();
  }

  /**
   * Two calls at once: each is answered as alone, and hears nothing of the other.
   *
   * @param alone the call of each customer by itself, twice: where those differ the app varies, and
   *     nothing can be said
   */
  static Optional<Finding> mixedUp(List<List<Journey>> alone, Journey together) {
    List<Sid> calls =
        together.performance().calls().stream().map(record -> record.call().sid()).toList();
    for (Sid call : calls) {
      List<List<String>> expected =
          alone.get(calls.indexOf(call)).stream()
              .map(journey -> answersOf(journey, journey.root()))
              .toList();
      List<Exchange> exchanges = of(together, call);
      List<String> answers = answersOf(together, call);
      for (int i = 0; i < answers.size(); i++) {
        if (isAnother(expected, i, answers.get(i)) || namesAnother(exchanges.get(i), calls)) {
          return Optional.of(
              new Finding(
                  Kind.MIXED_UP,
                  Journey.where(exchanges.get(i)),
                  "with two calls at once the app answers one of them differently than alone",
                  together.course(),
                  List.of(Expectations.neverAsItIsTo(exchanges.get(i)))));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isAnother(List<List<String>> expected, int at, String answer) {
    List<String> first = expected.getFirst();
    return at < first.size()
        && !first.get(at).equals(answer)
        && expected.stream().allMatch(one -> at < one.size() && one.get(at).equals(first.get(at)));
  }

  private static List<Exchange> of(Journey journey, @Nullable Sid call) {
    return journey.exchanges().stream()
        .filter(exchange -> exchange.kind().expectsTwiml() && Objects.equals(call, exchange.call()))
        .toList();
  }

  private static List<String> answersOf(Journey journey, @Nullable Sid call) {
    return of(journey, call).stream()
        .map(exchange -> Journey.where(exchange) + " " + Journey.answer(exchange))
        .toList();
  }

  /** Whether an answer to one call names the other call, or its customer. */
  private static boolean namesAnother(Exchange exchange, List<Sid> calls) {
    String from = exchange.request().form().value("From").orElse("");
    String body = Journey.answer(exchange);
    String raw = exchange.landing() instanceof Landing.Answered answered ? answered.body() : "";
    boolean otherCall =
        calls.stream()
            .filter(call -> !call.equals(exchange.call()))
            .anyMatch(call -> raw.contains(call.value()));
    String otherCustomer = from.equals(Course.CUSTOMER) ? Course.OTHER_CUSTOMER : Course.CUSTOMER;
    return otherCall || body.contains(otherCustomer.substring(1));
  }
}
