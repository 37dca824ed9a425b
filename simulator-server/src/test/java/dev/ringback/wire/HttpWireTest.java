package dev.ringback.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.callback.ConnectionOverrides;
import dev.ringback.callback.Form;
import dev.ringback.callback.WebRequest;
import dev.ringback.fidelity.Fact;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.media.AudioLength;
import dev.ringback.server.WebApp;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.TwimlReader;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpWireTest {
  private static Landing send(String url) throws Exception {
    return send(url, RequestKind.VOICE, ConnectionOverrides.DEFAULT);
  }

  private static Landing send(String url, RequestKind kind, ConnectionOverrides limits)
      throws Exception {
    try (HttpWire wire = new HttpWire(Duration.ofMillis(500), Duration.ofMillis(500))) {
      CompletableFuture<Landing> landed = new CompletableFuture<>();
      wire.send(request(url, kind, limits), (landing, wallTime) -> landed.complete(landing));
      return landed.get(10, TimeUnit.SECONDS);
    }
  }

  private static WebRequest request(String url) {
    return request(url, RequestKind.VOICE, ConnectionOverrides.DEFAULT);
  }

  private static WebRequest request(String url, RequestKind kind, ConnectionOverrides limits) {
    return new WebRequest(
        new ExchangeId(SidMint.of(1).sid(SidKind.CALL), 1),
        kind,
        HttpMethod.POST,
        url,
        url,
        url,
        List.of(),
        new Form(List.of()),
        "a=b",
        limits);
  }

  private static Landing.Failed failed(String url) throws Exception {
    return assertInstanceOf(Landing.Failed.class, send(url));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void anAnswerIsReadAsItIs() throws Exception {
    try (WebApp app = new WebApp().at("/x", "<Response/>")) {
      assertEquals(new Landing.Answered(200, "text/xml", "<Response/>"), send(app.url() + "/x"));
      assertEquals("a=b", String.valueOf(app.requests.getFirst().getBody().utf8()));
    }
  }

  @Test
  void withoutAContentTypeThereIsNone() throws Exception {
    try (WebApp app = new WebApp()) {
      assertNull(assertInstanceOf(Landing.Answered.class, send(app.url() + "/x")).contentType());
    }
  }

  @Test
  @Fact("content.default-encoding-utf8")
  void aDocumentIsInUtf8UnlessItSaysOtherwise() throws Exception {
    for (var each :
        Map.of(
                "text/xml", StandardCharsets.UTF_8,
                "text/xml; charset=ISO-8859-1", StandardCharsets.ISO_8859_1)
            .entrySet()) {
      byte[] bytes = "<Response><Say>été</Say></Response>".getBytes(each.getValue());
      try (WebApp app = new WebApp().at("/x", (RecordedRequest r) -> file(each.getKey(), bytes))) {
        assertEquals(
            "<Response><Say>été</Say></Response>",
            assertInstanceOf(Landing.Answered.class, send(app.url() + "/x")).body());
      }
    }
  }

  @Test
  @Fact("errors.code-11202")
  void aRefusedConnectionMayBeTriedAgain() throws Exception {
    Landing.Failed failed = failed("http://localhost:" + freePort() + "/x");
    assertEquals(TwilioError.HTTP_CONNECTION_REFUSED, failed.error());
    assertTrue(failed.retryable());
  }

  @Test
  @Fact({"overrides.fifteen-seconds", "overrides.rt-default"})
  void anEndpointThatHangsCostsFifteenSecondsOfTheWorldsTime() throws Exception {
    try (WebApp app =
        new WebApp()
            .at(
                "/x",
                (RecordedRequest r) ->
                    new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build())) {
      Landing.Failed failed = failed(app.url() + "/x");
      assertEquals(TwilioError.HTTP_RETRIEVAL_FAILURE, failed.error());
      assertEquals(Duration.ofSeconds(15), failed.took());
      assertEquals(false, failed.retryable());
    }
  }

  @Test
  @Fact("overrides.rt")
  void overridesShortenTheWait() throws Exception {
    try (WebApp app =
        new WebApp()
            .at(
                "/x",
                (RecordedRequest r) ->
                    new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build())) {
      ConnectionOverrides limits = ConnectionOverrides.of("http://x/#rt=150&tt=9000").overrides();
      Landing.Failed failed =
          assertInstanceOf(Landing.Failed.class, send(app.url() + "/x", RequestKind.VOICE, limits));
      assertEquals(Duration.ofMillis(150), failed.took());
      assertTrue(failed.cause().contains("within 150 ms"), failed.cause());
    }
  }

  /** As Python's http.server does: HTTP/1.0, and the connection is closed without a word. */
  @Test
  void anAppThatClosesConnectionsSilentlyIsNoBrokenApp() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        HttpWire wire = new HttpWire()) {
      Thread.ofVirtual().start(() -> closeSilently(server));
      for (int i = 0; i < 5; i++) {
        CompletableFuture<Landing> landed = new CompletableFuture<>();
        wire.send(
            request("http://127.0.0.1:" + server.getLocalPort() + "/x"),
            (landing, wallTime) -> landed.complete(landing));
        assertEquals(
            200,
            assertInstanceOf(Landing.Answered.class, landed.get(10, TimeUnit.SECONDS)).status());
      }
    }
  }

  /** An app that would keep its connection, and never answers what comes second over it. */
  @Test
  void aRequestThatHangsIsDeliveredOnceAndItsTimeIsNotDoubled() throws Exception {
    try (RawServer app = new RawServer(r -> !r.path().equals("/g"));
        HttpWire wire = new HttpWire(Duration.ofMillis(600), Duration.ofMillis(600))) {
      assertInstanceOf(Landing.Answered.class, landing(wire, app.url() + "/v").landing());
      Landed hung = landing(wire, app.url() + "/g");
      Landing.Failed failed = assertInstanceOf(Landing.Failed.class, hung.landing());
      assertEquals(Duration.ofSeconds(15), failed.took());
      assertTrue(hung.wall().toMillis() < 1_100, hung.wall().toString());
      assertEquals(1, app.requests.stream().filter(r -> r.path().equals("/g")).count());
    }
  }

  /** An app that closes a connection when a second request comes over it. */
  @Test
  void aRequestIsDeliveredOnceWhateverBecomesOfConnections() throws Exception {
    try (RawServer app = new RawServer(r -> r.onConnection() == 1, true);
        HttpWire wire = new HttpWire()) {
      for (int i = 0; i < 5; i++) {
        assertInstanceOf(Landing.Answered.class, landing(wire, app.url() + "/" + i).landing());
      }
      assertEquals(
          List.of("/0", "/1", "/2", "/3", "/4"),
          app.requests.stream().map(RawServer.Request::path).toList());
    }
  }

  private record Landed(Landing landing, Duration wall) {}

  private static Landed landing(HttpWire wire, String url) throws Exception {
    CompletableFuture<Landed> landed = new CompletableFuture<>();
    wire.send(request(url), (landing, wall) -> landed.complete(new Landed(landing, wall)));
    return landed.get(10, TimeUnit.SECONDS);
  }

  private static void closeSilently(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        byte[] request = new byte[4_096];
        if (client.getInputStream().read(request) > 0) {
          client
              .getOutputStream()
              .write(
                  "HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 11\r\n\r\n<Response/>"
                      .getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        // The test is over.
      }
    }
  }

  /** A file that lies about its own sizes: an ID3 header, and then anything. */
  @Test
  void noFileThatIsBrokenStopsAnything() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      byte[] bytes = new byte[400];
      random.nextBytes(bytes);
      byte[] head = {'I', 'D', '3', 3, 0, 0, 0, 0, 2, 0, 'T', 'I', 'T', '2', (byte) 0xFF};
      System.arraycopy(head, 0, bytes, 0, i % 2 == 0 ? head.length : 10);
      Optional<Duration> unused =
          AudioLength.of(i % 3 == 0 ? "audio/wav" : "audio/mpeg", new ByteArrayInputStream(bytes));
    }
  }

  @Test
  @Fact({"errors.codes-11235-to-11237", "fetching.tls-is-verified", "fetching.tls-no-path"})
  void aCertificateNobodyVouchesFor() throws Exception {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    HandshakeCertificates certificates =
        new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    try (MockWebServer server = new MockWebServer()) {
      server.useHttps(certificates.sslSocketFactory());
      server.start();
      assertEquals(
          TwilioError.TLS_NO_PATH, failed("https://localhost:" + server.getPort() + "/x").error());
    }
  }

  @Test
  @Fact({"errors.code-11220", "fetching.tls-handshake"})
  void httpsToAPortThatSpeaksPlainHttp() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> say(server, "HTTP/1.1 400 Bad Request\r\n\r\n"));
      assertEquals(
          TwilioError.TLS_HANDSHAKE,
          failed("https://127.0.0.1:" + server.getLocalPort() + "/x").error());
    }
  }

  @Test
  @Fact("errors.code-11206")
  void anAnswerThatIsNoHttp() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> say(server, "SSH-2.0-OpenSSH_9.2\r\n\r\n"));
      assertEquals(
          TwilioError.HTTP_PROTOCOL_VIOLATION,
          failed("http://127.0.0.1:" + server.getLocalPort() + "/x").error());
    }
  }

  @Test
  @Fact("errors.code-11205")
  void anAnswerThatStopsInTheMiddleIsNotTriedAgain() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() ->
              say(
                  server,
                  "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 99\r\n\r\n<Resp"));
      Landing.Failed failed = failed("http://127.0.0.1:" + server.getLocalPort() + "/x");
      assertEquals(TwilioError.HTTP_CONNECTION_FAILURE, failed.error());
      assertTrue(failed.cause().contains("in the middle"), failed.cause());
      assertEquals(false, failed.retryable());
    }
  }

  private static void say(ServerSocket server, String text) {
    try (Socket client = server.accept()) {
      int unused = client.getInputStream().read(new byte[4_096]);
      client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  @Fact("headers.accept-encoding")
  void aCompressedAnswerIsReadAsIfItWereNot() throws Exception {
    Buffer packed = new Buffer();
    try (BufferedSink sink = Okio.buffer(new GzipSink(packed))) {
      sink.writeUtf8("<Response><Hangup/></Response>");
    }
    try (WebApp app =
        new WebApp()
            .at(
                "/x",
                (RecordedRequest r) ->
                    new MockResponse.Builder()
                        .addHeader("Content-Type", "text/xml")
                        .addHeader("Content-Encoding", "gzip")
                        .body(packed.clone())
                        .build())) {
      assertEquals(
          "<Response><Hangup/></Response>",
          assertInstanceOf(Landing.Answered.class, send(app.url() + "/x")).body());
    }
  }

  @Test
  void aFileTellsHowLongItPlays() throws Exception {
    ByteArrayOutputStream wav = new ByteArrayOutputStream();
    AudioSystem.write(
        new AudioInputStream(
            new ByteArrayInputStream(new byte[20_000]),
            new AudioFormat(8_000, 8, 1, false, false),
            20_000),
        AudioFileFormat.Type.WAVE,
        wav);
    try (WebApp app =
        new WebApp()
            .at("/a.wav", (RecordedRequest r) -> file("audio/x-wav", wav.toByteArray()))
            .at("/broken.wav", (RecordedRequest r) -> file("audio/x-wav", new byte[99]))
            .at("/broken.mp3", (RecordedRequest r) -> file("audio/mpeg", new byte[99]))
            .at("/page", (RecordedRequest r) -> file("text/html", new byte[99]))) {
      assertEquals(Duration.ofMillis(2_500), plays(app, "/a.wav"));
      assertNull(plays(app, "/broken.wav"));
      assertNull(plays(app, "/broken.mp3"));
      assertNull(plays(app, "/page"));
    }
  }

  private static MockResponse file(String type, byte[] bytes) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", type)
        .body(new Buffer().write(bytes))
        .build();
  }

  private static @Nullable Duration plays(WebApp app, String path) throws Exception {
    Landing landing = send(app.url() + path, RequestKind.MEDIA, ConnectionOverrides.DEFAULT);
    Landing.Answered answered = assertInstanceOf(Landing.Answered.class, landing);
    assertEquals("", answered.body());
    return answered.plays();
  }

  @Test
  void headersThatDecideWhatComesNextAreKeptAndNoOthers() throws Exception {
    try (WebApp app =
        new WebApp()
            .at(
                "/x",
                (RecordedRequest r) ->
                    new MockResponse.Builder()
                        .addHeader("Set-Cookie", "a=1")
                        .addHeader("Set-Cookie", "b=2")
                        .addHeader("ETag", "x")
                        .addHeader("Date", "today")
                        .build())) {
      assertEquals(
          List.of(
              new Landing.Header("set-cookie", "a=1"),
              new Landing.Header("set-cookie", "b=2"),
              new Landing.Header("etag", "x")),
          assertInstanceOf(Landing.Answered.class, send(app.url() + "/x")).headers());
    }
  }

  @Test
  @Fact("errors.code-11210")
  void aHostThatIsNotKnown() throws Exception {
    assertEquals(TwilioError.HTTP_HOST_UNKNOWN, failed("http://no-such-host.invalid/x").error());
  }

  @Test
  @Fact("errors.code-11100")
  void aUrlThatWouldBreakTheLine() throws Exception {
    for (String url : List.of("http://localhost/x y", "http://localhost/x\r\nHost: y", "x")) {
      assertEquals(TwilioError.INVALID_URL, failed(url).error());
    }
  }

  @Test
  @Fact("errors.code-11100")
  void aUrlThatCannotBeRequested() throws Exception {
    assertEquals(TwilioError.INVALID_URL, failed("http://:80/").error());
  }

  @Test
  @Fact("errors.code-11205")
  void aBrokenConnectionIsNotTriedAgain() throws Exception {
    try (WebApp app =
        new WebApp()
            .at(
                "/x",
                (RecordedRequest r) ->
                    new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build())) {
      Landing.Failed failed = failed(app.url() + "/x");
      assertEquals(TwilioError.HTTP_CONNECTION_FAILURE, failed.error());
      assertEquals(false, failed.retryable());
    }
  }

  @Test
  void moreThanTwilioReadsIsCutOff() throws Exception {
    try (WebApp app =
        new WebApp().at("/x", (RecordedRequest r) -> WebApp.twiml("x".repeat(1_000_000)))) {
      Landing.Answered answered = assertInstanceOf(Landing.Answered.class, send(app.url() + "/x"));
      assertEquals(TwimlReader.MAX_BYTES + 1, answered.body().length());
    }
  }

  @Test
  void redirectsAreNotFollowedOnTheSly() throws Exception {
    try (WebApp app =
        new WebApp()
            .at(
                "/x",
                (RecordedRequest r) ->
                    new MockResponse.Builder().code(302).addHeader("Location", "/y").build())) {
      assertEquals(302, assertInstanceOf(Landing.Answered.class, send(app.url() + "/x")).status());
      assertEquals(1, app.requests.size());
    }
  }

  @Test
  void aBusyEndpointIsNotAskedAgainOnTheSly() throws Exception {
    try (WebApp app =
        new WebApp()
            .at(
                "/x",
                (RecordedRequest r) ->
                    new MockResponse.Builder().code(503).addHeader("Retry-After", "0").build())) {
      assertEquals(503, assertInstanceOf(Landing.Answered.class, send(app.url() + "/x")).status());
      assertEquals(1, app.requests.size());
    }
  }
}
