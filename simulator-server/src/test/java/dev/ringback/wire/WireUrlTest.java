package dev.ringback.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.security.RequestValidator;
import dev.ringback.callback.AddressMap;
import dev.ringback.callback.ConnectionOverrides;
import dev.ringback.callback.Delivery;
import dev.ringback.callback.Distortion;
import dev.ringback.callback.FormWriter;
import dev.ringback.callback.Param;
import dev.ringback.callback.RequestWriter;
import dev.ringback.callback.Signature;
import dev.ringback.callback.WebClientState;
import dev.ringback.callback.WebRequest;
import dev.ringback.engine.WorldSettings;
import dev.ringback.fidelity.Fact;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Direction;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Leg;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the app wrote is what is signed, and what goes over the wire, to the byte. */
@Timeout(30)
class WireUrlTest {
  private static final String TOKEN = "x";
  private static final SidMint MINT = SidMint.of(1);
  private static final Leg LEG =
      new Leg(
          MINT.sid(SidKind.CALL),
          null,
          "+15558675310",
          "+15017122661",
          Direction.INBOUND,
          CallStatus.RINGING,
          WorldSettings.VIRTUAL_START,
          null,
          null);

  private static WebRequest write(AppRequest callback) {
    return new RequestWriter(
            new FormWriter("http://localhost:4010"), new Signature(TOKEN), AddressMap.NONE)
        .write(
            Delivery.first(callback, ConnectionOverrides.DEFAULT),
            WebClientState.EMPTY,
            WorldSettings.VIRTUAL_START,
            Distortion.NONE,
            List.of());
  }

  private static AppRequest voice(String url, HttpMethod method) {
    return new AppRequest.VoiceRequest(
        new ExchangeId(LEG.sid(), 1),
        RequestKind.VOICE,
        new Target(url, method),
        MINT.sid(SidKind.ACCOUNT),
        LEG,
        Map.of(),
        new AppRequest.Extra.None());
  }

  private static AppRequest recording(String url, HttpMethod method) {
    return new AppRequest.RecordingStatusReport(
        new ExchangeId(LEG.sid(), 2),
        new Target(url, method),
        MINT.sid(SidKind.ACCOUNT),
        LEG.sid(),
        null,
        MINT.sid(SidKind.RECORDING),
        RecordingStatus.COMPLETED,
        7L,
        1,
        RecordingSource.DIAL_VERB,
        RecordingTrack.BOTH,
        WorldSettings.VIRTUAL_START,
        0);
  }

  private static String signature(WebRequest request) {
    return request.headers().stream()
        .filter(h -> h.name().equals("X-Twilio-Signature"))
        .map(Param::value)
        .findFirst()
        .orElseThrow();
  }

  private static void send(WebRequest request) throws Exception {
    try (HttpWire wire = new HttpWire()) {
      CompletableFuture<Landing> landed = new CompletableFuture<>();
      wire.send(request, (landing, wallTime) -> landed.complete(landing));
      assertInstanceOf(Landing.Answered.class, landed.get(10, TimeUnit.SECONDS));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '~',
      value = {
        "~~ /",
        "?x=1 /?x=1",
        "/p?town=Sant'Angelo /p?town=Sant'Angelo",
        "/it's?a=b|c /it's?a=b|c",
        "/x{y}|z?a={b}|c^`d\"<>\\ /x{y}|z?a={b}|c^`d\"<>\\",
        "/%41%2F?q=%C3%BC+%2B /%41%2F?q=%C3%BC+%2B",
        "/100%?q=%zz /100%?q=%zz",
        "/a/./b/../c //a/./b/../c",
        "~/a b?c=d e~ /a%20b?c=d%20e",
        "/käse?ü=ß /k%C3%A4se?%C3%BC=%C3%9F",
        "/x#rc=2 /x",
      })
  @Fact({
    "encoding.post-keeps-the-query",
    "headers.connection-close",
    "headers.content-length",
    "headers.http-1-1",
    "signature.get-has-no-parameters",
    "signature.no-fragment",
    "signature.url-as-requested"
  })
  void everyByteStaysWhereTheAppPutIt(String written, String sent) throws Exception {
    String target = sent.startsWith("//") ? sent.substring(1) : sent;
    try (RawServer app = new RawServer(r -> true)) {
      for (HttpMethod method : HttpMethod.values()) {
        WebRequest request = write(voice(app.url() + written, method));
        send(request);
        RawServer.Request arrived = app.requests.getLast();
        String plain =
            method == HttpMethod.POST
                ? arrived.path()
                : arrived.path().replaceFirst("[?&]AccountSid=.*", "");
        assertEquals(target, plain);
        assertEquals(
            new Signature(TOKEN)
                .of(
                    app.url() + arrived.path(),
                    method == HttpMethod.POST ? request.form().params() : List.of()),
            signature(request),
            "what arrived is what was signed");
        assertEquals("close", arrived.header("Connection"));
        assertTrue(arrived.line().endsWith(" HTTP/1.1"), arrived.line());
        assertEquals(
            method == HttpMethod.POST
                ? Integer.toString(request.body().getBytes(StandardCharsets.UTF_8).length)
                : null,
            arrived.header("Content-Length"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(HttpMethod.class)
  @Fact("headers.host")
  void theUserOfAUrlStaysOffTheWire(HttpMethod method) throws Exception {
    try (RawServer app = new RawServer(r -> true)) {
      String url = app.url().replace("http://", "HTTP://User:Pass@") + "/x";
      WebRequest request = write(voice(url, method));
      assertTrue(request.wireUrl().startsWith(app.url() + "/x"), request.wireUrl());
      send(request);
      assertEquals(app.url().substring(7), app.requests.getFirst().header("Host"));
    }
  }

  @Test
  @Fact({
    "signature.https-callbacks-keep-the-port",
    "signature.https-drops-the-port",
    "signature.java-validator-tries-both-ports"
  })
  void aCallbackOverHttpsIsSignedWithItsPortAndADocumentIsNot() {
    RequestValidator validator = new RequestValidator(TOKEN);
    WebRequest document = write(voice("https://a.test:8443/x", HttpMethod.POST));
    WebRequest callback = write(recording("https://a.test:8443/x", HttpMethod.POST));
    assertEquals(
        new Signature(TOKEN).of("https://a.test/x", document.form().params()), signature(document));
    assertEquals(
        new Signature(TOKEN)
            .of(RequestKind.RECORDING_STATUS, "https://a.test:8443/x", callback.form().params()),
        signature(callback));
    assertTrue(
        !signature(callback)
            .equals(new Signature(TOKEN).of("https://a.test/x", callback.form().params())));
    for (WebRequest each : List.of(document, callback)) {
      Map<String, String> form = new java.util.HashMap<>();
      each.form().params().forEach(p -> form.put(p.name(), p.value()));
      assertTrue(validator.validate("https://a.test:8443/x", form, signature(each)));
    }
  }

  @Test
  @Fact({
    "encoding.space-is-plus",
    "encoding.space-of-recordings-is-twenty",
    "recording-status.spaces",
    "status-callbacks.timestamp-rfc2822"
  })
  void spacesOfARecordingCallbackAreEscapedAndThoseOfOthersAreNot() {
    WebRequest post = write(recording("http://a.test/x", HttpMethod.POST));
    assertTrue(
        post.body()
            .contains("RecordingStartTime=Thu%2C%2001%20Jan%202026%2009%3A00%3A00%20%2B0000"),
        post.body());
    WebRequest get = write(recording("http://a.test/x", HttpMethod.GET));
    assertTrue(get.url().contains("Thu%2C%2001%20Jan%202026"), get.url());
    WebRequest status =
        write(
            new AppRequest.CallStatusReport(
                new ExchangeId(LEG.sid(), 3),
                RequestKind.CALL_STATUS,
                new Target("http://a.test/x", HttpMethod.POST),
                MINT.sid(SidKind.ACCOUNT),
                LEG,
                Map.of(),
                0,
                WorldSettings.VIRTUAL_START,
                null));
    assertTrue(status.body().contains("Timestamp=Thu%2C+01+Jan+2026"), status.body());
  }
}
