package dev.ringback.scenario;

import dev.ringback.journal.Exchange;
import dev.ringback.scenario.Evidence.Raised;
import dev.ringback.scenario.Expectation.Request;
import dev.ringback.scenario.Scenario.Expected;
import dev.ringback.scenario.Verdict.Failure;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What went wrong without being expected: errors, and pre-webhooks that said no. */
final class Unexpected {
  /** Twilio's code for a webhook of Conversations that failed. */
  private static final String REFUSED =
      Integer.toString(TwilioError.CONVERSATIONS_WEBHOOK_FAILED.code());

  private static final int MOST_LINES = 3;

  private final Evidence evidence;
  private final List<Request> requests = new ArrayList<>();

  /** Codes of errors that are expected or allowed. */
  private final Set<String> known;

  Unexpected(Scenario scenario, Evidence evidence) {
    this.evidence = evidence;
    this.known = new HashSet<>(scenario.allow());
    for (Expected expected : scenario.then()) {
      if (expected.what() instanceof Request request) {
        requests.add(request);
      } else if (expected.what() instanceof Expectation.InAnyOrder group) {
        group.requests().forEach(each -> requests.add((Request) each.what()));
      } else if (expected.what() instanceof Expectation.Alerts alerts) {
        known.add(alerts.code());
      }
    }
  }

  /** The requests that the scenario speaks of. */
  List<Request> requests() {
    return requests;
  }

  /** An error that nobody expects is the app's failure, however the call ended. */
  List<Failure> errors() {
    Map<String, List<String>> unexpected = new LinkedHashMap<>();
    for (Raised raised : evidence.alerts()) {
      String code = raised.alert().code();
      if (raised.alert().level() == Level.ERROR && !known.contains(code)) {
        unexpected
            .computeIfAbsent(code, c -> new ArrayList<>())
            .add("at %s: %s".formatted(evidence.when(raised.at()), raised.alert().message()));
      }
    }
    List<Failure> failures = new ArrayList<>();
    unexpected.forEach((code, said) -> {
      List<String> lines = new ArrayList<>(said.subList(0, Math.min(MOST_LINES, said.size())));
      if (said.size() > MOST_LINES) {
        lines.add("and %d more".formatted(said.size() - MOST_LINES));
      }
      lines.addAll(badAnswers());
      failures.add(
          new Failure(
              0, "no error, but there was %s (alert: %s expects it)".formatted(code, code), lines));
    });
    return failures;
  }

  /** What the app said wherever it did not say what was wanted of it. */
  private List<String> badAnswers() {
    List<String> lines = new ArrayList<>();
    for (Exchange exchange : evidence.exchanges()) {
      // What never came back is said by its alert.
      if (exchange.landing() instanceof Landing.Answered answered
          && (!answered.successful() || AppAnswer.isHtml(answered))
          && lines.size() < MOST_LINES) {
        lines.add(
            "%s %s %s %s"
                .formatted(
                    exchange.kind().wireName(),
                    exchange.request().method(),
                    exchange.request().url(),
                    AppAnswer.of(answered)));
      }
    }
    return lines;
  }

  /** A pre-webhook that says no decides the call as an error does; the scenario must expect it. */
  Optional<Failure> refusal() {
    if (expectsRefusals()) {
      return Optional.empty();
    }
    for (Exchange exchange : evidence.exchanges()) {
      if (exchange.kind() == RequestKind.PRE_WEBHOOK
          && exchange.landing() instanceof Landing.Answered answered
          && answered.status() >= 400
          && !isExpected(exchange)) {
        return Optional.of(
            new Failure(
                0,
                "the pre-webhook to let it happen (answer: {status: …} or alert: 50057 expects that it does not)",
                List.of(
                    "at %s: %s"
                        .formatted(evidence.when(exchange.leftAt()), AppAnswer.of(answered)))));
      }
    }
    return Optional.empty();
  }

  /** Whether the scenario expects what follows when a pre-webhook says no. */
  private boolean expectsRefusals() {
    return known.contains(REFUSED)
        || requests.stream()
            .anyMatch(r ->
                r.form().get("Result") instanceof Matcher.Equal result
                    && result.expected().equals(Result.FAILED_CREATE_CONVERSATION.wireName()));
  }

  private boolean isExpected(Exchange exchange) {
    return requests.stream()
        .filter(r -> Variables.namesIn(r.text()).isEmpty())
        .anyMatch(r -> Differences.between(r, exchange, evidence).isEmpty());
  }
}
