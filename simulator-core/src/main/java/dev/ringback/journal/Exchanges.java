package dev.ringback.journal;

import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.id.Sid;
import dev.ringback.voice.ExchangeId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the requests of a journal with their answers, entry by entry, as the journal grows. All who
 * want to know what was asked of the app, and what it said, read it here.
 */
public final class Exchanges {
  private final Map<ExchangeId, Exchange> byId = new LinkedHashMap<>();

  /** By call: the request whose answer a document that is read now was in. */
  private final Map<Sid, ExchangeId> lastLanded = new HashMap<>();

  /** The exchanges of a whole journal, in the order in which they first left. */
  public static List<Exchange> of(List<JournalEntry> entries) {
    Exchanges exchanges = new Exchanges();
    entries.forEach(exchanges::read);
    return List.copyOf(exchanges.all());
  }

  /** All so far, in the order in which they first left. */
  public Collection<Exchange> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /**
   * Reads the next entry.
   *
   * @return the exchange that it begins or changes; null: the entry is about something else, or its
   *     request left before the journal begins
   */
  public @Nullable Exchange read(JournalEntry entry) {
    return switch (entry.fact()) {
      case Fact.Requested requested ->
          byId.merge(
              requested.exchange(),
              Exchange.begun(entry.call(), entry.at(), requested),
              (before, begun) -> before.repeated(entry.at(), requested));
      case Fact.TriedAgain again -> change(again.exchange(), e -> e.triedAgain(again.why()));
      case Fact.Remembered kept -> change(kept.exchange(), Exchange::foundInCache);
      case Fact.Concluded concluded ->
          change(concluded.exchange(), e -> e.answered(concluded.landing(), entry.at()));
      case Fact.Took(CallInput.Landed landed) -> {
        if (entry.call() != null) {
          lastLanded.put(entry.call(), landed.exchange());
        }
        yield change(landed.exchange(), e -> e.answered(landed.landing(), entry.at()));
      }
      case Fact.Happened(CallEvent.DocumentRead read) ->
          change(
              lastLanded.get(entry.call()),
              e -> e.read(new Exchange.Document(read.verbs(), read.findings())));
      case Fact.Placed placed -> null;
      case Fact.Took took -> null;
      case Fact.Remembers remembers -> null;
      case Fact.FaultStruck struck -> null;
      case Fact.Happened happened -> null;
      case Fact.Alerted alerted -> null;
      case Fact.ServiceAdopted adopted -> null;
      case Fact.ConversationCreated created -> null;
      case Fact.WorkerAdded added -> null;
      case Fact.NeverHeard never -> null;
      case Fact.ActedByHand acted -> null;
      case Fact.Resent resent -> null;
      case Fact.DirectionRefused refused -> null;
    };
  }

  /** Nobody asks for that one any more: for those who read a journal without an end. */
  public void forget(ExchangeId exchange) {
    byId.remove(exchange);
    lastLanded.values().remove(exchange);
  }

  private @Nullable Exchange change(@Nullable ExchangeId id, UnaryOperator<Exchange> change) {
    return id == null ? null : byId.computeIfPresent(id, (i, before) -> change.apply(before));
  }
}
