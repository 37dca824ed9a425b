package dev.ringback.behaviour.fetching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.security.RequestValidator;
import dev.ringback.callback.AddressMap;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.engine.WorldSettings.PhoneNumber;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.json.AccountJson;
import dev.ringback.server.WebApp;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import dev.ringback.wire.HttpWire;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The official validator accepts every request, as an app's middleware would call it. */
@Timeout(60)
class SignatureOverHttpTest {
  private static final String ATTRIBUTES =
      "url=\"/whisper\" method=\"%1$s\" statusCallback=\"/status?mine=a+b\" statusCallbackMethod=\"%1$s\""
          + " statusCallbackEvent=\"call-initiated call-ringing call-answered call-completed\""
          + " record=\"true\" recordingStatusCallback=\"/recording\" recordingStatusCallbackMethod=\"%1$s\""
          + " recordingStatusCallbackEvent=\"in-progress completed\"";

  private static void play(WebApp app, String publicUrl, HttpMethod method) {
    app.at(
            "/voice",
            WorldFixture.connect(ATTRIBUTES.formatted(method))
                .replace("<Connect ", "<Connect method=\"" + method + "\" "))
        .at("/whisper", "<Response/>")
        .at(
            "/action",
            "<Response><Gather actionOnEmptyResult='true' action='/g' method='"
                + method
                + "'/></Response>")
        .at("/g", "<Response><Redirect method='" + method + "'>/broken</Redirect></Response>")
        .at("/fallback", "<Response/>");
    WorldSettings plain = new WorldFixture().settings();
    VoiceUrls line =
        new VoiceUrls(
            new Target(publicUrl + "/voice", method),
            new Target(publicUrl + "/fallback", method),
            new Target(publicUrl + "/end", method));
    WorldSettings settings =
        new WorldSettings(
            plain
                .identity()
                .with(
                    new WorldSettings.Network(
                        plain.publicUrl(),
                        publicUrl.equals(app.url())
                            ? AddressMap.NONE
                            : new AddressMap(List.of(new AddressMap.Route(publicUrl, app.url()))),
                        plain.identity().network().egress())),
            plain.time(),
            new WorldSettings.Telephony(
                List.of(new PhoneNumber(WorldFixture.NUMBER, line)),
                null,
                plain.telephony().customers(),
                null,
                1,
                WorldSettings.MAX_LIVE_CALLS),
            plain.frontline(),
            plain.behaviour(),
            List.of());
    try (HttpWire wire = new HttpWire();
        World world = new World(settings, wire, new AccountJson())) {
      world.place(WorldFixture.call());
      world.runUntilIdle();
    }
    assertEquals(
        13,
        app.requests.size(),
        () -> app.requests.stream().map(r -> r.getUrl().encodedPath()).toList().toString());
    RequestValidator validator = new RequestValidator(plain.authToken());
    for (RecordedRequest request : app.requests) {
      assertEquals(method.name(), request.getMethod());
      String signature = String.valueOf(request.getHeaders().get("X-Twilio-Signature"));
      String proto = request.getHeaders().get("X-Forwarded-Proto");
      String url =
          (proto == null ? "http" : proto)
              + "://"
              + request.getHeaders().get("Host")
              + request.getTarget();
      assertTrue(
          validator.validate(url, form(request), signature),
          () -> request.getMethod() + " " + url + " " + form(request));
    }
  }

  private static Map<String, String> form(RecordedRequest request) {
    Map<String, String> form = new LinkedHashMap<>();
    if (request.getBody() != null && request.getBody().size() > 0) {
      for (String pair : request.getBody().utf8().split("&", -1)) {
        String[] parts = pair.split("=", 2);
        form.put(
            URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
            URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  @Test
  @Fact({
    "encoding.post-is-a-form",
    "headers.signature",
    "signature.primary-token",
    "signature.url-as-requested",
    "signature.values-decoded"
  })
  void byPost() {
    try (WebApp app = new WebApp()) {
      play(app, app.url(), HttpMethod.POST);
    }
  }

  @Test
  @Fact({
    "fallback.has-its-own-method",
    "headers.signature",
    "signature.get-has-no-parameters",
    "signature.url-as-requested"
  })
  void byGet() {
    try (WebApp app = new WebApp()) {
      play(app, app.url(), HttpMethod.GET);
    }
  }

  @Test
  @Fact("headers.host")
  void behindAPublicAddress() {
    try (WebApp app = new WebApp()) {
      play(app, "https://my-app.example", HttpMethod.POST);
      RecordedRequest request = app.requests.getFirst();
      assertEquals("my-app.example", request.getHeaders().get("Host"));
      assertEquals("my-app.example", request.getHeaders().get("X-Forwarded-Host"));
      assertEquals("https", request.getHeaders().get("X-Forwarded-Proto"));
    }
  }

  @Test
  void behindAPublicAddressInAnySpelling() {
    try (WebApp app = new WebApp()) {
      play(app, "https://My-App.Example", HttpMethod.POST);
    }
  }

  @Test
  void behindAPublicAddressByGet() {
    try (WebApp app = new WebApp()) {
      play(app, "https://my-app.example", HttpMethod.GET);
    }
  }
}
