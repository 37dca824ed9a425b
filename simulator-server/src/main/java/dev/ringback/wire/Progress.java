package dev.ringback.wire;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import org.jspecify.annotations.Nullable;

/** How far a request came; tells a connection that was not made from an answer that was not. */
final class Progress extends EventListener {
  private volatile boolean connected;
  private volatile boolean sent;
  private volatile @Nullable InetSocketAddress to;
  private volatile @Nullable Long start;

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    to = address;
    if (start == null) {
      start = System.nanoTime();
    }
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    connected = true;
    to = connection.route().socketAddress();
  }

  @Override
  public void requestHeadersStart(Call call) {
    sent = true;
  }

  boolean connected() {
    return connected;
  }

  /** Whether the request's head was begun. */
  boolean sent() {
    return sent;
  }

  /** How long ago it was dialled: what it waited for before is none of the app's. */
  Duration took() {
    Long dialled = start;
    return dialled == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - dialled);
  }

  /** Where it was dialled; null: nowhere. */
  @Nullable InetSocketAddress to() {
    return to;
  }

  /** The address was refused before it was dialled. */
  void notDialled() {
    to = null;
  }
}
