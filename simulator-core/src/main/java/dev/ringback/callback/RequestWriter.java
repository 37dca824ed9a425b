package dev.ringback.callback;

import dev.ringback.call.Behaviour.SignedGetParameters;
import dev.ringback.id.SidMint;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes of a callback the request that Twilio would send (docs/usage/webhooks). */
public final class RequestWriter {
  private final FormWriter forms;
  private final Signature signature;
  private final AddressMap map;
  private final SignedGetParameters signedGetParameters;

  public RequestWriter(FormWriter forms, Signature signature, AddressMap map) {
    this(forms, signature, map, SignedGetParameters.AS_SENT);
  }

  /**
   * @param signedGetParameters how Twilio's own parameters of a GET are signed
   */
  public RequestWriter(
      FormWriter forms,
      Signature signature,
      AddressMap map,
      SignedGetParameters signedGetParameters) {
    this.forms = forms;
    this.signature = signature;
    this.map = map;
    this.signedGetParameters = signedGetParameters;
  }

  /** The parameters of a callback. */
  public Form form(AppRequest callback) {
    return forms.of(callback, Duration.ZERO);
  }

  /**
   * The request of one try.
   *
   * @param now the world's time
   * @param distortion what is wrong in it
   * @param more headers, such as those of a cache
   */
  public WebRequest write(
      Delivery delivery,
      WebClientState session,
      Instant now,
      Distortion distortion,
      List<Param> more) {
    AppRequest callback = delivery.callback();
    Form form = forms.of(callback, distortion.clockSkew());
    return write(
        new Sending(callback.id(), callback.kind(), delivery.target(), form, delivery.limits()),
        delivery.redirects() > 0,
        session,
        now,
        distortion.wrongSignature(),
        more);
  }

  /** What was sent before, as it was, once more: the same parameters and idempotency token. */
  public WebRequest again(ExchangeId id, RequestKind kind, Target target, Form form, Instant now) {
    return write(
        new Sending(id, kind, target, form, Timeouts.of(kind, ConnectionOverrides.DEFAULT)),
        false,
        WebClientState.EMPTY,
        now,
        false,
        List.of());
  }

  /** What is sent where. */
  private record Sending(
      ExchangeId id, RequestKind kind, Target to, Form form, ConnectionOverrides limits) {}

  private WebRequest write(
      Sending sending,
      boolean redirected,
      WebClientState session,
      Instant now,
      boolean wrongSignature,
      List<Param> more) {
    Target to = sending.to();
    Form form = sending.form();
    String target = WebUrl.withoutUser(WebUrl.normalized(to.url()));
    HttpMethod method = to.method();
    // Recordings have been seen with %20, everything else with +.
    String space = sending.kind() == RequestKind.RECORDING_STATUS ? "%20" : "+";
    String encoded = form.encoded(space);
    String url =
        switch (method) {
          case GET -> withQuery(target, encoded, redirected);
          case POST -> target;
        };
    String signed =
        method == HttpMethod.GET && signedGetParameters == SignedGetParameters.BARE
            ? withQuery(target, form.bare(space), redirected)
            : url;
    String wireUrl = map.local(url).map(WebUrl::normalized).orElse(url);
    List<Param> headers = new ArrayList<>();
    if (!wireUrl.equals(url)) {
      WebUrl.Parts address = WebUrl.Parts.of(target);
      headers.add(new Param("Host", address.host() + address.port()));
      headers.add(new Param("X-Forwarded-Proto", address.scheme()));
      headers.add(new Param("X-Forwarded-Host", address.host() + address.port()));
    }
    if (method == HttpMethod.POST) {
      headers.add(new Param("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"));
    }
    headers.add(
        new Param(
            "X-Twilio-Signature",
            wrongSignature
                ? signature.ofNothing()
                : signature.of(
                    sending.kind(),
                    signed,
                    method == HttpMethod.POST ? form.params() : List.of())));
    headers.add(new Param("I-Twilio-Idempotency-Token", idempotencyToken(sending.id())));
    headers.add(new Param("User-Agent", "TwilioProxy/1.1"));
    headers.add(new Param("Accept", "*/*"));
    headers.add(new Param("X-Home-Region", "us1"));
    headers.addAll(session.headers(method, to.url(), url, now));
    headers.addAll(more);
    return new WebRequest(
        sending.id(),
        sending.kind(),
        method,
        to.shown(),
        url,
        wireUrl,
        List.copyOf(headers),
        form,
        method == HttpMethod.POST ? encoded : "",
        sending.limits());
  }

  /** Own parameters first, Twilio's after; a redirect may have brought Twilio's along already. */
  private static String withQuery(String target, String encoded, boolean redirected) {
    boolean complete = redirected && target.matches("[^?]*\\?(.*&)?CallSid=.*");
    if (encoded.isEmpty() || complete) {
      return target;
    }
    return target + (target.contains("?") ? "&" : "?") + encoded;
  }

  /** The same for every try of a request, as docs/usage/webhooks says. */
  private static String idempotencyToken(ExchangeId id) {
    long seed = Long.parseUnsignedLong(id.leg().value(), 2, 18, 16);
    return new SidMint(seed, id.number()).uuid().toString();
  }
}
