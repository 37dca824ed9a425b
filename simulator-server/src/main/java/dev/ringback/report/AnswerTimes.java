package dev.ringback.report;

import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells of each request of a growing journal as soon as it has been answered, and of how long that
 * took on the wall; keeps none of them. For the loop that writes the journal.
 */
final class AnswerTimes implements Consumer<JournalEntry> {
  private final Receiver receiver;
  private final Exchanges exchanges = new Exchanges();

  /** When the last try of each request left, by the wall's nanoseconds. */
  private final Map<ExchangeId, Long> left = new HashMap<>();

  /** Is told of answers. */
  interface Receiver {
    /**
     * @param entry that says so
     * @param took from the last try on
     */
    void answered(JournalEntry entry, Exchange exchange, Landing landing, Duration took);
  }

  AnswerTimes(Receiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public void accept(JournalEntry entry) {
    Exchange exchange = exchanges.read(entry);
    if (exchange == null) {
      return;
    }
    Landing landing = exchange.landing();
    long now = System.nanoTime();
    if (landing == null) {
      left.put(exchange.id(), now);
      return;
    }
    exchanges.forget(exchange.id());
    Long start = left.remove(exchange.id());
    receiver.answered(
        entry, exchange, landing, start == null ? Duration.ZERO : Duration.ofNanos(now - start));
  }
}
