package dev.ringback.worlds;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets in the requests that change a world, and for a moment none of them: a snapshot has none that
 * is half done.
 */
public final class ChangeGate {
  private static final int ALL = Integer.MAX_VALUE;

  private final Semaphore places = new Semaphore(ALL, true);
  private final Set<String> inside = ConcurrentHashMap.newKeySet();

  /**
   * A request comes in; waits while the gate is closed.
   *
   * @param request as it is told of
   */
  void enter(String request) {
    places.acquireUninterruptibly();
    inside.add(request);
  }

  void leave(String request) {
    inside.remove(request);
    places.release();
  }

  /**
   * Closes the gate when all that were let in have left.
   *
   * @param patience on the wall, in which nobody is let in either
   * @return false: somebody stayed, and it is open
   */
  boolean close(Duration patience) throws InterruptedException {
    return places.tryAcquire(ALL, patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  void open() {
    places.release(ALL);
  }

  /** Some of those that are inside. */
  Set<String> inside() {
    return Set.copyOf(inside);
  }
}
