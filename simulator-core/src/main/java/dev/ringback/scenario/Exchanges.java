package dev.ringback.scenario;

import dev.ringback.call.CallEvent;
import dev.ringback.call.CallInput;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests in a journal, each with its answer and the verbs that were in it. */
public final class Exchanges {
  private Exchanges() {}

  /**
   * @param landing null: none yet
   * @param verbs of the document in the answer; null: there was none
   * @param attempts how often it was sent
   */
  public record Exchange(
      Instant at,
      Fact.Requested request,
      int attempts,
      @Nullable Landing landing,
      @Nullable List<String> verbs) {}

  /** In the order in which they left. */
  public static List<Exchange> of(List<JournalEntry> entries) {
    Map<ExchangeId, Integer> positions = new HashMap<>();
    List<Exchange> exchanges = new ArrayList<>();
    ExchangeId lastLanded = null;
    for (JournalEntry entry : entries) {
      switch (entry.fact()) {
        case Fact.Requested requested -> {
          if (!positions.containsKey(requested.exchange())) {
            positions.put(requested.exchange(), exchanges.size());
            exchanges.add(new Exchange(entry.at(), requested, 1, null, null));
          } else {
            int position = positions.get(requested.exchange());
            Exchange before = exchanges.get(position);
            exchanges.set(
                position,
                new Exchange(before.at(), before.request(), before.attempts() + 1, null, null));
          }
        }
        case Fact.Took(CallInput.Landed landed) -> {
          lastLanded = landed.exchange();
          land(exchanges, positions.get(lastLanded), landed.landing());
        }
        case Fact.Concluded(ExchangeId exchange, Landing landing) ->
            land(exchanges, positions.get(exchange), landing);
        case Fact.Happened(CallEvent.DocumentRead read) -> {
          Integer position = lastLanded == null ? null : positions.get(lastLanded);
          if (position != null) {
            Exchange asked = exchanges.get(position);
            exchanges.set(
                position,
                new Exchange(
                    asked.at(), asked.request(), asked.attempts(), asked.landing(), read.verbs()));
          }
        }
        default -> {}
      }
    }
    return exchanges;
  }

  private static void land(List<Exchange> exchanges, @Nullable Integer position, Landing landing) {
    if (position != null) {
      Exchange asked = exchanges.get(position);
      exchanges.set(
          position, new Exchange(asked.at(), asked.request(), asked.attempts(), landing, null));
    }
  }
}
