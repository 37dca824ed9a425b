package dev.ringback.engine;

import dev.ringback.callback.WebRequest;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.function.Consumer;

/** How a world's loop is doing; to be looked at from any thread. */
public final class LoopWatch {
  private final Inbox inbox;
  private volatile int liveCalls;
  private volatile Consumer<Duration> timers = late -> {};
  private volatile AnswerWatch answers = (request, landing, wallTime) -> {};

  /** Hears how each request that left has ended; on the loop. */
  public interface AnswerWatch {
    /**
     * @param request one try: redirects and retries are requests of their own
     * @param wallTime from the connection on until the answer was read
     */
    void answered(WebRequest request, Landing landing, Duration wallTime);
  }

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

  /** From now on that is told how requests to the app have ended. */
  public void onAnswer(AnswerWatch answers) {
    this.answers = answers;
  }

  // From the loop

  void answered(WebRequest request, Landing landing, Duration wallTime) {
    answers.answered(request, landing, wallTime);
  }

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
