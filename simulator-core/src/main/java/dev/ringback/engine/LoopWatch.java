package dev.ringback.engine;

import java.time.Duration;
import java.util.function.Consumer;

/** How a world's loop is doing; to be looked at from any thread. */
public final class LoopWatch {
  private final Inbox inbox;
  private volatile int liveCalls;
  private volatile Consumer<Duration> timers = late -> {};

  LoopWatch(Inbox inbox) {
    this.inbox = inbox;
  }

  /** Messages that it has not dealt with. */
  public int waiting() {
    return inbox.size();
  }

  /** Calls that are not over. */
  public int liveCalls() {
    return liveCalls;
  }

  /**
   * From now on that is told, on the loop, how much later than due on a real clock it did what was
   * due, in the wall's time.
   */
  public void onTimer(Consumer<Duration> timers) {
    this.timers = timers;
  }

  // From the loop

  void live(int calls) {
    if (calls != liveCalls) {
      liveCalls = calls;
    }
  }

  void did(Agenda.Item item, WorldClock clock) {
    if (clock.mode() instanceof ClockMode.Real(double speed)) {
      long late = Duration.between(item.due(), clock.now()).toNanos();
      timers.accept(Duration.ofNanos(Math.max(0, (long) (late / speed))));
    }
  }
}
