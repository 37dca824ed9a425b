package dev.ringback.explore;

import dev.ringback.explore.Course.Step;
import dev.ringback.explore.Finding.Kind;
import dev.ringback.id.Sid;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.scenario.AppAnswer;
import dev.ringback.twiml.Level;
import dev.ringback.voice.Alert;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is bad in a call, whoever's call it is. */
final class Oracle {
  /** On the wall: a caller has waited for long, and a little more is a time-out. */
  private static final Duration SLOW = Duration.ofSeconds(5);

  /** So often a document of the same form, with hardly a person doing anything, is a loop. */
  private static final int LOOP = 10;

  /** An error of the app's that a finding about its answer says better. */
  static final Set<String> SAID_BY_THE_ANSWER =
      Set.of("11200", "11201", "11202", "11203", "11205", "11206", "11210", "15003", "32503");

  private final Journey journey;
  private final List<Finding> findings = new ArrayList<>();
  private @Nullable Exchange document;

  private Oracle(Journey journey) {
    this.journey = journey;
  }

  static List<Finding> of(Journey journey) {
    Oracle oracle = new Oracle(journey);
    oracle.answers();
    oracle.documents();
    oracle.loops();
    if (oracle.findings.stream().noneMatch(finding -> finding.kind() == Kind.NO_ANSWER)) {
      oracle.findings.addAll(Listening.to(journey)); // what is waited for makes no sound
    }
    return oracle.findings;
  }

  private void find(Kind kind, String where, String text, List<String> then) {
    findings.add(new Finding(kind, where, text, journey.course(), then));
  }

  // Answers

  private void answers() {
    boolean trouble = journey.course().has(Step.Trouble.class);
    for (Exchange exchange : journey.exchanges()) {
      if (journey.took(exchange).compareTo(SLOW) >= 0) {
        find(
            Kind.SLOW,
            Journey.where(exchange),
            "the app answers after %d s or more; Twilio waits 15 s".formatted(SLOW.toSeconds()),
            List.of(Expectations.expected(exchange, "{within: " + SLOW.toSeconds() + "s}")));
      }
      switch (exchange.landing()) {
        case null -> {}
        case Landing.Failed failed -> {
          if (!trouble) {
            find(
                Kind.NO_ANSWER,
                Journey.where(exchange),
                AppAnswer.of(failed),
                List.of(Expectations.never(exchange, "none")));
          }
        }
        case Landing.Answered answered -> {
          if (answered.status() >= 400 && exchange.kind() != RequestKind.PRE_WEBHOOK) {
            boolean told = !exchange.kind().isWaitedFor();
            find(
                told ? Kind.REFUSED_CALLBACK : Kind.ERROR,
                Journey.where(exchange),
                AppAnswer.of(answered),
                List.of(Expectations.never(exchange, "{status: " + answered.status() + "}")));
          }
        }
      }
    }
  }

  // Documents

  private void documents() {
    for (Exchange exchange : journey.exchanges()) {
      if (exchange.document() != null) {
        document = exchange;
        exchange.document().findings().stream()
            .filter(finding -> finding.error() != null && finding.level() != Level.NOTICE)
            .forEach(finding ->
                invalid(
                    finding.level(),
                    finding.code(),
                    "%s (line %d, column %d): %s"
                        .formatted(
                            finding.code(), finding.line(), finding.column(), finding.message())));
      }
    }
    alerts();
  }

  private void alerts() {
    Exchanges exchanges = new Exchanges();
    for (JournalEntry entry : journey.journal()) {
      Exchange changed = exchanges.read(entry);
      if (changed != null && changed.kind().expectsTwiml() && changed.landing() != null) {
        document = changed;
      }
      if (entry.fact() instanceof Fact.Alerted(Alert alert)
          && journey.isTheAppsFault(alert)
          && (!SAID_BY_THE_ANSWER.contains(alert.code()) || looksWell())) {
        invalid(Level.ERROR, alert.code(), alert.code() + ": " + alert.message());
      }
    }
  }

  /** The answer has a good status, and still it cannot be taken: it says not what it is. */
  private boolean looksWell() {
    return document != null
        && document.landing() instanceof Landing.Answered answered
        && answered.successful();
  }

  private void invalid(Level level, String code, String text) {
    Exchange last = document;
    if (last != null && !journey.course().has(Step.Trouble.class)) {
      find(
          Kind.INVALID_TWIML,
          Journey.where(last) + " " + code,
          Journey.abstracted(text),
          // The error fails the scenario; a warning does not.
          List.of(level == Level.ERROR ? "{request: voice}" : Expectations.neverAsItIs(last)));
    }
  }

  // Loops

  private void loops() {
    Sid root = journey.root();
    Map<String, Integer> came = new LinkedHashMap<>();
    for (Exchange exchange : journey.exchanges()) {
      if (!exchange.kind().expectsTwiml()
          || exchange.kind() == RequestKind.WAIT
          || !exchange.id().leg().equals(root)) {
        continue;
      }
      int times =
          came.merge(
              exchange.kind() + Journey.path(exchange) + Journey.shape(exchange), 1, Integer::sum);
      if (times == LOOP) {
        find(
            Kind.LOOP,
            exchange.kind().wireName() + " " + Journey.path(exchange),
            "a document of this form comes again and again, %d times by now, while nobody does anything"
                .formatted(times),
            List.of(
                "{request: %s, times: {between: [0, %d]}}"
                    .formatted(exchange.kind().wireName(), LOOP - 1)));
      }
    }
  }
}
