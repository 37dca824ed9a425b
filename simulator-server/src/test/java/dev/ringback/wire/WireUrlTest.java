package dev.ringback.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.call.CallStatus;
import dev.ringback.call.Callback;
import dev.ringback.call.Direction;
import dev.ringback.call.ExchangeId;
import dev.ringback.call.Leg;
import dev.ringback.call.RequestKind;
import dev.ringback.call.Target;
import dev.ringback.callback.AddressMap;
import dev.ringback.callback.Delivery;
import dev.ringback.callback.Forms;
import dev.ringback.callback.Overrides;
import dev.ringback.callback.RequestWriter;
import dev.ringback.callback.Signature;
import dev.ringback.callback.WebRequest;
import dev.ringback.callback.WebSession;
import dev.ringback.engine.WorldSettings;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.twiml.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed is what goes over the wire, to the letter. */
class WireUrlTest {
  private static WebRequest write(String url, HttpMethod method) {
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
    return new RequestWriter(
            new Forms("http://localhost:4010"), new Signature("x"), AddressMap.NONE)
        .write(
            Delivery.first(
                new Callback.VoiceRequest(
                    new ExchangeId(leg.sid(), 1),
                    RequestKind.VOICE,
                    new Target(url, method),
                    mint.sid(SidKind.ACCOUNT),
                    leg,
                    Map.of(),
                    new Callback.Extra.None()),
                Overrides.DEFAULT),
            WebSession.EMPTY,
            WorldSettings.VIRTUAL_START,
            Duration.ZERO,
            List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a.test",
        "http://a.test?x=1",
        "HTTP://A.Test:3000/Voice",
        "http://a.test/a/../x",
        "http://a.test/../x",
        "http://a.test/a/./b/",
        "http://a.test/a/..",
        "http://a.test/x?n=O'Brien&m=a b",
        "http://a.test/käse?ü=ß",
        "http://a.test/x#rc=2",
        "http://user:Pass@a.test/x",
        "http://a.test/%41%2F?q=%C3%BC+%2B",
        "http://a.test/x?a={b}|c^`d",
        "http://a.test/x{y}|z",
      })
  void okHttpChangesNothing(String url) {
    String signed = write(url, HttpMethod.POST).wireUrl();
    HttpUrl sent = HttpUrl.get(signed).newBuilder().fragment(null).build();
    assertEquals(sent.toString(), signed);
    assertEquals(
        HttpUrl.get(url).newBuilder().username("").password("").fragment(null).build().toString(),
        signed,
        "OkHttp's own form");
  }

  @ParameterizedTest
  @EnumSource(HttpMethod.class)
  void norWithTheParametersOfACall(HttpMethod method) {
    WebRequest request = write("http://a.test/x?mine=O'Neil", method);
    assertEquals(HttpUrl.get(request.wireUrl()).toString(), request.wireUrl());
  }
}
