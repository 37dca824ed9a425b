package dev.ringback.engine;

import dev.ringback.callback.RequestWriter;
import dev.ringback.callback.WebRequest;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.snapshot.SerializableConsumer;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Target;
import java.util.List;
import java.util.Optional;

/**
 * What was sent to the app before: as Twilio writes it, and sent once more as a person asks for it.
 * The same parameters, signature and idempotency token; the call hears nothing of the answer.
 */
final class Resending {
  private final LiveCalls calls;
  private final RequestWriter writer;
  private final Sendings sendings;
  private final WorldTime time;
  private final JournalWriter journal;

  Resending(
      LiveCalls calls,
      RequestWriter writer,
      Sendings sendings,
      WorldTime time,
      JournalWriter journal) {
    this.calls = calls;
    this.writer = writer;
    this.sendings = sendings;
    this.time = time;
    this.journal = journal;
  }

  /** The request as it goes over the wire; empty: no call has made it. */
  private Optional<WebRequest> written(ExchangeId id) {
    LiveCall call = calls.ofLeg(id.leg());
    List<JournalEntry> entries = call == null ? List.of() : call.entries;
    return entries.stream()
        .map(JournalEntry::fact)
        .filter(Fact.Requested.class::isInstance)
        .map(Fact.Requested.class::cast)
        .filter(requested -> requested.exchange().equals(id))
        .findFirst()
        .map(requested ->
            writer.again(
                id,
                requested.kind(),
                new Target(requested.url(), requested.method()),
                requested.form(),
                time.now()));
  }

  /**
   * Sends it once more.
   *
   * @param then hears of the answer; at once of nothing, when no call has made the request
   */
  void resend(ExchangeId id, SerializableConsumer<Optional<Landing>> then) {
    Optional<WebRequest> request = written(id);
    if (request.isEmpty()) {
      then.accept(Optional.empty());
      return;
    }
    sendings.send(
        request.get(),
        (landing, wallTime) -> {
          LiveCall call = calls.ofLeg(id.leg());
          if (call != null) {
            journal.write(call, new Fact.Resent(id, request.get().kind(), landing));
          }
          then.accept(Optional.of(landing));
        },
        times -> {});
  }
}
