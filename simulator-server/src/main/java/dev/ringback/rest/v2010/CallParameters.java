package dev.ringback.rest.v2010;

import dev.ringback.account.ApiError;
import dev.ringback.rest.Params;
import dev.ringback.twiml.Hook;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.RecordMode;
import dev.ringback.twiml.RecordingEvent;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.Trim;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Target;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parameters that several resources of calls read alike. */
final class CallParameters {
  private static final int LONGEST_TWIML = 4_000;

  private CallParameters() {}

  /** A document in the place of a URL; empty: it is not given. */
  static Optional<String> twiml(Params params) {
    return params.text("Twiml", LONGEST_TWIML, 20001).filter(t -> !t.isEmpty());
  }

  /** The API's text on {@code Twiml} calls the two exclusive. */
  static ApiError urlAndTwiml() {
    return ApiError.badRequest(
        20001, "Url and Twiml are mutually exclusive: give the one or the other, not both");
  }

  /** A URL with its method; empty: it is not given. */
  static Optional<Target> target(
      Params params, String url, String method, int code, HttpMethod otherwise) {
    HttpMethod how = params.method(method, 21209).orElse(otherwise);
    return params.url(url, code).filter(u -> !u.isEmpty()).map(u -> new Target(u, how));
  }

  /**
   * What a request wants recorded.
   *
   * @param trim unless it says otherwise
   */
  static Verb.RecordingOptions recording(Params params, boolean records, Trim trim) {
    boolean dual =
        params
            .choice("RecordingChannels", List.of("mono", "dual"), 20001)
            .orElse("mono")
            .equals("dual");
    Set<RecordingEvent> events =
        params.set("RecordingStatusCallbackEvent", RecordingEvent.class, 20001);
    return new Verb.RecordingOptions(
        !records
            ? RecordMode.DO_NOT_RECORD
            : dual ? RecordMode.RECORD_FROM_ANSWER_DUAL : RecordMode.RECORD_FROM_ANSWER,
        params.named("Trim", Trim.class, 20001).orElse(trim),
        params.named("RecordingTrack", RecordingTrack.class, 20001).orElse(RecordingTrack.BOTH),
        new Hook<>(
            params.url("RecordingStatusCallback", 21609).filter(u -> !u.isEmpty()).orElse(null),
            params.method("RecordingStatusCallbackMethod", 21209).orElse(HttpMethod.POST),
            events.isEmpty() ? EnumSet.of(RecordingEvent.COMPLETED) : events));
  }
}
