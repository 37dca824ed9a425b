package dev.ringback.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.call.ExchangeId;
import dev.ringback.call.Landing;
import dev.ringback.call.RequestKind;
import dev.ringback.callback.Form;
import dev.ringback.callback.Overrides;
import dev.ringback.callback.WebRequest;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.server.WebApp;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.TwimlReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpWireTest {
  private static Landing send(String url) throws Exception {
    try (HttpWire wire = new HttpWire(Duration.ofMillis(500), Duration.ofMillis(500))) {
      CompletableFuture<Landing> landed = new CompletableFuture<>();
      wire.send(
          new WebRequest(
              new ExchangeId(SidMint.of(1).sid(SidKind.CALL), 1),
              RequestKind.VOICE,
              HttpMethod.POST,
              url,
              url,
              url,
              List.of(),
              new Form(List.of()),
              "a=b",
              Overrides.DEFAULT),
          (landing, wallTime) -> landed.complete(landing));
      return landed.get(10, TimeUnit.SECONDS);
    }
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
  void aRefusedConnectionMayBeTriedAgain() throws Exception {
    Landing.Failed failed = failed("http://localhost:" + freePort() + "/x");
    assertEquals(TwilioError.HTTP_CONNECTION_REFUSED, failed.error());
    assertTrue(failed.retryable());
  }

  @Test
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
  void aHostThatIsNotKnown() throws Exception {
    assertEquals(TwilioError.HTTP_HOST_UNKNOWN, failed("http://no-such-host.invalid/x").error());
  }

  @Test
  void aUrlThatCannotBeRequested() throws Exception {
    assertEquals(TwilioError.INVALID_URL, failed("http://:80/").error());
  }

  @Test
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
