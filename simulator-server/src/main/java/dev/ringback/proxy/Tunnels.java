package dev.ringback.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Connections that begin with {@code CONNECT} to a host that ends here: after the answer the same
 * socket goes on as a connection of this server, with TLS. Other ports than 443 are left to the
 * handler, which refuses them. The answer is exactly one line: some clients take a tunnel for
 * refused when there is more.
 */
final class Tunnels extends AbstractConnectionFactory implements ConnectionFactory.Detecting {
  /** The one port that tunnels lead to: anything else is no business of HTTP's. */
  static final int PORT = 443;

  private static final String METHOD = "CONNECT ";
  private static final Pattern REQUEST =
      Pattern.compile("CONNECT ([^\\s:]+):(\\d{1,5}) HTTP/1\\.[01]\r?");
  private static final int LONGEST_LINE = 512;
  private static final int LONGEST_HEAD = 16 * 1024;
  private static final byte[] ESTABLISHED =
      "HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Predicate<String> ours;
  private final Supplier<LocalAuthority> authority;

  Tunnels(Predicate<String> ours, Supplier<LocalAuthority> authority) {
    super("tunnel");
    this.ours = ours;
    this.authority = authority;
  }

  @Override
  public Detection detect(ByteBuffer buffer) {
    String begin = BufferUtil.toString(buffer, StandardCharsets.ISO_8859_1);
    int known = Math.min(begin.length(), METHOD.length());
    if (!begin.regionMatches(0, METHOD, 0, known)) {
      return Detection.NOT_RECOGNIZED;
    }
    int end = begin.indexOf('\n');
    if (end < 0) {
      return begin.length() > LONGEST_LINE ? Detection.NOT_RECOGNIZED : Detection.NEED_MORE_BYTES;
    }
    Matcher request = REQUEST.matcher(begin.substring(0, end));
    return request.matches()
            && request.group(2).equals(Integer.toString(PORT))
            && ours.test(request.group(1).toLowerCase(Locale.ROOT))
        ? Detection.RECOGNIZED
        : Detection.NOT_RECOGNIZED;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    return configure(new Tunnel(connector, endPoint), connector, endPoint);
  }

  private final class Tunnel extends AbstractConnection implements Connection.UpgradeTo {
    private final Connector connector;
    private ByteBuffer head = BufferUtil.allocate(LONGEST_HEAD);

    Tunnel(Connector connector, EndPoint endPoint) {
      super(endPoint, connector.getExecutor());
      this.connector = connector;
    }

    @Override
    public void onUpgradeTo(ByteBuffer buffer) {
      BufferUtil.append(head, buffer);
    }

    @Override
    public void onOpen() {
      super.onOpen();
      goOn();
    }

    @Override
    public void onFillable() {
      try {
        ByteBuffer more = BufferUtil.allocate(LONGEST_HEAD);
        int filled = getEndPoint().fill(more);
        if (filled < 0 || more.remaining() > BufferUtil.space(head)) {
          close();
          return;
        }
        BufferUtil.append(head, more);
        goOn();
      } catch (java.io.IOException e) {
        close();
      }
    }

    private void goOn() {
      String text = BufferUtil.toString(head, StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      Matcher request = REQUEST.matcher(text.substring(0, Math.max(0, text.indexOf('\n'))));
      if (end < 0 || !request.matches()) {
        fillInterested();
        return;
      }
      head.position(head.position() + end + 4);
      String host = request.group(1).toLowerCase(Locale.ROOT);
      getEndPoint()
          .write(
              Callback.from(() -> upgrade(host), failure -> close()), ByteBuffer.wrap(ESTABLISHED));
    }

    private void upgrade(String host) {
      Connection next = tls(host).newConnection(connector, getEndPoint());
      if (head.hasRemaining() && next instanceof Connection.UpgradeTo eager) {
        eager.onUpgradeTo(head);
      }
      getEndPoint().upgrade(next);
    }

    private SslConnectionFactory tls(String host) {
      SslContextFactory.Server context = new SslContextFactory.Server();
      context.setSslContext(authority.get().of(host));
      SslConnectionFactory tls = new SslConnectionFactory(context, HttpVersion.HTTP_1_1.asString());
      try {
        context.start();
        tls.start();
      } catch (Exception e) {
        throw new IllegalStateException("TLS for " + host + " cannot start: " + e, e);
      }
      return tls;
    }
  }
}
