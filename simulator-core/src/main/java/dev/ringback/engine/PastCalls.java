package dev.ringback.engine;

import dev.ringback.call.Call;
import dev.ringback.call.machine.CallMachine;
import dev.ringback.callback.RequestWriter;
import dev.ringback.callback.WebRequest;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls as their journal tells of them, whole or until an instant. The journal has every input, so
 * that the state is computed anew; nothing is sent and nothing happens.
 */
public final class PastCalls {
  private final CallMachine machine;
  private final RequestWriter writer;

  /**
   * @param settings of the world in which they took place
   */
  public PastCalls(WorldSettings settings) {
    this.machine =
        new CallMachine(
            settings.behaviour(),
            new RememberingReader(settings.behaviour().sessions().wrongAttribute()));
    this.writer = RequestWriters.of(settings);
  }

  /** The calls of a journal, in the order in which they were placed. */
  public List<CallRecord> all(List<JournalEntry> journal) {
    Map<String, List<JournalEntry>> byCall = new LinkedHashMap<>();
    for (JournalEntry entry : journal) {
      if (entry.call() != null) {
        byCall.computeIfAbsent(entry.call().value(), sid -> new ArrayList<>()).add(entry);
      }
    }
    return byCall.values().stream()
        .filter(entries -> entries.getFirst().fact() instanceof Fact.Placed)
        .map(this::of)
        .toList();
  }

  /** A call as it was after the last of its entries; the first says how it was placed. */
  public CallRecord of(List<JournalEntry> entries) {
    Call call = moments(entries).getLast().call();
    return new CallRecord(call, List.copyOf(entries), Map.of(), call.over());
  }

  /** A call as it was from an instant on. */
  public record Moment(Instant at, Call call) {}

  /** All states of a call, in order. */
  public List<Moment> moments(List<JournalEntry> entries) {
    Call call = ((Fact.Placed) entries.getFirst().fact()).call();
    List<Moment> moments = new ArrayList<>(List.of(new Moment(entries.getFirst().at(), call)));
    for (JournalEntry entry : entries) {
      if (entry.fact() instanceof Fact.Took took) {
        call = machine.step(call, took.input(), entry.at()).call();
        moments.add(new Moment(entry.at(), call));
      }
    }
    return moments;
  }

  /** A call as it was at an instant. */
  public CallRecord until(CallRecord record, Instant instant) {
    List<JournalEntry> entries =
        record.entries().stream().filter(entry -> !entry.at().isAfter(instant)).toList();
    CallRecord past = of(entries.isEmpty() ? record.entries().subList(0, 1) : entries);
    return new CallRecord(past.call(), past.entries(), record.wallTimes(), past.over());
  }

  /** A request as it went over the wire. */
  public WebRequest written(Exchange exchange, Instant now) {
    Fact.Requested requested = exchange.request();
    return writer.again(
        exchange.id(),
        requested.kind(),
        new Target(requested.url(), requested.method()),
        requested.form(),
        now);
  }
}
