package dev.ringback.engine;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Takes snapshots of a world, and makes it again what it was then. From any thread. */
public final class WorldSnapshots {
  private final WorldLoop loop;
  private final Inbox inbox;

  WorldSnapshots(WorldLoop loop, Inbox inbox) {
    this.loop = loop;
    this.inbox = inbox;
  }

  /**
   * Takes one. Requests that are being fulfilled are not part of it, so the caller sees to it that
   * there are none that would have to go on.
   *
   * @param taken hears of it on the loop, before anything else happens
   * @return the same; fails with an {@link IllegalStateException} while a script waits for an
   *     answer of the REST API
   */
  public CompletableFuture<WorldSnapshot> take(Consumer<WorldSnapshot> taken) {
    return inbox.promise(true, future -> take(taken, future));
  }

  private void take(Consumer<WorldSnapshot> taken, CompletableFuture<WorldSnapshot> future) {
    if (inbox.anyNewsOfItsOwn()) {
      inbox.putBack(new Inbox.Message(null, () -> take(taken, future)));
      return;
    }
    try {
      WorldSnapshot snapshot = loop.snapshot();
      taken.accept(snapshot);
      future.complete(snapshot);
    } catch (RuntimeException e) {
      future.completeExceptionally(e);
    }
  }

  /**
   * Makes the world what it was; nothing of now is left, nothing is still in flight, and requests
   * that nobody had answered then leave once more. A real clock goes on from the time it showed
   * then.
   *
   * @param number of the snapshot in what keeps the world's history; 0: nothing keeps it
   * @return the world's time
   * @throws dev.ringback.snapshot.GraphProblem when another build has taken it
   */
  public CompletableFuture<Instant> restore(WorldSnapshot snapshot, long number) {
    WorldLoop.Kept kept = loop.read(snapshot);
    WorldInput.Restored restored = new WorldInput.Restored(number, Instant.now());
    return inbox.command(restored, () -> loop.restore(kept, restored));
  }
}
