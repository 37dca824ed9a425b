package dev.ringback.runner;

import dev.ringback.scenario.Coverage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run.
 *
 * @param took on the wall, all in
 * @param coverage what of the contract the app has met; null: nobody asked for it
 * @param unmet what of it was required and not met, in a sentence; empty: nothing
 */
public record Results(
    List<Outcome> outcomes, Duration took, @Nullable Coverage coverage, String unmet) {

  /** Of all scenarios that were played, every try of them. */
  public static Coverage coverageOf(List<Outcome> outcomes) {
    return Coverage.of(
        outcomes.stream().flatMap(o -> o.tries().stream()).map(p -> p.journal()).toList());
  }
}
