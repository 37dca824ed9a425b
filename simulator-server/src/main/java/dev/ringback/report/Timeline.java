package dev.ringback.report;

import dev.ringback.engine.CallRecord;
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
   * A request to the app and its answer.
   *
   * @param answer null: none yet
   * @param again what came of this try, and that another follows; null: it is the last
   * @param verbs of the document; null: there was none
   */
  public record Exchange(
      Instant at,
      Fact.Requested request,
      @Nullable Answer answer,
      @Nullable String again,
      @Nullable List<String> verbs)
      implements Row {

    static Exchange begun(Instant at, Fact.Requested request) {
      return new Exchange(at, request, null, null, null);
    }

    Exchange answered(Answer answer) {
      return new Exchange(at, request, answer, null, null);
    }

    Exchange triedAgain(String why) {
      return new Exchange(at, request, null, why, null);
    }

    Exchange read(List<String> verbs) {
      return new Exchange(at, request, answer, null, verbs);
    }

    /** How long the answer took on the wall; null: not known. */
    public @Nullable Duration took() {
      return answer == null ? null : answer.took();
    }

    /** Null: there is no answer yet. */
    public @Nullable Landing landing() {
      return answer == null ? null : answer.landing();
    }
  }

  /**
   * The answer to a request, or why there is none.
   *
   * @param took on the wall; null: not known
   */
  public record Answer(Landing landing, Instant at, @Nullable Duration took) {}

  /**
   * @param who {@code customer}, {@code worker}, another party's address, {@code twilio}, {@code
   *     api}, {@code fault} or {@code ringback}
   * @param text a clause
   * @param last whether the call ends by it
   */
  public record Event(Instant at, String who, String text, boolean last) implements Row {}

  public record Problem(Instant at, Alert alert) implements Row {}
}
