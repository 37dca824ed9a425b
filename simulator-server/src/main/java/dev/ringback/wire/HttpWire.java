package dev.ringback.wire;

import dev.ringback.callback.ConnectionOverrides;
import dev.ringback.callback.Param;
import dev.ringback.callback.WebRequest;
import dev.ringback.engine.Egress;
import dev.ringback.engine.Wire;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Landing.Failed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

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
  private final Lazy<OkHttpClient> client;
  private final Dialer dialer;
  private volatile Egress egress = Egress.ANYTHING;

  private final Set<Call> inFlight = ConcurrentHashMap.newKeySet();
  private final Duration patience;

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
        new Lazy<>(() ->
            dialer
                .client()
                .dispatcher(dispatcher)
                // No connection is kept: one that died meanwhile would be found out by a second
                // try.
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
                .build());
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
  private record RequestInFlight(WebRequest request, Receiver receiver, Progress progress) {}

  private void send(OkHttpClient through, Request http, RequestInFlight flight) {
    Call call = through.newCall(http);
    inFlight.add(call);
    call.enqueue(
        new Callback() {
          @Override
          public void onResponse(Call call, Response response) {
            Landing landing;
            try (response) {
              landing = ResponseReader.read(response, flight.request().kind());
            } catch (IOException e) {
              landing = TransportErrors.brokeOff(http, flight.request().limits(), e);
            } catch (RuntimeException | OutOfMemoryError e) {
              landing = TransportErrors.unreadable(http, e);
            }
            land(landing);
          }

          @Override
          public void onFailure(Call call, IOException e) {
            if (EgressRefused.in(e) != null) {
              flight.progress().notDialled();
            }
            land(TransportErrors.failed(http, flight.request().limits(), flight.progress(), e));
          }

          private void land(Landing landing) {
            if (inFlight.remove(call)) {
              tellIfStrayed(http, flight);
              flight.receiver().landed(landing, flight.progress().took());
            }
          }
        });
  }

  private void tellIfStrayed(Request http, RequestInFlight flight) {
    InetSocketAddress to = flight.progress().to();
    if (to != null && dialer.strays(to)) {
      flight.receiver().strayed(http.url().host());
    }
  }

  /** Shares threads and connections with all others. */
  private OkHttpClient clientFor(ConnectionOverrides limits) {
    if (limits.equals(ConnectionOverrides.DEFAULT)) {
      return client.get();
    }
    return client
        .get()
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
            .url(ExactUrl.of(request.wireUrl()))
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
    client.ifMade(made -> made.connectionPool().evictAll());
    threads.shutdown();
  }
}
