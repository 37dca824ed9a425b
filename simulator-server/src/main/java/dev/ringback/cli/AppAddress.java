package dev.ringback.cli;

import dev.ringback.wire.Dialer;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whether anything listens where the app should be, asked before anything is played. */
final class AppAddress {
  private static final int CONNECT_MILLIS = 2_000;
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
    int port = port(uri);
    long end = System.nanoTime() + patience.toNanos();
    String why = whyNot(uri.getHost(), port);
    while (why != null && System.nanoTime() < end && hope.getAsBoolean()) {
      var pause = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      CompletableFuture.runAsync(() -> {}, pause).join();
      why = whyNot(uri.getHost(), port);
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
    URI uri = URI.create(url);
    return whyNot(uri.getHost(), port(uri)) == null;
  }

  private static int port(URI uri) {
    boolean tls = "https".equals(uri.getScheme().toLowerCase(Locale.ROOT));
    return uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
  }

  /** Null: something listens. */
  private static @Nullable String whyNot(@Nullable String host, int port) {
    if (host == null) {
      return "the URL has no host";
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    InetSocketAddress address = new InetSocketAddress(bare, port);
    if (address.isUnresolved()) {
      return "the host " + bare + " is unknown";
    }
    String refused = Dialer.refusal(address);
    if (refused != null) {
      return refused;
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      return null;
    } catch (IOException e) {
      return e.getMessage() == null
          ? "it cannot be connected to"
          : e.getMessage().toLowerCase(Locale.ROOT);
    }
  }
}
