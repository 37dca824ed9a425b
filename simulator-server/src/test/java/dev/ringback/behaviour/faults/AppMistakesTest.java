package dev.ringback.behaviour.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.security.RequestValidator;
import dev.ringback.call.Call;
import dev.ringback.engine.CallRecord;
import dev.ringback.engine.World;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.report.Detail;
import dev.ringback.report.Hints;
import dev.ringback.report.Ink;
import dev.ringback.report.Timeline;
import dev.ringback.report.TimelineReader;
import dev.ringback.report.TimelineText;
import dev.ringback.server.WebApp;
import dev.ringback.wire.HttpWire;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What apps do wrong, over real HTTP: the timeline names the cause in one line, with the code. */
@Timeout(60)
class AppMistakesTest {

  /** The lines of the timeline that are errors or warnings. */
  private static List<String> problems(WebApp app) {
    return problems(app.url());
  }

  private static List<String> problems(String url) {
    WorldFixture worlds = new WorldFixture();
    worlds.base = url;
    try (HttpWire wire = new HttpWire(Duration.ofMillis(500), Duration.ofMillis(700));
        World world = worlds.with(wire)) {
      world.place(WorldFixture.call());
      world.runUntilIdle();
      var calls = world.calls();
      world.runUntilIdle();
      Call call = calls.join().getFirst();
      var record = world.call(call.sid());
      world.runUntilIdle();
      CallRecord found = record.join().orElseThrow();
      Timeline timeline = TimelineReader.read(found);
      assertTrue(timeline.failed());
      return TimelineText.lines(timeline, Ink.PLAIN, Detail.VERBOSE, Hints.of(world.settings()))
          .stream()
          .filter(line -> line.contains(" ✗ ") && !line.contains("→"))
          .toList();
    }
  }

  private static void assertOneLine(String code, String cause, List<String> lines) {
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.getFirst().contains("✗ " + code), lines::toString);
    assertTrue(lines.getFirst().contains(cause), lines::toString);
  }

  @Test
  void itChecksTheSignatureWithAnotherToken() {
    RequestValidator validator = new RequestValidator("0".repeat(32));
    try (WebApp app =
        new WebApp()
            .at(
                "/voice",
                request -> {
                  boolean right =
                      validator.validate(
                          request.getUrl().toString(),
                          form(request),
                          request.getHeaders().get("X-Twilio-Signature"));
                  return right
                      ? WebApp.twiml("<Response/>")
                      : new MockResponse.Builder().code(403).body("bad signature").build();
                })) {
      assertOneLine("11200", "X-Twilio-Signature, check its auth token and the URL", problems(app));
    }
  }

  private static Map<String, String> form(RecordedRequest request) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : Objects.requireNonNull(request.getBody()).utf8().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      form.put(
          java.net.URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          java.net.URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  @Test
  @Fact({"content.error-status-is-11200", "debugger.sentence-of-11200", "errors.code-11200"})
  void itAnswers500() {
    try (WebApp app =
        new WebApp().at("/voice", r -> new MockResponse.Builder().code(500).body("oops").build())) {
      assertOneLine(
          "11200", "returned the HTTP status code 500; look into the app's log", problems(app));
    }
  }

  @Test
  @Fact({"errors.code-11200", "overrides.fifteen-seconds"})
  void itHangs() {
    try (WebApp app =
        new WebApp()
            .at(
                "/voice",
                r ->
                    new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build())) {
      assertOneLine("11200", "did not answer within 15 s", problems(app));
    }
  }

  @Test
  @Fact({"content.text-xml-and-html", "errors.code-12102"})
  void itSendsHtml() {
    try (WebApp app =
        new WebApp()
            .at(
                "/voice",
                r ->
                    new MockResponse.Builder()
                        .addHeader("Content-Type", "text/html")
                        .body("<html><body><h1>Hello</h1></body></html>")
                        .build())) {
      assertOneLine("12102", "The root element must be <Response>", problems(app));
    }
  }

  @Test
  @Fact({"errors.code-11215", "fetching.ten-redirects"})
  void itRedirectsInACircle() {
    try (WebApp app =
        new WebApp().at("/voice", r -> redirect("/login")).at("/login", r -> redirect("/voice"))) {
      assertOneLine("11215", "redirected more than 10 times", problems(app));
    }
  }

  private static MockResponse redirect(String to) {
    return new MockResponse.Builder().code(302).addHeader("Location", to).build();
  }

  @Test
  @Fact({"content.other-type-is-12300", "errors.code-12300"})
  void itSendsJson() {
    try (WebApp app =
        new WebApp()
            .at(
                "/voice",
                r ->
                    new MockResponse.Builder()
                        .addHeader("Content-Type", "application/json")
                        .body("{}")
                        .build())) {
      assertOneLine("12300", "set it to text/xml", problems(app));
    }
  }

  @Test
  @Fact({"content.empty-chunked-is-11770", "content.text-xml-and-html", "errors.code-11770"})
  void itSendsNothingInChunks() {
    try (WebApp app =
        new WebApp()
            .at(
                "/voice",
                r ->
                    new MockResponse.Builder()
                        .addHeader("Content-Type", "text/xml")
                        .chunkedBody("", 1)
                        .build())) {
      assertOneLine("11770", "chunked", problems(app));
    }
  }

  @Test
  @Fact("errors.code-11202")
  void itIsNotRunning() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertOneLine("11202", "is the app running?", problems("http://127.0.0.1:" + port));
  }

  @Test
  @Fact({"content.too-large-is-11750", "errors.code-11750"})
  void itDeclaresAGigabyteAndSendsWithoutEnd() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> flood(socket)); // ends with the socket
      assertOneLine("11750", "64 kB", problems("http://127.0.0.1:" + socket.getLocalPort()));
    }
  }

  private static void flood(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept();
          OutputStream out = client.getOutputStream()) {
        out.write(
            ("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 1073741824\r\n\r\n"
                    + "<Response><Say>")
                .getBytes(StandardCharsets.US_ASCII));
        byte[] block = "x".repeat(8_192).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 1_000; i++) {
          out.write(block);
        }
      } catch (IOException e) {
        // Nobody reads to the end, which is what the test is about.
      }
    }
  }
}
