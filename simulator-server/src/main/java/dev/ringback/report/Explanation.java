package dev.ringback.report;

import dev.ringback.call.CallEvent;
import dev.ringback.engine.CallRecord;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.report.Rules.Rule;
import dev.ringback.scenario.AppAnswer;
import dev.ringback.twiml.Level;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Alert;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.SessionOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a call went as it did: the turns it took, each with the sentence that rules it. */
public final class Explanation {
  private final List<Step> steps = new ArrayList<>();
  private final Exchanges exchanges = new Exchanges();

  /** Which step tells of an answer: it says more when its document is read. */
  private final Map<ExchangeId, Integer> answers = new HashMap<>();

  private final Instant start;
  private boolean inSession;

  /**
   * @param rule null: it is what the app or a person did
   */
  private record Step(Instant at, String what, @Nullable Rule rule) {}

  private Explanation(CallRecord record) {
    this.start = record.call().facts().leg().startedAt();
    record.entries().forEach(this::read);
  }

  public static Explanation of(CallRecord record) {
    return new Explanation(record);
  }

  private void add(Instant at, String what, @Nullable Rule rule) {
    steps.add(new Step(at, what, rule));
  }

  private void read(JournalEntry entry) {
    answered(exchanges.read(entry));
    switch (entry.fact()) {
      case Fact.Happened(CallEvent event) -> read(entry.at(), event);
      case Fact.Alerted(Alert alert) when alert.level() == Level.ERROR ->
          add(entry.at(), "error " + alert.code() + ": " + alert.message(), rule(alert));
      case Fact.FaultStruck struck ->
          add(entry.at(), "a fault that was ordered strikes: " + struck.what(), null);
      default -> {}
    }
  }

  private static @Nullable Rule rule(Alert alert) {
    TwilioError error = alert.error();
    return error == null ? null : Rules.ofAlert(alert.code(), error.title());
  }

  private void read(Instant at, CallEvent event) {
    switch (event) {
      case CallEvent.SessionStarted started -> inSession = true;
      case CallEvent.ConversationChosen chosen ->
          add(
              at,
              chosen.created()
                  ? "no open conversation with the caller, so one is created: "
                      + chosen.conversation()
                  : "the conversation is " + chosen.conversation(),
              chosen.created() ? Rules.CONVERSATION_CREATED : Rules.CONVERSATION_FOUND);
      case CallEvent.WorkerAssigned assigned ->
          add(at, assigned.worker() + " is added in time", Rules.WORKER_ASSIGNED);
      case CallEvent.LegChanged changed
          when inSession && changed.leg().parent() != null && !changed.leg().ended() -> {
        switch (changed.leg().status()) {
          case INITIATED -> add(at, changed.leg().to() + " is dialled", Rules.DIALLED);
          default -> {}
        }
      }
      case CallEvent.Connected connected -> add(at, "the two are connected", null);
      case CallEvent.SessionEnded over -> ended(at, over);
      case CallEvent.DocumentFailed failed ->
          add(
              at,
              failed.fallback() == null
                  ? "the document cannot be had, and no fallback URL is there to ask"
                  : "the document cannot be had, so the fallback URL is asked",
              null);
      case CallEvent.CallEnded over ->
          add(
              at,
              "the call ends %s: %s".formatted(over.leg().status().wireName(), over.why()),
              null);
      default -> {}
    }
  }

  private void ended(Instant at, CallEvent.SessionEnded over) {
    inSession = false;
    SessionOutcome outcome = over.outcome();
    if (outcome.dialCallStatus() != null) {
      add(
          at,
          "the dialled leg is %s: %s".formatted(outcome.dialCallStatus().wireName(), over.why()),
          Rules.of(outcome.dialCallStatus()));
    }
    add(
        at,
        "so the session's Result is " + outcome.result().wireName(),
        Rules.of(outcome.result()));
  }

  /**
   * @param exchange that is begun or goes on; null: none does
   */
  private void answered(@Nullable Exchange exchange) {
    Landing landing = exchange == null ? null : exchange.landing();
    if (exchange == null || landing == null || !exchange.kind().expectsTwiml()) {
      return;
    }
    List<String> verbs = exchange.verbs();
    String said =
        verbs == null
            ? AppAnswer.of(landing)
            : verbs.isEmpty() ? "says nothing to do" : "says <" + String.join(">, <", verbs) + ">";
    Instant at = exchange.answer() == null ? exchange.leftAt() : exchange.answer().at();
    Step step =
        new Step(
            at,
            "the app, asked for %s at %s, %s"
                .formatted(exchange.kind().wireName(), exchange.request().url(), said),
            exchange.kind() == RequestKind.ACTION ? Rules.ACTION : null);
    Integer before = answers.putIfAbsent(exchange.id(), steps.size());
    if (before == null) {
      steps.add(step);
    } else {
      steps.set(before, step);
    }
  }

  /** For people: a line a turn, its rule below. */
  public List<String> lines(Ink ink) {
    List<String> lines = new ArrayList<>();
    for (Step step : steps) {
      lines.add(ink.dim("  " + clock(step.at())) + "  " + Printable.of(step.what()));
      if (step.rule() != null) {
        lines.add(
            " ".repeat(13)
                + ink.dim("“" + step.rule().sentence() + "” (" + step.rule().page() + ")"));
      }
    }
    return lines;
  }

  private String clock(Instant at) {
    Duration since = Duration.between(start, at);
    return "%02d:%02d.%03d"
        .formatted(since.toMinutes(), since.toSecondsPart(), since.toMillisPart());
  }

  /** For programs. */
  public List<Map<String, Object>> view() {
    List<Map<String, Object>> view = new ArrayList<>();
    for (Step step : steps) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("at", step.at().toString());
      one.put("offsetMs", Duration.between(start, step.at()).toMillis());
      one.put("what", step.what());
      if (step.rule() != null) {
        one.put("rule", step.rule().sentence());
        one.put("page", step.rule().page());
      }
      view.add(one);
    }
    return view;
  }
}
