package dev.ringback.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Serves one page, at {@code /}, to this machine's browser. */
public final class ReportServer implements AutoCloseable {
  private final HttpServer server;
  private final byte[] page;
  private final OriginCheck originCheck;

  private ReportServer(HttpServer server, String page) {
    this.server = server;
    this.page = page.getBytes(StandardCharsets.UTF_8);
    this.originCheck = new OriginCheck("127.0.0.1", url(), List.of());
  }

  /**
   * @param port 0 picks one
   * @throws CannotListen when the port is in use, say
   */
  public static ReportServer start(int port, String page) throws CannotListen {
    try {
      ReportServer started =
          new ReportServer(
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0),
              page);
      started.server.createContext("/", started::answer);
      started.server.start();
      return started;
    } catch (IOException e) {
      throw CannotListen.on("127.0.0.1", port, new UncheckedIOException(e));
    }
  }

  /** Where the page is. */
  public String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers headers = exchange.getRequestHeaders();
      Optional<OriginCheck.Rejection> rejection =
          originCheck.check(
              new OriginCheck.Source(
                  headers.getFirst("Host"),
                  headers.getFirst("Origin"),
                  headers.getFirst("Sec-Fetch-Site"),
                  "http",
                  exchange.getLocalAddress().getAddress().getHostAddress()));
      if (rejection.isPresent()) {
        send(exchange, rejection.get().status(), "text/plain", rejection.get().message());
      } else if (!exchange.getRequestURI().getPath().equals("/")) {
        send(exchange, 404, "text/plain", "there is one page, at /");
      } else {
        send(exchange, 200, "text/html", page);
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    send(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type + ";charset=utf-8");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
