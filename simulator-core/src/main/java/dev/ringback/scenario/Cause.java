package dev.ringback.scenario;

import dev.ringback.journal.Exchange;
import dev.ringback.scenario.Evidence.Raised;
import dev.ringback.scenario.Expectation.Answer;
import dev.ringback.scenario.Expectation.Request;
import dev.ringback.scenario.Verdict.Failure;
import dev.ringback.twiml.Level;
import dev.ringback.voice.Landing;
import java.util.List;
import java.util.Optional;

/** Why a scenario failed, in a line: what went wrong first, rather than what it led to. */
final class Cause {
  private final Evidence evidence;
  private final List<Request> expected;

  private Cause(Evidence evidence, List<Request> expected) {
    this.evidence = evidence;
    this.expected = expected;
  }

  /**
   * @param expected the requests that the scenario speaks of
   * @param failures at least one
   */
  static String of(Evidence evidence, List<Request> expected, List<Failure> failures) {
    Cause cause = new Cause(evidence, expected);
    return cause.badAnswer().or(cause::error).orElseGet(() -> difference(failures.getFirst()));
  }

  private Optional<String> badAnswer() {
    return evidence.exchanges().stream()
        .filter(this::isBad)
        .filter(exchange -> !isExpected(exchange))
        .findFirst()
        .map(exchange ->
            "%s at %s: %s"
                .formatted(
                    exchange.kind().wireName(),
                    evidence.when(exchange.leftAt()),
                    exchange.landing() == null
                        ? "no answer yet"
                        : AppAnswer.of(exchange.landing())));
  }

  private boolean isBad(Exchange exchange) {
    return switch (exchange.landing()) {
      case null -> false;
      case Landing.Failed failed -> true;
      case Landing.Answered answered ->
          !answered.successful() || (exchange.kind().expectsTwiml() && AppAnswer.isHtml(answered));
    };
  }

  /** Whether the scenario says of such an answer that it is to be so. */
  private boolean isExpected(Exchange exchange) {
    return expected.stream()
        .filter(request -> !request.answer().equals(Answer.good()))
        .filter(request -> Variables.namesIn(request.text()).isEmpty())
        .anyMatch(request -> Differences.between(request, exchange, evidence).isEmpty());
  }

  private Optional<String> error() {
    return evidence.alerts().stream()
        .filter(raised -> raised.alert().level() == Level.ERROR)
        .findFirst()
        .map(this::text);
  }

  private String text(Raised raised) {
    return "alert %s at %s: %s"
        .formatted(raised.alert().code(), evidence.when(raised.at()), raised.alert().message());
  }

  private static String difference(Failure failure) {
    return failure.nearest().stream()
        .filter(line -> line.startsWith("≠ "))
        .findFirst()
        .map(line -> subject(failure) + ": " + line.substring(2))
        .orElseGet(() ->
            failure.nearest().isEmpty()
                ? "expected " + failure.expected()
                : failure.nearest().getFirst());
  }

  /** What the expectation is about, such as {@code action}. */
  private static String subject(Failure failure) {
    return failure.expected().replaceFirst("^request: ", "").split("[,:]", 2)[0];
  }
}
