package dev.ringback.metrics;

import dev.ringback.call.CallEvent;
import dev.ringback.callback.WebRequest;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.Alert;
import dev.ringback.voice.Landing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Counts what the journal of one world says, on that world's loop. */
final class JournalMeter implements Consumer<JournalEntry> {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(15)
  };

  private final MeterRegistry registry;

  JournalMeter(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void accept(JournalEntry entry) {
    switch (entry.fact()) {
      case Fact.Placed placed -> registry.counter("ringback.calls.placed").increment();
      case Fact.Requested requested -> {}
      case Fact.Concluded concluded -> {}
      case Fact.Remembered kept -> {}
      case Fact.Alerted(Alert alert) ->
          registry
              .counter(
                  "ringback.alerts",
                  "level",
                  alert.level().name().toLowerCase(Locale.ROOT),
                  "code",
                  alert.error() == null ? "ringback" : alert.code())
              .increment();
      case Fact.Happened(CallEvent.CallEnded end) ->
          registry
              .counter("ringback.calls.ended", "ending", end.leg().status().wireName())
              .increment();
      case Fact.Happened(CallEvent.SessionEnded end) ->
          registry
              .counter("ringback.sessions.ended", "result", end.outcome().result().wireName())
              .increment();
      case Fact.Took took -> {}
      case Fact.Happened happened -> {}
      case Fact.TriedAgain again -> {}
      case Fact.Remembers remembers -> {}
      case Fact.FaultStruck struck -> registry.counter("ringback.faults.struck").increment();
      case Fact.ServiceAdopted adopted -> {}
      case Fact.ConversationCreated created -> {}
      case Fact.WorkerAdded added -> {}
      case Fact.NeverHeard never -> {}
      case Fact.ActedByHand acted -> {}
      case Fact.Resent resent -> {}
      case Fact.DirectionRefused refused -> {}
    }
  }

  /** A request has left and ended. */
  void answered(WebRequest request, Landing landing, Duration took) {
    Timer.builder("ringback.requests")
        .description("Requests to the app: how long it took to answer")
        .tag("kind", request.kind().wireName())
        .tag(
            "status",
            landing instanceof Landing.Answered answered
                ? Integer.toString(answered.status())
                : "none")
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(took);
  }
}
