package dev.ringback.load;

import dev.ringback.call.CallEvent;
import dev.ringback.engine.CallRecord;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.play.Player.Performance;
import dev.ringback.twiml.Level;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one call.
 *
 * @param cause why it failed, in a line; null: it did as its scenario says
 * @param endings of the calls that customers placed, such as {@code completed}
 * @param errors codes of the Debugger's errors, and {@code HTTP 500} and the like
 * @param requests to the app
 */
record CallOutcome(
    @Nullable String cause, List<String> endings, List<String> errors, List<Timed> requests) {

  /**
   * A request and how long its answer took on the wall.
   *
   * @param kind by the name that scenarios use
   */
  record Timed(String kind, Duration took) {}

  /** It could not be played. */
  static CallOutcome impossible(String cause) {
    return new CallOutcome(cause, List.of(), List.of(), List.of());
  }

  /**
   * @param late how much later than due the call began: its first request has been waited for that
   *     much longer, so that a generator that cannot keep up hides nothing
   */
  static CallOutcome of(Performance played, Duration late) {
    Map<ExchangeId, Duration> took = new HashMap<>();
    for (CallRecord call : played.calls()) {
      took.putAll(call.wallTimes());
    }
    List<Timed> requests = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    for (Exchange exchange : Exchanges.of(played.journal())) {
      Duration answer = took.get(exchange.id());
      if (answer != null) {
        requests.add(
            new Timed(exchange.kind().wireName(), requests.isEmpty() ? answer.plus(late) : answer));
      }
      if (exchange.landing() instanceof Landing.Answered answered && answered.status() >= 400) {
        errors.add("HTTP " + answered.status());
      }
    }
    List<String> endings = new ArrayList<>();
    for (JournalEntry entry : played.journal()) {
      if (entry.fact() instanceof Fact.Happened(CallEvent.CallEnded end)) {
        endings.add(end.leg().status().wireName());
      } else if (entry.fact() instanceof Fact.Alerted(var alert) && alert.level() == Level.ERROR) {
        errors.add(alert.code());
      }
    }
    return new CallOutcome(
        played.verdict().passed() ? null : played.verdict().cause(),
        List.copyOf(endings),
        List.copyOf(errors),
        List.copyOf(requests));
  }
}
