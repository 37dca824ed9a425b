package dev.ringback.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A webhook app that remembers all that it was asked. */
final class RecordingApp implements AutoCloseable {
  private static final List<String> DOCUMENTS =
      List.of(
          "<Gather numDigits='1' timeout='20' action='/gathered'/><Redirect>/voice?more</Redirect>",
          "<Pause length='30'/><Say>Bye</Say>",
          "<Record maxLength='10' action='/recorded' recordingStatusCallback='/recording'/>",
          "<Enqueue waitUrl='/wait' action='/left'>q</Enqueue>",
          "<Dial timeout='15' action='/dialled'><Number statusCallback='/leg' statusCallbackEvent='initiated ringing answered completed'>+15558675311</Number></Dial>");

  /** Each with all that tells it from others; see {@link #token}. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  private final HttpServer server;

  RecordingApp() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> form = new TreeMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    asked.add(token(exchange.getRequestURI().toString(), form));
    String path = exchange.getRequestURI().getPath();
    String verbs =
        switch (path) {
          case "/voice" ->
              DOCUMENTS.get(
                  Math.floorMod(form.getOrDefault("CallSid", "").hashCode(), DOCUMENTS.size()));
          case "/wait" -> "<Pause length='60'/><Leave/>";
          default -> "";
        };
    byte[] answer = ("<Response>" + verbs + "</Response>").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  /** A request by where it went and with what. */
  static String token(String path, Map<String, String> form) {
    return path + " " + new TreeMap<>(form);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
