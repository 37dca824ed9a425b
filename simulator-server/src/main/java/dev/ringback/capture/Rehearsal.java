package dev.ringback.capture;

import dev.ringback.capture.CapturedWire.Sent;
import dev.ringback.engine.CallRecord;
import dev.ringback.engine.Placed;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.JournalEntry;
import dev.ringback.json.AccountJson;
import dev.ringback.scenario.Judge;
import dev.ringback.scenario.PlayedWorld;
import dev.ringback.scenario.Verdict;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.scenariofile.ScenarioUrls;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A scenario of one call, played in a world of its own against the app as it was captured.
 *
 * @param record the call, with all that happened
 */
record Rehearsal(
    ScenarioFile file,
    WorldSettings settings,
    List<JournalEntry> journal,
    CallRecord record,
    Outcome outcome) {

  /**
   * @param captured what Twilio sent, in order
   * @param over whether that is all
   * @param wire has answered
   * @param verdict of the scenario's own expectations
   */
  record Outcome(List<Captured> captured, boolean over, CapturedWire wire, Verdict verdict) {}

  /**
   * @param text of the scenario
   * @param captured what Twilio sent, in order
   * @param over whether that is all
   * @throws BadInput when the text is no scenario
   */
  static Rehearsal of(Path file, String text, List<Captured> captured, boolean over)
      throws BadInput {
    ScenarioFile scenario = ScenarioReader.parse(file, text).getFirst();
    WorldSettings settings =
        scenario.settings(ScenarioUrls.of(captured.getFirst().request().base(), null));
    CapturedWire wire = new CapturedWire(captured);
    try (World world = new World(settings, wire, new AccountJson())) {
      var placed = world.place(scenario.scenario().calls().getFirst().placement());
      world.runUntilIdle();
      if (!(placed.join() instanceof Placed.Ringing(var sid))) {
        throw new BadInput(
            new Problem(file.toString(), 0, "when", "the call cannot be placed", null));
      }
      var record = world.call(sid);
      world.runUntilIdle();
      List<JournalEntry> journal = world.journal().all();
      Verdict verdict =
          Judge.judge(
              scenario.scenario(), new PlayedWorld(journal, List.of(), List.of(), Map.of()));
      return new Rehearsal(
          scenario,
          settings,
          journal,
          record.join().orElseThrow(),
          new Outcome(captured, over, wire, verdict));
    }
  }

  List<Exchange> exchanges() {
    return Exchanges.of(journal);
  }

  Instant start() {
    return record.call().facts().leg().startedAt();
  }

  /** When the world sent what stands for that request, from the call's beginning; null: never. */
  @Nullable Duration when(Captured captured) {
    for (Exchange exchange : exchanges()) {
      for (Sent sent : sentOf(exchange)) {
        if (sent.captured().equals(captured)) {
          return Duration.between(start(), exchange.leftAt());
        }
      }
    }
    return null;
  }

  private List<Sent> sentOf(Exchange exchange) {
    return outcome.wire().sent().getOrDefault(exchange.id(), List.of());
  }

  /** What Twilio sent and the world did not, or otherwise, or the other way round; in order. */
  List<Difference> differences() {
    List<Difference> differences = new ArrayList<>();
    Comparison comparison = new Comparison(outcome.wire().identifiers());
    List<Exchange> exchanges = exchanges();
    for (Captured captured : outcome.captured()) {
      if (outcome.wire().left().contains(captured)) {
        differences.add(new Difference.NotSent(captured, number(captured)));
      }
      for (Exchange exchange : exchanges) {
        List<Sent> sent = sentOf(exchange);
        if (!sent.isEmpty() && sent.getFirst().captured().equals(captured)) {
          comparison
              .fields(exchange, sent)
              .forEach(field ->
                  differences.add(
                      new Difference.Field(captured, number(captured), exchange, field)));
        }
      }
    }
    for (Exchange exchange : exchanges) {
      if (outcome.over() && sentOf(exchange).isEmpty() && !exchange.fromCache()) {
        differences.add(new Difference.NotCaptured(exchange));
      }
    }
    return differences;
  }

  /** Whether the requests came as far apart as they say themselves. */
  boolean wallIsTrue() {
    List<Captured> captured = outcome.captured();
    long longest =
        captured.stream()
            .flatMap(one ->
                Stream.of("DialCallDuration", "RecordingDuration", "CallDuration")
                    .map(one::seconds))
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .max()
            .orElse(0);
    Duration wall = Duration.between(captured.getFirst().at(), captured.getLast().at());
    return wall.toSeconds() >= longest * 8 / 10 - 1;
  }

  /** By how many seconds in all Twilio's requests came earlier or later than these. */
  long late() {
    long late = 0;
    Captured before = null;
    for (Captured one : wallIsTrue() ? outcome.captured() : List.<Captured>of()) {
      Duration when = when(one);
      Duration whenBefore = before == null ? null : when(before);
      if (before != null && when != null && whenBefore != null) {
        Duration there = Duration.between(before.at(), one.at());
        late += Math.round(Math.abs(there.minus(when.minus(whenBefore)).toMillis()) / 1_000.0);
      }
      before = one;
    }
    return late;
  }

  /** Exchanges that Twilio did not have, so that nobody knows what the app would have said. */
  Set<String> unanswered() {
    Set<String> ids = new LinkedHashSet<>();
    for (Exchange exchange : exchanges()) {
      if (sentOf(exchange).isEmpty()) {
        ids.add(exchange.id().toString());
      }
    }
    return ids;
  }

  private int number(Captured captured) {
    return outcome.captured().indexOf(captured) + 1;
  }
}
