package dev.ringback.runner;

import dev.ringback.play.Player.Performance;
import dev.ringback.scenario.Verdict.Failure;
import dev.ringback.scenariofile.ScenarioFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a scenario in a run.
 *
 * @param tries in order; none: it was not played
 * @param unlike what differs between the tries of {@code --repeat}; null: nothing
 * @param startedAt on the wall
 */
public record Outcome(
    ScenarioFile file, List<Performance> tries, @Nullable Failure unlike, Instant startedAt) {

  static Outcome notPlayed(ScenarioFile file) {
    return new Outcome(file, List.of(), null, Instant.now());
  }

  public boolean played() {
    return !tries.isEmpty();
  }

  /** Whether its last try passed and the tries were alike; never when it was not played. */
  public boolean passed() {
    return played() && unlike == null && last().verdict().passed();
  }

  /** Whether it passed, but not at once. */
  public boolean flaky() {
    return passed() && !tries.getFirst().verdict().passed();
  }

  /** The try that counts. */
  public Performance last() {
    return tries.getLast();
  }

  /** What was expected and is not so; empty: it passed, or was not played. */
  public List<Failure> failures() {
    if (unlike != null) {
      return List.of(unlike);
    }
    return played() ? last().verdict().failures() : List.of();
  }

  /** On the wall, all tries together. */
  public Duration took() {
    return tries.stream().map(Performance::took).reduce(Duration.ZERO, Duration::plus);
  }
}
