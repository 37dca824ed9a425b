package dev.ringback.runner;

import dev.ringback.play.Player;
import dev.ringback.play.Player.Performance;
import dev.ringback.scenario.Verdict.Failure;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.yaml.BadInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays scenarios, some at a time; what comes of them does not depend on how many. */
public final class Runner {
  private final Player player;
  private final Plan plan;
  private final AtomicBoolean stop = new AtomicBoolean();
  private final long start = System.nanoTime();

  /**
   * How scenarios are played.
   *
   * @param parallel how many at a time
   * @param repeat how often each is played; what differs between two times is a failure
   * @param retries how often one that fails is played again
   * @param failFast whether none begins after a failure
   * @param budget on the wall, after which none begins; null: none
   */
  public record Plan(
      int parallel, int repeat, int retries, boolean failFast, @Nullable Duration budget) {}

  public Runner(Player player, Plan plan) {
    this.player = player;
    this.plan = plan;
  }

  /**
   * @param done is told of each, in the order of the list, as soon as all before it are done
   * @return in the order of the list
   */
  public List<Outcome> run(List<ScenarioFile> scenarios, Consumer<Outcome> done)
      throws BadInput, InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(plan.parallel())) {
      List<Future<Outcome>> playing = new ArrayList<>();
      for (ScenarioFile scenario : scenarios) {
        playing.add(threads.submit(() -> play(scenario)));
      }
      for (Future<Outcome> one : playing) {
        Outcome outcome = result(one);
        outcomes.add(outcome);
        done.accept(outcome);
      }
    }
    return outcomes;
  }

  /** Once one has failed of more than its expectations, none begins. */
  private Outcome result(Future<Outcome> one) throws BadInput, InterruptedException {
    try {
      return one.get();
    } catch (ExecutionException e) {
      stop.set(true);
      switch (e.getCause()) {
        case BadInput bad -> throw bad;
        case RuntimeException failed -> throw failed;
        case Error failed -> throw failed;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private boolean isOver() {
    return stop.get()
        || (plan.budget() != null && System.nanoTime() - start > plan.budget().toNanos());
  }

  private Outcome play(ScenarioFile scenario) throws BadInput {
    if (isOver()) {
      return Outcome.notPlayed(scenario);
    }
    Instant startedAt = Instant.now();
    List<Performance> tries = new ArrayList<>();
    do {
      tries.add(player.play(scenario));
    } while (!tries.getLast().verdict().passed() && tries.size() <= plan.retries());
    Failure unlike = null;
    // Of --repeat every time must pass; the one that does not is the last.
    for (int i = 2;
        i <= plan.repeat() && unlike == null && tries.getLast().verdict().passed();
        i++) {
      tries.add(player.play(scenario));
      unlike = unlike(tries.getFirst(), tries.getLast(), i);
    }
    Outcome outcome = new Outcome(scenario, List.copyOf(tries), unlike, startedAt);
    if (plan.failFast() && !outcome.passed()) {
      stop.set(true);
    }
    return outcome;
  }

  private static @Nullable Failure unlike(Performance first, Performance other, int number) {
    return JournalDifference.between(first.journal(), other.journal())
        .map(difference ->
            new Failure(
                0,
                "the same of every run, but run %d differs from the first".formatted(number),
                difference.lines()))
        .orElse(null);
  }
}
