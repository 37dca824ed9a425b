package dev.ringback.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far what was taken is kept: who must not go on before waits, or is called, in order. */
public final class Durability {
  // Guarded by this.
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long taken;
  private long kept;
  private @Nullable String failure;

  private record Waiting(long until, Runnable task) {}

  /** Something more is to be kept. */
  public synchronized void took() {
    taken++;
  }

  /** So many of those that were taken first are kept, and nothing is in the way of others. */
  public void kept(int count) {
    List<Runnable> due = new ArrayList<>();
    synchronized (this) {
      failure = null;
      kept += count;
      while (!waiting.isEmpty() && waiting.getFirst().until() <= kept) {
        due.add(waiting.removeFirst().task());
      }
      notifyAll();
    }
    due.forEach(Runnable::run);
  }

  /** Nothing can be kept at present: who waits is told why. */
  public synchronized void fails(String why) {
    failure = why;
    notifyAll();
  }

  /** Why nothing can be kept at present; null: it can. */
  public synchronized @Nullable String failure() {
    return failure;
  }

  /** What was taken so far is nobody's any more, and nothing follows from it. */
  public synchronized void drop() {
    waiting.clear();
    kept = taken;
    notifyAll();
  }

  /**
   * Waits until all that was taken so far is kept.
   *
   * @throws StateUnavailable when it cannot be
   */
  public synchronized void sync() {
    long until = taken;
    try {
      while (kept < until) {
        if (failure != null) {
          throw new StateUnavailable(failure);
        }
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StateUnavailable("interrupted while the state is written");
    }
  }

  /** Does something when all that was taken so far is kept; in order. */
  public synchronized void whenKept(Runnable task) {
    if (kept >= taken && waiting.isEmpty()) {
      task.run();
    } else {
      waiting.addLast(new Waiting(taken, task));
    }
  }
}
