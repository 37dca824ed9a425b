package dev.ringback.scenario;

import dev.ringback.call.CallEvent;
import dev.ringback.id.ClientAddress;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a scenario's world, as far as expectations ask for it.
 *
 * @param exchanges in the order in which the requests left
 * @param start of the first call
 */
record Evidence(List<Exchange> exchanges, PlayedWorld world, Instant start) {

  static Evidence of(PlayedWorld world) {
    List<JournalEntry> journal = world.journal();
    return new Evidence(
        Exchanges.of(journal), world, journal.isEmpty() ? Instant.EPOCH : journal.getFirst().at());
  }

  List<JournalEntry> journal() {
    return world.journal();
  }

  /** An alert and when it was raised. */
  record Raised(Instant at, Alert alert) {}

  List<Raised> alerts() {
    List<Raised> alerts = new ArrayList<>();
    for (JournalEntry entry : journal()) {
      if (entry.fact() instanceof Fact.Alerted(Alert alert)) {
        alerts.add(new Raised(entry.at(), alert));
      }
    }
    return alerts;
  }

  boolean isCalled(String client) {
    return journal().stream()
        .anyMatch(entry ->
            entry.fact() instanceof Fact.Happened(CallEvent.LegChanged changed)
                && changed.leg().to().equals(ClientAddress.of(client)));
  }

  /** The end of the call that ended last; null: none has ended. */
  CallEvent.@Nullable CallEnded lastEnd() {
    CallEvent.CallEnded last = null;
    for (JournalEntry entry : journal()) {
      if (entry.fact() instanceof Fact.Happened(CallEvent.CallEnded end)) {
        last = end;
      }
    }
    return last;
  }

  Duration sinceStart(Instant at) {
    return Duration.between(start, at);
  }

  /** The time since the start, as a verdict writes it. */
  String when(Instant at) {
    return Seconds.text(sinceStart(at));
  }
}
