package dev.ringback.load;

import dev.ringback.engine.World;
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
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final ScheduledExecutorService clock = scheduler("arrivals");

  /** Of its own: a terminal that has stopped must not stop the arrivals. */
  private final ScheduledExecutorService viewing = scheduler("view");

  /** Changed by the clock's thread. */
  private volatile Arrivals arrivals;

  private long start;
  private Duration began = Duration.ZERO;
  private long firstOfStep;
  private long next;
  private double good;
  private boolean warm;
  private volatile long planned;
  private volatile boolean stopped;
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

  private static ScheduledExecutorService scheduler(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }

  /**
   * Places all calls and waits for the last one to end, or until it is stopped.
   *
   * @param view is told of each second that is over
   */
  public LoadResult run(Consumer<Snapshot> view) throws InterruptedException {
    start = System.nanoTime();
    viewing.scheduleAtFixedRate(
        () -> view.accept(tally.snapshot(planned, arrivals.rate())), 1, 1, TimeUnit.SECONDS);
    if (plan.until() != null) {
      long millis = plan.until().step().toMillis();
      clock.scheduleAtFixedRate(this::stepUp, millis, millis, TimeUnit.MILLISECONDS);
    }
    clock.execute(this::arrive);
    over.await();
    Duration took = since();
    clock.shutdownNow();
    viewing.shutdownNow();
    tally.tick();
    FoundLimit limit = found;
    if (limit == null && plan.until() != null) {
      limit = new FoundLimit(plan.until().text(), good, 0);
    }
    return tally.result(planned, arrivals.rate() / plan.shard().parts(), took, limit);
  }

  /** Begins no more calls and waits for none: the figures are those so far. */
  public void stop() {
    stopped = true;
    over.countDown();
  }

  private Duration since() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** When the next call is due, from the beginning. */
  private Duration due() {
    return began.plus(arrivals.at(next - firstOfStep));
  }

  /** Begins what is due, and comes back when more is. */
  private void arrive() {
    while (next < plan.calls() && found == null && !stopped) {
      Duration due = due();
      Duration late = since().minus(due);
      if (late.isNegative()) {
        clock.schedule(this::arrive, -late.toNanos(), TimeUnit.NANOSECONDS);
        return;
      }
      begin(next, due);
      next += plan.shard().parts();
    }
    finishIfAllEnded();
  }

  private void begin(long index, Duration due) {
    ScenarioFile scenario = round.get((int) (index % round.size())).withSeed(plan.seed() + index);
    tally.begins();
    Thread.ofVirtual().name("call-" + index).start(() -> play(scenario, due));
  }

  private void play(ScenarioFile scenario, Duration due) {
    CallOutcome outcome;
    try {
      outcome = CallOutcome.of(player.watchedBy(world -> time(world, due)).play(scenario));
    } catch (BadInput | RuntimeException | Error e) { // whatever it is, the call is over
      outcome = CallOutcome.impossible("it could not be played: " + e);
    }
    tally.ends(outcome);
    finishIfAllEnded();
  }

  /**
   * Answers are timed when they come, not when the call is over, and from the connection on: that
   * the generator is late is told apart.
   *
   * @param due when the call was to begin
   */
  private void time(World world, Duration due) {
    AtomicBoolean first = new AtomicBoolean(true);
    world
        .watch()
        .onAnswer((request, landing, took) -> {
          if (first.getAndSet(false)) {
            tally.left(since().minus(took).minus(due));
          }
          tally.answered(request.kind().wireName(), landing, took);
        });
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
    Tally.Step step = tally.step();
    if (!warm) {
      warm = true; // in the first step the generator itself was cold
      return;
    }
    if (step.isEmpty()) {
      return; // nobody knows yet: the rate is held for another step
    }
    double rate = arrivals.rate();
    if (step.fails() || until.limit().isPassed(step.answers())) {
      found =
          new FoundLimit(
              step.fails() ? "more than 1% of the requests failed" : until.text(), good, rate);
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
