package dev.ringback.bench;

import com.sun.net.httpserver.HttpServer;
import dev.ringback.callback.AddressMap;
import dev.ringback.callback.ConnectionOverrides;
import dev.ringback.callback.Delivery;
import dev.ringback.callback.Distortion;
import dev.ringback.callback.FormWriter;
import dev.ringback.callback.RequestWriter;
import dev.ringback.callback.Signature;
import dev.ringback.callback.WebClientState;
import dev.ringback.callback.WebRequest;
import dev.ringback.engine.WorldSettings;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Direction;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Leg;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import dev.ringback.wire.HttpWire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Requests over loopback: written, signed and sent by Ringback, as a share of what the same client
 * reaches with a ready-made body against the same endpoint.
 */
@State(Scope.Benchmark)
public class WireBenchmark {
  private static final int BATCH = 256;

  private HttpServer server;
  private HttpWire wire;
  private RequestWriter writer;
  private OkHttpClient client;
  private Request ready;
  private AppRequest callback;

  @SuppressWarnings("NullAway.Init")
  public WireBenchmark() {}

  @Setup
  public void setUp() throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
          }
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/voice";
    wire = new HttpWire();
    writer =
        new RequestWriter(
            new FormWriter("http://localhost:4010"), new Signature("secret"), AddressMap.NONE);
    SidMint mint = SidMint.of(1);
    Leg leg =
        new Leg(
            mint.sid(SidKind.CALL),
            null,
            "+15558675310",
            "+15017122661",
            Direction.INBOUND,
            CallStatus.RINGING,
            WorldSettings.VIRTUAL_START,
            null,
            null);
    callback =
        new AppRequest.VoiceRequest(
            new ExchangeId(leg.sid(), 1),
            RequestKind.VOICE,
            new Target(url, HttpMethod.POST),
            mint.sid(SidKind.ACCOUNT),
            leg,
            Map.of(),
            new AppRequest.Extra.None());
    Dispatcher dispatcher = new Dispatcher(Executors.newVirtualThreadPerTaskExecutor());
    dispatcher.setMaxRequests(10_000);
    dispatcher.setMaxRequestsPerHost(10_000);
    client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(0, 1, java.util.concurrent.TimeUnit.MINUTES))
            .protocols(List.of(Protocol.HTTP_1_1))
            .build();
    byte[] body = request().body().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    ready =
        new Request.Builder()
            .url(url)
            .header("Connection", "close") // as Ringback does
            .post(RequestBody.create(body, MediaType.get("application/x-www-form-urlencoded")))
            .build();
  }

  private WebRequest request() {
    return writer.write(
        Delivery.first(callback, ConnectionOverrides.DEFAULT),
        WebClientState.EMPTY,
        WorldSettings.VIRTUAL_START,
        Distortion.NONE,
        List.of());
  }

  @TearDown
  public void tearDown() {
    wire.close();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
    server.stop(0);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void ringback() throws InterruptedException {
    CountDownLatch landed = new CountDownLatch(BATCH);
    for (int i = 0; i < BATCH; i++) {
      wire.send(request(), (landing, wallTime) -> landed.countDown());
    }
    landed.await();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void clientAlone() throws InterruptedException {
    CountDownLatch landed = new CountDownLatch(BATCH);
    for (int i = 0; i < BATCH; i++) {
      client
          .newCall(ready)
          .enqueue(
              new okhttp3.Callback() {
                @Override
                public void onFailure(Call call, IOException e) {
                  landed.countDown();
                }

                @Override
                public void onResponse(Call call, Response response) {
                  response.close();
                  landed.countDown();
                }
              });
    }
    landed.await();
  }
}
