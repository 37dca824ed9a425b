package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Stands between a client and the server and holds every answer against the table of fields. */
final class CheckingProxy implements AutoCloseable {
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "accept-encoding");

  private final String target;
  private final HttpServer server;
  private final OkHttpClient client = new OkHttpClient.Builder().followRedirects(false).build();
  private final FieldTable table = new FieldTable();
  private final List<String> problems = new CopyOnWriteArrayList<>();

  /** Methods and paths that were asked, SIDs replaced, such as {@code GET /v1/Services/*}. */
  final Set<String> asked = new ConcurrentSkipListSet<>();

  CheckingProxy(String target) throws IOException {
    this.target = target;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::forward);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
      Request.Builder request =
          new Request.Builder().url(target + exchange.getRequestURI()).header("Host", host);
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(java.util.Locale.ROOT))) {
              values.forEach(value -> request.addHeader(name, value));
            }
          });
      byte[] sent = exchange.getRequestBody().readAllBytes();
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      request.method(method, body(method, sent, type));
      try (Response response = client.newCall(request.build()).execute()) {
        String text = response.body().string();
        String path = exchange.getRequestURI().getPath();
        String product = host.contains(".twilio.com") ? host.split("\\.", 2)[0] : "api";
        asked.add(method + " " + product + " " + path.replaceAll("/[A-Z]{2}[0-9a-f]{32}", "/*"));
        problems.addAll(table.problems(product, method, path, response.code(), text));
        response
            .headers()
            .forEach(header -> {
              if (!OF_THE_CONNECTION.contains(
                  header.getFirst().toLowerCase(java.util.Locale.ROOT))) {
                exchange.getResponseHeaders().add(header.getFirst(), header.getSecond());
              }
            });
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(response.code(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private static @Nullable RequestBody body(String method, byte[] sent, @Nullable String type) {
    if (method.equals("GET") || method.equals("HEAD")) {
      return null;
    }
    return RequestBody.create(sent, type == null ? null : MediaType.parse(type));
  }

  /** Every answer so far had the fields that it should have. */
  void assertAllWell(int atLeast) {
    assertTrue(asked.size() >= atLeast, () -> "hardly anything was asked: " + asked);
    assertEquals(List.of(), List.copyOf(new TreeSet<>(problems)));
  }

  @Override
  public void close() {
    server.stop(0);
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
