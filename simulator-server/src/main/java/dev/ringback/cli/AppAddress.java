package dev.ringback.cli;

import dev.ringback.wire.Listening;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Whether anything listens where the app should be, asked before anything is played. */
final class AppAddress {
  private static final long PAUSE_MILLIS = 100;

  private AppAddress() {}

  /**
   * Waits until something listens at the URL's host and port.
   *
   * @param patience how long on the wall; zero: it is asked once
   * @throws BadInput when nothing does by then
   */
  static void await(String url, Duration patience) throws BadInput {
    await(url, patience, () -> true);
  }

  /**
   * @param hope whether it can still come
   */
  static void await(String url, Duration patience, BooleanSupplier hope) throws BadInput {
    URI uri = URI.create(url);
    long end = System.nanoTime() + patience.toNanos();
    String why = Listening.whyNot(uri);
    while (why != null && System.nanoTime() < end && hope.getAsBoolean()) {
      var pause = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      CompletableFuture.runAsync(() -> {}, pause).join();
      why = Listening.whyNot(uri);
    }
    if (why != null) {
      throw new BadInput(
          new Problem(
              null,
              0,
              "--app",
              "nothing listens at %s: %s%s"
                  .formatted(
                      url, why, patience.isZero() ? "" : ", after " + patience.toSeconds() + " s"),
              "start the app first, or let it be waited for with --wait-for-app 30s"));
    }
  }

  /** Whether anything listens at the URL's host and port now. */
  static boolean listens(String url) {
    return Listening.whyNot(URI.create(url)) == null;
  }
}
