package dev.ringback.proxy;

import dev.ringback.wire.Dialer;
import dev.ringback.wire.EgressRefused;
import io.javalin.config.JettyConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ConnectHandler;
import org.eclipse.jetty.server.internal.HttpConnection;
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

  /** The one port that tunnels lead to: anything else is no business of HTTP's. */
  static final int HTTPS = 443;

  private static final int MOST_REMARKS = 1_000;
  private static final String ABSOLUTE_FORM = ForwardProxy.class.getName() + ".absoluteForm";
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private final Predicate<String> ours;
  private final boolean passOn;
  private final Dialer dialer;
  private final OkHttpClient client;

  private ForwardProxy(Predicate<String> ours, Dialer dialer, boolean passOn) {
    this.ours = ours;
    this.passOn = passOn;
    this.dialer = dialer;
    this.client =
        dialer
            .client()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .readTimeout(Duration.ofMinutes(5))
            .eventListener(new Watch())
            .build();
    setIdleTimeout(Duration.ofMinutes(5).toMillis());
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
              new NotingFactory(http));
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
        || request.getConnectionMetaData().getAttribute(ABSOLUTE_FORM) == null) {
      return super.handle(request, response, callback);
    }
    if (isOurs(uri.getHost()) || isSelf(request, uri.getHost(), uri.getPort())) {
      return super.handle(withHostOf(uri, request), response, callback);
    }
    if (passOn) {
      passOn(request, response, callback);
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
    } else if (to.getPort() != HTTPS) {
      say(
          response,
          callback,
          403,
          "CONNECT takes port %d only, not %s. Ask for http:// URLs without a tunnel, or name the host in NO_PROXY."
              .formatted(HTTPS, serverAddress));
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

  /** Looks where requests in absolute form really go. */
  private final class Watch extends EventListener {
    @Override
    public void connectionAcquired(Call call, okhttp3.Connection connection) {
      remark(call.request().url().host(), connection.route().socketAddress());
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

  /** One request in absolute form, fetched with OkHttp; blocks this thread. */
  private void passOn(Request request, Response response, Callback callback) {
    try {
      okhttp3.Request.Builder out =
          new okhttp3.Request.Builder().url(request.getHttpURI().asString());
      Set<String> dropped = dropped(request.getHeaders());
      for (HttpField field : request.getHeaders()) {
        String name = field.getLowerCaseName();
        if (!dropped.contains(name) && !name.equals("host") && !name.equals("content-length")) {
          out.addHeader(field.getName(), field.getValue() == null ? "" : field.getValue());
        }
      }
      if (!request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING)) {
        out.header("Accept-Encoding", "identity"); // or OkHttp would ask for gzip and unzip it
      }
      out.method(request.getMethod(), body(request));
      try (okhttp3.Response in = client.newCall(out.build()).execute()) {
        response.setStatus(in.code());
        HttpFields.Mutable headers = HttpFields.build();
        in.headers().forEach(pair -> headers.add(pair.getFirst(), pair.getSecond()));
        Set<String> droppedBack = dropped(headers);
        for (HttpField field : headers) {
          if (field.getHeader() == HttpHeader.DATE) {
            response.getHeaders().put(field); // in place of Jetty's own, which cannot be removed
          } else if (!droppedBack.contains(field.getLowerCaseName())) {
            response.getHeaders().add(field);
          }
        }
        try (OutputStream to = Content.Sink.asOutputStream(response)) {
          in.body().byteStream().transferTo(to);
        }
      }
      callback.succeeded();
    } catch (IOException | RuntimeException e) {
      onConnectFailure(request, response, callback, e);
    }
  }

  /** Headers for one hop: the standing ones, and those that Connection names. */
  private static Set<String> dropped(HttpFields headers) {
    Set<String> names = new HashSet<>(HOP_BY_HOP);
    for (String name : headers.getCSV(HttpHeader.CONNECTION, false)) {
      names.add(name.toLowerCase(Locale.ROOT));
    }
    return names;
  }

  private static @Nullable RequestBody body(Request request) {
    String method = request.getMethod();
    long length = request.getLength();
    boolean none =
        length == 0 || (length < 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
    if (method.equals("GET") || method.equals("HEAD")) {
      return null;
    }
    if (none) {
      return method.equals("POST") || method.equals("PUT") || method.equals("PATCH")
          ? RequestBody.create(new byte[0])
          : null;
    }
    return new RequestBody() {
      @Override
      public @Nullable MediaType contentType() {
        return null; // the header is copied as it is
      }

      @Override
      public long contentLength() {
        return length;
      }

      @Override
      public boolean isOneShot() {
        return true;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        try (InputStream in = Content.Source.asInputStream(request)) {
          in.transferTo(sink.outputStream());
        }
      }
    };
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  /**
   * HTTP connections that note whether a request came in absolute form. Jetty fills the URI from
   * the Host header before any handler or customizer sees it, so this is the only place to tell a
   * proxy's client from one that merely knows us by another name.
   */
  private static final class NotingFactory extends HttpConnectionFactory {
    NotingFactory(HttpConfiguration configuration) {
      super(configuration);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
      HttpConnection connection =
          new HttpConnection(getHttpConfiguration(), connector, endPoint) {
            @Override
            protected HttpStreamOverHTTP1 newHttpStream(
                String method, String uri, HttpVersion version) {
              boolean absolute = uri != null && uri.regionMatches(true, 0, "http", 0, 4);
              setAttribute(ABSOLUTE_FORM, absolute ? Boolean.TRUE : null);
              return super.newHttpStream(method, uri, version);
            }
          };
      connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
      return configure(connection, connector, endPoint);
    }
  }
}
