package dev.ringback.frontline;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Pool routing: each new conversation goes to the first available worker, round robin
 * (docs/frontline/handle-incoming-conversations, "pool routing").
 */
public final class WorkerPool {
  private final List<String> workers;
  private int next;

  /**
   * @param workers identities, in the order of the pool
   */
  public WorkerPool(List<String> workers) {
    this.workers = workers;
  }

  /** The worker whose turn it is; empty: none is available. */
  public Optional<String> next(Predicate<String> available) {
    for (int i = 0; i < workers.size(); i++) {
      String candidate = workers.get((next + i) % workers.size());
      if (available.test(candidate)) {
        next = (next + i + 1) % workers.size();
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
