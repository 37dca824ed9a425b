package dev.ringback.load;

import dev.ringback.load.LoadResult.FoundLimit;
import dev.ringback.play.Player;
import dev.ringback.runner.Shard;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.yaml.BadInput;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls that begin when they are due, each in a world of its own on a virtual thread, whatever
 * became of those before.
 */
public final class LoadRun {
  /** By how much the rate grows from step to step where a limit is looked for. */
  private static final double GROWTH = 1.25;

  private final Player player;
  private final List<ScenarioFile> round;
  private final Plan plan;
  private final Tally tally = new Tally();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("arrivals").factory());

  /** On the clock's thread. */
  private Arrivals arrivals;

  private long start;
  private Duration began = Duration.ZERO;
  private long firstOfStep;
  private long next;
  private double good;
  private volatile long planned;
  private volatile @Nullable FoundLimit found;

  /**
   * @param calls in all, before they are shared out
   * @param shard which of them this process plays
   * @param seed of the first call; the others count on
   * @param until null: nothing ends the run before the last call
   */
  public record Plan(
      List<CallPlan> plans,
      Arrivals arrivals,
      long calls,
      Shard shard,
      long seed,
      @Nullable Until until) {}

  /**
   * Where a run ends before its last call.
   *
   * @param text the limit as it was given
   * @param step how long each rate is held, before it is raised
   */
  public record Until(Limit limit, String text, Duration step) {}

  /**
   * @param player with the clock that the calls are to have
   */
  public LoadRun(Player player, Plan plan) {
    this.player = player;
    this.plan = plan;
    this.round = CallPlan.round(plan.plans());
    this.arrivals = plan.arrivals();
    this.next = plan.shard().part() - 1L;
    this.planned =
        Math.max(0, (plan.calls() - next + plan.shard().parts() - 1) / plan.shard().parts());
  }

  /**
   * Places all calls and waits for the last one to end.
   *
   * @param view is told of each second that is over
   */
  public LoadResult run(Consumer<Snapshot> view) throws InterruptedException {
    start = System.nanoTime();
    clock.scheduleAtFixedRate(
        () -> view.accept(new Snapshot(tally.calls(planned), tally.tick(), arrivals.rate())),
        1,
        1,
        TimeUnit.SECONDS);
    if (plan.until() != null) {
      long millis = plan.until().step().toMillis();
      clock.scheduleAtFixedRate(this::stepUp, millis, millis, TimeUnit.MILLISECONDS);
    }
    clock.execute(this::arrive);
    over.await();
    Duration took = since();
    clock.shutdownNow();
    tally.tick();
    return tally.result(planned, arrivals.rate() / plan.shard().parts(), took, found);
  }

  /**
   * How far a run is.
   *
   * @param rate calls a second that are wanted now
   */
  public record Snapshot(LoadResult.Calls calls, LoadResult.Second second, double rate) {}

  private Duration since() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** When the next call is due, from the beginning. */
  private Duration due() {
    return began.plus(arrivals.at(next - firstOfStep));
  }

  /** Begins what is due, and comes back when more is. */
  private void arrive() {
    while (next < plan.calls() && found == null) {
      Duration late = since().minus(due());
      if (late.isNegative()) {
        clock.schedule(this::arrive, -late.toNanos(), TimeUnit.NANOSECONDS);
        return;
      }
      begin(next, late);
      next += plan.shard().parts();
    }
    finishIfAllEnded();
  }

  private void begin(long index, Duration late) {
    ScenarioFile scenario = round.get((int) (index % round.size())).withSeed(plan.seed() + index);
    tally.begins(late);
    Thread.ofVirtual().name("call-" + index).start(() -> play(scenario, late));
  }

  private void play(ScenarioFile scenario, Duration late) {
    CallOutcome outcome;
    try {
      outcome = CallOutcome.of(player.play(scenario), late);
    } catch (BadInput | RuntimeException e) {
      outcome = CallOutcome.impossible("it could not be played: " + e.getMessage());
    }
    tally.ends(outcome);
    finishIfAllEnded();
  }

  private void finishIfAllEnded() {
    if (tally.allEnded(planned)) {
      over.countDown();
    }
  }

  /** A rate was held long enough: was it too much, or can there be more? */
  private void stepUp() {
    Until until = plan.until();
    if (until == null || found != null || next >= plan.calls()) {
      return;
    }
    double rate = arrivals.rate();
    if (until.limit().isPassed(tally.step())) {
      found = new FoundLimit(until.text(), good, rate);
      planned = tally.calls(planned).begun();
      finishIfAllEnded();
      return;
    }
    good = rate;
    began = due();
    firstOfStep = next;
    arrivals = new Arrivals(rate * GROWTH, Duration.ZERO);
  }
}
