package dev.ringback.state;

import dev.ringback.engine.History;
import dev.ringback.engine.WorldInput;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** The history of one world, on its way to the disk. */
public final class WorldLog implements History {
  private final Ledger ledger;
  private final long world;
  private final AtomicLong requests = new AtomicLong();

  WorldLog(Ledger ledger, long world) {
    this.ledger = ledger;
    this.world = world;
  }

  /** A request of its past; later ones have higher numbers. */
  void has(long request) {
    requests.accumulateAndGet(request, Math::max);
  }

  @Override
  public void took(Instant now, WorldInput input) {
    ledger.append(world, Line.of(now, input));
  }

  /** Writes down a request before anything that it does; gives its number. */
  public long request(RecordedRequest request) {
    long number = requests.incrementAndGet();
    ledger.append(world, Line.of(number, request));
    return number;
  }

  /**
   * Waits until all that was written down so far is on the disk.
   *
   * @throws StateUnavailable when it cannot be written
   */
  public void sync() {
    ledger.sync();
  }

  /** Does something when all that was written down so far is on the disk; in order. */
  void whenDurable(Runnable task) {
    ledger.whenDurable(task);
  }
}
