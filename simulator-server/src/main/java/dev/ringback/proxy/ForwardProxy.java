package dev.ringback.proxy;

import dev.ringback.wire.Dialer;
import dev.ringback.wire.EgressRefused;
import io.javalin.config.JettyConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ConnectHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a server a forward proxy on its own port: requests for Twilio's hosts, in a tunnel or in
 * absolute form, end here; all others are refused, or passed on.
 */
public final class ForwardProxy extends ConnectHandler {
  private static final Logger LOG = LoggerFactory.getLogger("ringback.proxy");

  private static final int MOST_REMARKS = 1_000;
  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private final Predicate<String> ours;
  private final boolean passOn;
  private final Dialer dialer;
  private final Forwarding forwarding;

  private ForwardProxy(Predicate<String> ours, Dialer dialer, boolean passOn) {
    this.ours = ours;
    this.passOn = passOn;
    this.dialer = dialer;
    this.forwarding = new Forwarding(dialer, this::remark);
    setIdleTimeout(Forwarding.IDLE.toMillis());
  }

  /**
   * Puts the proxy before the routes. To be called while the server is configured.
   *
   * @param ours whether a host ends here
   * @param authority vouches for them; asked when the first tunnel is opened
   * @param dialer dials the others
   * @param passOn whether other hosts are passed on; otherwise they are refused
   */
  public static void install(
      JettyConfig jetty,
      Predicate<String> ours,
      Supplier<LocalAuthority> authority,
      Dialer dialer,
      boolean passOn) {
    // Some clients send the proxy's own name as the Host of a CONNECT.
    jetty.modifyHttpConfiguration(http ->
        http.setHttpCompliance(
            http.getHttpCompliance()
                .with("FORWARD_PROXY", HttpCompliance.Violation.MISMATCHED_AUTHORITY)));
    // Host and port are read when the server starts.
    jetty.addConnector((server, http) -> {
      ServerConnector connector =
          new ServerConnector(
              server,
              new DetectorConnectionFactory(new Tunnels(ours, authority)),
              new AbsoluteForm(http));
      connector.setHost(jetty.host);
      connector.setPort(jetty.port);
      return connector;
    });
    jetty.modifyServer(server -> server.insertHandler(new ForwardProxy(ours, dialer, passOn)));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpURI uri = request.getHttpURI();
    if (HttpMethod.CONNECT.is(request.getMethod())
        || request.getConnectionMetaData().getAttribute(AbsoluteForm.NOTED) == null) {
      return super.handle(request, response, callback);
    }
    if (isOurs(uri.getHost()) || isSelf(request, uri.getHost(), uri.getPort())) {
      return super.handle(withHostOf(uri, request), response, callback);
    }
    if (passOn) {
      try {
        forwarding.forward(request, response);
        callback.succeeded();
      } catch (IOException | RuntimeException e) {
        onConnectFailure(request, response, callback, e);
      }
    } else {
      refuse(response, callback, uri.getHost());
    }
    return true;
  }

  /** The absolute form outranks the Host header (RFC 9112, 3.2.2), which the app reads. */
  private static Request withHostOf(HttpURI uri, Request request) {
    int port = URIUtil.normalizePortForScheme(uri.getScheme(), uri.getPort()); // 0 for the usual
    String authority = port > 0 ? uri.getHost() + ":" + port : uri.getHost();
    if (authority.equals(request.getHeaders().get(HttpHeader.HOST))) {
      return request;
    }
    HttpFields headers =
        HttpFields.build(request.getHeaders()).put(HttpHeader.HOST, authority).asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return headers;
      }
    };
  }

  @Override
  protected void handleConnect(
      Request request, Response response, Callback callback, String serverAddress) {
    HostPort to;
    try {
      to = new HostPort(serverAddress);
    } catch (IllegalArgumentException e) {
      say(response, callback, 400, "CONNECT needs host:port.");
      return;
    }
    if (isSelf(request, to.getHost(), to.getPort())) {
      goOn(request, response, callback);
    } else if (to.getPort() != Tunnels.PORT) {
      say(
          response,
          callback,
          403,
          "CONNECT takes port %d only, not %s. Ask for http:// URLs without a tunnel, or name the host in NO_PROXY."
              .formatted(Tunnels.PORT, serverAddress));
    } else if (passOn) {
      super.handleConnect(request, response, callback, serverAddress);
    } else {
      refuse(response, callback, to.getHost());
    }
  }

  @Override
  protected void connectToServer(
      Request request, String host, int port, Promise<SocketChannel> promise) {
    SocketChannel channel = null;
    try {
      InetSocketAddress to = dialer.tunnel(host, port);
      remark(host, to);
      channel = SocketChannel.open();
      channel.socket().setTcpNoDelay(true);
      channel.configureBlocking(false);
      channel.connect(to);
      promise.succeeded(channel);
    } catch (IOException | RuntimeException e) {
      IO.close(channel);
      promise.failed(e);
    }
  }

  /** Says once that a host is another machine's, and that nobody named it. */
  private void remark(String host, InetSocketAddress to) {
    if (dialer.strays(to) && said.size() < MOST_REMARKS && said.add(host)) {
      LOG.warn(
          "the proxy passes on to {}, which the configuration does not name; name it under egress.allow, or refuse such hosts with egress: {only: listed}",
          host);
    }
  }

  /** To the server by its own address: the socket goes on as it was before. */
  private static void goOn(Request request, Response response, Callback callback) {
    Connector connector = request.getConnectionMetaData().getConnector();
    ConnectionFactory plain = connector.getConnectionFactory(HttpVersion.HTTP_1_1.asString());
    EndPoint endPoint = request.getTunnelSupport().getEndPoint();
    request.setAttribute(
        HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, plain.newConnection(connector, endPoint));
    response.setStatus(200);
    callback.succeeded();
  }

  @Override
  protected void onConnectFailure(
      Request request, Response response, Callback callback, Throwable failure) {
    EgressRefused refusal = EgressRefused.in(failure);
    if (refusal != null) {
      say(response, callback, 403, "Ringback does not go there: " + refusal.getMessage() + ".");
      return;
    }
    say(response, callback, 502, "The host cannot be reached: " + failure + ".");
  }

  private boolean isOurs(@Nullable String host) {
    return host != null && ours.test(host.toLowerCase(Locale.ROOT));
  }

  /** The server by its own address, as from a client whose NO_PROXY lacks it. */
  private static boolean isSelf(Request request, @Nullable String host, int port) {
    if (host == null
        || !(request.getConnectionMetaData().getConnector() instanceof NetworkConnector connector)
        || connector.getLocalPort() != port) {
      return false;
    }
    return host.equalsIgnoreCase("localhost")
        || host.equals("127.0.0.1")
        || host.equals("[::1]")
        || host.equalsIgnoreCase(connector.getHost())
        || host.equals(Request.getLocalAddr(request));
  }

  private static void refuse(Response response, Callback callback, @Nullable String host) {
    say(
        response,
        callback,
        403,
        "Ringback stands for Twilio's hosts and passes nothing on to %s. Name it in NO_PROXY, or set server.otherHosts: pass."
            .formatted(host));
  }

  private static void say(Response response, Callback callback, int status, String sentence) {
    if (response.isCommitted()) {
      callback.failed(new IOException(sentence));
      return;
    }
    response.reset();
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    Content.Sink.write(response, true, sentence + "\n", callback);
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    forwarding.close();
  }
}
