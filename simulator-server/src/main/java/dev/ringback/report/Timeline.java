package dev.ringback.report;

import dev.ringback.engine.CallRecord;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchange.Attempt;
import dev.ringback.journal.Fact;
import dev.ringback.voice.Alert;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a call: a row a request, an event or an alert.
 *
 * @param failed whether an error of the app's was among it
 */
public record Timeline(CallRecord record, List<Row> rows, boolean failed) {

  /** One thing that happened. */
  public sealed interface Row {
    Instant at();
  }

  /**
   * A try of a request; the answer stands at the last.
   *
   * @param number of the exchange's attempts, from 0
   * @param wallTime how long the answer took on the wall; null: not known
   */
  public record Request(Exchange exchange, int number, @Nullable Duration wallTime) implements Row {
    private Attempt attempt() {
      return exchange.attempts().get(number);
    }

    private boolean isLast() {
      return number == exchange.attempts().size() - 1;
    }

    @Override
    public Instant at() {
      return attempt().at();
    }

    /** What left. */
    public Fact.Requested sent() {
      return attempt().request();
    }

    /** Null: there is no answer yet, or another try has it. */
    public Exchange.@Nullable Answer answer() {
      return isLast() ? exchange.answer() : null;
    }

    /** Null: there is no answer yet, or another try has it. */
    public @Nullable Landing landing() {
      return isLast() ? exchange.landing() : null;
    }

    /** What came of this try, and that another follows; null: it is the last. */
    public @Nullable String again() {
      return answer() == null ? attempt().again() : null;
    }

    /** The verbs of the document in the answer; null: there was none. */
    public @Nullable List<String> verbs() {
      return isLast() ? exchange.verbs() : null;
    }

    /** How long the answer took on the wall; null: not known. */
    public @Nullable Duration took() {
      return answer() == null ? null : wallTime;
    }

    /** Whether nothing more will come of this try. */
    public boolean isOver() {
      return answer() != null || again() != null;
    }
  }

  /**
   * @param who {@code customer}, {@code worker}, another party's address, {@code twilio}, {@code
   *     api}, {@code fault} or {@code ringback}
   * @param text a clause
   * @param last whether the call ends by it
   */
  public record Event(Instant at, String who, String text, boolean last) implements Row {}

  public record Problem(Instant at, Alert alert) implements Row {}
}
