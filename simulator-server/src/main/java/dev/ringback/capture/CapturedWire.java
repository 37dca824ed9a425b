package dev.ringback.capture;

import dev.ringback.callback.Param;
import dev.ringback.callback.WebRequest;
import dev.ringback.engine.Wire;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The app as it was captured: each request is answered as the captured one was that is most like
 * it, once. Identifiers in an answer become those of the world that asks.
 */
final class CapturedWire implements Wire {
  private final List<Captured> left;
  private final Map<ExchangeId, List<Sent>> sent = new LinkedHashMap<>();

  /** By identifier of Twilio's: the world's own. */
  private final Map<String, String> identifiers = new LinkedHashMap<>();

  /** What the world sent in the place of a captured request. */
  record Sent(Captured captured, WebRequest request) {}

  CapturedWire(List<Captured> captured) {
    this.left = new ArrayList<>(captured);
  }

  /** By exchange of the world: what was captured of it, try by try. */
  Map<ExchangeId, List<Sent>> sent() {
    return sent;
  }

  Map<String, String> identifiers() {
    return identifiers;
  }

  /** What Twilio sent and the world did not. */
  List<Captured> left() {
    return left;
  }

  @Override
  public void send(WebRequest request, Receiver receiver) {
    Optional<Captured> found = find(request);
    found.ifPresent(captured -> {
      left.remove(captured);
      sent.computeIfAbsent(request.id(), id -> new ArrayList<>()).add(new Sent(captured, request));
      learn(captured, request);
    });
    receiver.landed(found.map(this::landing).orElse(unknown(request)), Duration.ZERO);
  }

  /** Nobody knows what the app would have said; nothing more comes of it. */
  private static Landing unknown(WebRequest request) {
    return request.kind().expectsTwiml()
        ? new Landing.Answered(200, "text/xml", "<Response><Hangup/></Response>")
        : new Landing.Answered(204, null, "");
  }

  private Optional<Captured> find(WebRequest request) {
    String bare = bare(request.url());
    Captured asked =
        new Captured(
            java.time.Instant.EPOCH,
            new Captured.Line(request.method().name(), "", ""),
            request.headers(),
            request.form(),
            new Landing.Answered(200, null, ""));
    boolean told = !request.kind().expectsTwiml();
    return left.stream()
        .filter(captured -> captured.bare().equals(bare))
        .filter(captured -> !told || captured.event().equals(asked.event()))
        .max(
            Comparator.comparingInt((Captured captured) -> likeness(captured, request))
                .thenComparingInt(captured -> -left.indexOf(captured)));
  }

  private static int likeness(Captured captured, WebRequest request) {
    int same = captured.request().method().equals(request.method().name()) ? 1 : 0;
    for (String name : List.of("Result", "DialCallStatus", "Digits", "SpeechResult", "ErrorCode")) {
      same += captured.form().value(name).equals(request.form().value(name)) ? 2 : 0;
    }
    // A leg's own requests are not another's.
    return same + (captured.has("ParentCallSid") == has(request, "ParentCallSid") ? 4 : 0);
  }

  private static boolean has(WebRequest request, String name) {
    return request.form().value(name).isPresent();
  }

  static String bare(String url) {
    int slash = url.indexOf('/', url.indexOf("://") + 3);
    String path = slash < 0 ? "/" : url.substring(slash);
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private void learn(Captured captured, WebRequest request) {
    for (Param param : captured.form().params()) {
      if (isIdentifier(param.value())) {
        request
            .form()
            .value(param.name())
            .filter(CapturedWire::isIdentifier)
            .ifPresent(own -> identifiers.putIfAbsent(param.value(), own));
      }
    }
  }

  static boolean isIdentifier(String value) {
    return value.matches("[A-Z]{2}[0-9a-f]{32}");
  }

  private Landing landing(Captured captured) {
    if (!(captured.landing() instanceof Landing.Answered answered)) {
      return captured.landing();
    }
    String body = answered.body();
    for (Map.Entry<String, String> known : identifiers.entrySet()) {
      body = body.replace(known.getKey(), known.getValue());
    }
    return new Landing.Answered(
        answered.status(), answered.contentType(), body, answered.headers(), answered.plays());
  }

  @Override
  public void abandon() {}
}
