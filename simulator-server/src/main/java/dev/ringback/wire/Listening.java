package dev.ringback.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether anything listens at a URL's host and port. */
public final class Listening {
  private static final int CONNECT_MILLIS = 2_000;

  private Listening() {}

  /** Null: something does; otherwise why not, a clause. */
  public static @Nullable String whyNot(URI url) {
    String host = url.getHost();
    if (host == null) {
      return "the URL has no host";
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    InetSocketAddress address = new InetSocketAddress(bare, port(url));
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

  private static int port(URI url) {
    boolean tls = "https".equals(url.getScheme().toLowerCase(Locale.ROOT));
    return url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
  }
}
