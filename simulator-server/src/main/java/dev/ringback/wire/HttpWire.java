package dev.ringback.wire;

import dev.ringback.call.Landing;
import dev.ringback.call.Landing.Failed;
import dev.ringback.call.Landing.Header;
import dev.ringback.call.RequestKind;
import dev.ringback.callback.Overrides;
import dev.ringback.callback.Param;
import dev.ringback.callback.WebRequest;
import dev.ringback.engine.Egress;
import dev.ringback.engine.Wire;
import dev.ringback.media.AudioLength;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.TwimlReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests as Twilio does: HTTP/1.1, 5 s to connect, 15 s in all, or as the request's
 * connection overrides say (docs/usage/webhooks). A request is one delivery, over a connection of
 * its own, byte for byte as it was written. It follows no redirects and tries nothing twice; both
 * are decided where they can be seen.
 */
public final class HttpWire implements Wire, AutoCloseable {
  /** How long Twilio waits for a connection. */
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** How long Twilio waits for an answer in all. */
  public static final Duration TOTAL_TIMEOUT = Duration.ofSeconds(15);

  private static final int MAX_REQUESTS = 10_000;

  private static final MediaType FORM =
      MediaType.get("application/x-www-form-urlencoded; charset=UTF-8");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final OkHttpClient client;
  private final Dialer dialer;
  private volatile Egress egress = Egress.ANYTHING;

  private final Set<Call> inFlight = ConcurrentHashMap.newKeySet();
  private final Duration patience;

  /** Headers that decide what comes next; the others are nobody's business. */
  private static final List<String> TELLING =
      List.of(
          "location",
          "set-cookie",
          "www-authenticate",
          "etag",
          "last-modified",
          "cache-control",
          "transfer-encoding");

  /** Files that are played are read this far; Twilio drops longer ones, too. */
  private static final long MAX_MEDIA_BYTES = 40L * 1024 * 1024;

  public HttpWire() {
    this(CONNECT_TIMEOUT, TOTAL_TIMEOUT);
  }

  /**
   * @param total of the wall's time, after which a request is given up at the latest; the world's
   *     clock shows what the request's limits say all the same
   */
  public HttpWire(Duration connect, Duration total) {
    this(connect, total, Dialer::new);
  }

  /**
   * @param dialers makes what dials for this wire, of where it may go
   */
  HttpWire(Duration connect, Duration total, Function<Supplier<Egress>, Dialer> dialers) {
    this.patience = total;
    this.dialer = dialers.apply(() -> egress);
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(MAX_REQUESTS);
    dispatcher.setMaxRequestsPerHost(MAX_REQUESTS);
    this.client =
        dialer
            .client()
            .dispatcher(dispatcher)
            // No connection is kept: one that died meanwhile would be found out by a second try.
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .protocols(List.of(Protocol.HTTP_1_1))
            // OkHttp tries a 503 again by itself when it says Retry-After: 0.
            .addNetworkInterceptor(chain ->
                chain.proceed(chain.request()).newBuilder().removeHeader("Retry-After").build())
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectTimeout(connect)
            .readTimeout(total)
            .callTimeout(total)
            .eventListenerFactory(call -> {
              Progress progress = call.request().tag(Progress.class);
              return progress == null ? EventListener.NONE : progress;
            })
            .build();
  }

  private static Landing brokeOff(Request request, Overrides limits, IOException e) {
    if (e instanceof InterruptedIOException) {
      return new Failed(
          TwilioError.HTTP_RETRIEVAL_FAILURE,
          "%s did not answer within %s: it began, and was not done by then; answer first and work later"
              .formatted(host(request), seconds(answerLimit(limits))),
          false,
          answerLimit(limits));
    }
    return new Failed(
        TwilioError.HTTP_CONNECTION_FAILURE,
        "%s stopped in the middle of its answer: %s; look into the app's log"
            .formatted(host(request), e.getMessage()),
        false,
        Duration.ZERO);
  }

  private static Landing unreadable(Request request, Throwable e) {
    return new Failed(
        TwilioError.HTTP_PROTOCOL_VIOLATION,
        "the answer of %s cannot be read: %s".formatted(host(request), e),
        false,
        Duration.ZERO);
  }

  private static String host(Request request) {
    String host = request.url().host();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + request.url().port();
  }

  /** How far a request came; tells a connection that was not made from an answer that was not. */
  private static final class Progress extends EventListener {
    private volatile boolean connected;
    private volatile boolean sent;
    private volatile @Nullable InetSocketAddress to;

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
      to = address;
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
  }

  @Override
  public void send(WebRequest request, Receiver receiver) {
    Progress progress = new Progress();
    Request http;
    try {
      http = http(request, progress);
    } catch (IllegalArgumentException e) {
      receiver.landed(
          new Failed(
              TwilioError.INVALID_URL,
              "'" + request.wireUrl() + "' is not a URL that can be requested",
              false,
              Duration.ZERO),
          Duration.ZERO);
      return;
    }
    send(clientFor(request.limits()), http, new RequestInFlight(request, receiver, progress));
  }

  /** A request on its way. */
  private record RequestInFlight(
      WebRequest request, Receiver receiver, Progress progress, long start) {
    RequestInFlight(WebRequest request, Receiver receiver, Progress progress) {
      this(request, receiver, progress, System.nanoTime());
    }
  }

  private void send(OkHttpClient through, Request http, RequestInFlight flight) {
    Call call = through.newCall(http);
    inFlight.add(call);
    call.enqueue(
        new Callback() {
          @Override
          public void onResponse(Call call, Response response) {
            Landing landing;
            try (response) {
              landing = read(response, flight.request().kind());
            } catch (IOException e) {
              landing = brokeOff(http, flight.request().limits(), e);
            } catch (RuntimeException | OutOfMemoryError e) {
              landing = unreadable(http, e);
            }
            land(landing);
          }

          @Override
          public void onFailure(Call call, IOException e) {
            if (EgressRefused.in(e) != null) {
              flight.progress().to = null; // it was not dialled
            }
            land(failed(http, flight.request().limits(), flight.progress(), e));
          }

          private void land(Landing landing) {
            if (inFlight.remove(call)) {
              tellIfStrayed(http, flight);
              flight
                  .receiver()
                  .landed(landing, Duration.ofNanos(System.nanoTime() - flight.start()));
            }
          }
        });
  }

  private void tellIfStrayed(Request http, RequestInFlight flight) {
    InetSocketAddress to = flight.progress().to;
    if (to != null && dialer.strays(to)) {
      flight.receiver().strayed(http.url().host());
    }
  }

  /** Shares threads and connections with all others. */
  private OkHttpClient clientFor(Overrides limits) {
    if (limits.equals(Overrides.DEFAULT)) {
      return client;
    }
    return client
        .newBuilder()
        .connectTimeout(shorter(limits.connect(), patience))
        .readTimeout(shorter(limits.read(), patience))
        .callTimeout(shorter(limits.total(), patience))
        .build();
  }

  private static Duration shorter(Duration a, Duration b) {
    // OkHttp takes zero for "no limit".
    return a.isZero() ? Duration.ofMillis(1) : a.compareTo(b) < 0 ? a : b;
  }

  private static Request http(WebRequest request, Progress progress) {
    Request.Builder http =
        new Request.Builder()
            .url(exact(request.wireUrl()))
            .tag(Progress.class, progress)
            .header("Connection", "close");
    for (Param header : request.headers()) {
      http.addHeader(header.name(), header.value());
    }
    if (request.method() == HttpMethod.POST) {
      http.post(RequestBody.create(request.body().getBytes(StandardCharsets.UTF_8), FORM));
    }
    return http.build();
  }

  /**
   * The URL with its path and query as they are. OkHttp's parser escapes what browsers would, such
   * as an apostrophe in a query; its builder holds them raw, behind accessors that Kotlin keeps to
   * its module.
   *
   * @throws IllegalArgumentException when it is no URL, or would break the line of HTTP
   */
  private static HttpUrl exact(String url) {
    boolean breaks = url.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f || c == '#');
    int start = url.indexOf("://") + 3;
    if (breaks || start < 3) {
      throw new IllegalArgumentException(url);
    }
    int path = start;
    while (path < url.length() && url.charAt(path) != '/' && url.charAt(path) != '?') {
      path++;
    }
    int query = url.indexOf('?', path);
    HttpUrl.Builder builder = HttpUrl.get(url.substring(0, path)).newBuilder();
    String segments = url.substring(path, query < 0 ? url.length() : query);
    builder.getEncodedPathSegments$okhttp().set(0, segments.isEmpty() ? "" : segments.substring(1));
    if (query >= 0) {
      List<@Nullable String> whole = new ArrayList<>();
      whole.add(url.substring(query + 1)); // a name without a value is written as it is
      whole.add(null);
      builder.setEncodedQueryNamesAndValues$okhttp(whole);
    }
    return builder.build();
  }

  private static Landing read(Response response, RequestKind kind) throws IOException {
    List<Header> headers = new ArrayList<>();
    for (String name : TELLING) {
      response.headers(name).forEach(value -> headers.add(new Header(name, value)));
    }
    String contentType = response.header("Content-Type");
    boolean plays =
        contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("audio/");
    if (kind == RequestKind.MEDIA || plays) {
      return new Landing.Answered(
          response.code(),
          contentType,
          "",
          headers,
          plays && response.isSuccessful() ? length(response, contentType) : null);
    }
    BufferedSource source = response.body().source();
    long most = TwimlReader.MAX_BYTES + 1L;
    source.request(most);
    byte[] bytes = source.getBuffer().readByteArray(Math.min(source.getBuffer().size(), most));
    MediaType type = response.body().contentType();
    String body =
        new String(
            bytes, type == null ? StandardCharsets.UTF_8 : type.charset(StandardCharsets.UTF_8));
    return new Landing.Answered(response.code(), contentType, body, headers, null);
  }

  private static @Nullable Duration length(Response response, String contentType)
      throws IOException {
    ForwardingSource limited =
        new ForwardingSource(response.body().source()) {
          private long left = MAX_MEDIA_BYTES;

          @Override
          public long read(Buffer sink, long byteCount) throws IOException {
            long read = left <= 0 ? -1 : super.read(sink, Math.min(byteCount, left));
            left -= Math.max(read, 0);
            return read;
          }
        };
    return AudioLength.of(contentType, Okio.buffer(limited).inputStream()).orElse(null);
  }

  private static Landing failed(
      Request request, Overrides limits, Progress progress, IOException e) {
    String host = host(request);
    EgressRefused refusal = EgressRefused.in(e);
    if (refusal != null) {
      return new Failed(
          TwilioError.HTTP_RETRIEVAL_FAILURE, refusal.sentence(), false, Duration.ZERO);
    }
    return switch (e) {
      case UnknownHostException unknown ->
          new Failed(
              TwilioError.HTTP_HOST_UNKNOWN,
              "the host name of " + host + " is not known; check the URL, or map it with --map",
              false,
              Duration.ZERO);
      case SSLException tls ->
          new Failed(
              certificateError(tls),
              "the TLS handshake with %s failed: %s; use a certificate that is trusted, or http"
                  .formatted(host, tls.getMessage()),
              false,
              Duration.ZERO);
      case InterruptedIOException late when !progress.connected ->
          new Failed(
              TwilioError.HTTP_CONNECTION_TIMEOUT,
              "no connection to %s within %s".formatted(host, seconds(limits.connect())),
              true,
              limits.connect());
      case InterruptedIOException late ->
          new Failed(
              limits.total().compareTo(limits.read()) < 0
                  ? TwilioError.HTTP_TOTAL_TIMEOUT
                  : TwilioError.HTTP_RETRIEVAL_FAILURE,
              "%s did not answer within %s; answer first and work later"
                  .formatted(host, seconds(answerLimit(limits))),
              false,
              answerLimit(limits));
      case ConnectException refused ->
          new Failed(
              TwilioError.HTTP_CONNECTION_REFUSED,
              host + " refused the connection; is the app running?",
              true,
              Duration.ZERO);
      case ProtocolException protocol ->
          new Failed(
              TwilioError.HTTP_PROTOCOL_VIOLATION,
              "%s broke the protocol: %s; does it speak HTTP on that port?"
                  .formatted(host, protocol.getMessage()),
              false,
              Duration.ZERO);
      default ->
          new Failed(
              TwilioError.HTTP_CONNECTION_FAILURE,
              "the connection to %s broke: %s; look into the app's log"
                  .formatted(host, e.getMessage()),
              !progress.sent,
              Duration.ZERO);
    };
  }

  private static Duration answerLimit(Overrides limits) {
    return limits.read().compareTo(limits.total()) < 0 ? limits.read() : limits.total();
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  /** Dictionary, 11235 to 11237: what is wrong with a certificate; 11220: something else. */
  private static TwilioError certificateError(SSLException tls) {
    for (Throwable cause = tls; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return TwilioError.TLS_EXPIRED;
      }
      if (cause instanceof CertPathBuilderException) {
        return TwilioError.TLS_NO_PATH;
      }
    }
    return tls instanceof SSLPeerUnverifiedException
        ? TwilioError.TLS_DOMAIN_MISMATCH
        : TwilioError.TLS_HANDSHAKE;
  }

  @Override
  public void restrict(Egress egress) {
    this.egress = egress;
  }

  @Override
  public void abandon() {
    for (Call call : List.copyOf(inFlight)) {
      if (inFlight.remove(call)) {
        call.cancel();
      }
    }
  }

  @Override
  public void close() {
    abandon();
    client.connectionPool().evictAll();
    threads.shutdown();
  }
}
