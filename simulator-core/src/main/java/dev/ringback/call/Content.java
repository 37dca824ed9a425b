package dev.ringback.call;

import dev.ringback.twiml.Reading;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Landing;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** What Twilio makes of an answer to a request for TwiML, by its status and Content-Type. */
public sealed interface Content {

  /** TwiML, or what should have been. */
  record Twiml(Reading reading) implements Content {}

  /** Text that is no TwiML: it is read to the caller. */
  record Speech(String text) implements Content {}

  /** A file: it is played to the caller. */
  record Audio() implements Content {}

  /**
   * Nothing to go on with.
   *
   * @param message what is wrong and what to do, to stand after the URL
   */
  record Unusable(TwilioError error, String message) implements Content {}

  /** docs/voice/twiml, "MIME types". */
  Set<String> XML_TYPES = Set.of("text/xml", "application/xml", "text/html");

  Set<String> AUDIO_TYPES =
      Set.of(
          "audio/mpeg",
          "audio/wav",
          "audio/wave",
          "audio/x-wav",
          "audio/aiff",
          "audio/x-aiff",
          "audio/x-aifc",
          "audio/x-gsm",
          "audio/gsm",
          "audio/ulaw");

  /**
   * @param reader of TwiML; a pure function
   */
  static Content of(Landing.Answered answered, Function<String, Reading> reader) {
    if (!answered.successful()) {
      return new Unusable(
          TwilioError.HTTP_RETRIEVAL_FAILURE,
          "returned the HTTP status code %d; %s"
              .formatted(answered.status(), advice(answered.status())));
    }
    String contentType = answered.contentType();
    if (contentType == null) {
      return new Unusable(
          TwilioError.HTTP_RETRIEVAL_FAILURE,
          "answered without a Content-Type; set it to text/xml");
    }
    String type = type(answered);
    if (answered.body().isEmpty() && XML_TYPES.contains(type) && isChunked(answered)) {
      return new Unusable(
          TwilioError.EMPTY_RESPONSE_BODY,
          "answered a chunked body without a byte in it; answer <Response/> to do nothing");
    }
    if (XML_TYPES.contains(type)) {
      return new Twiml(reader.apply(answered.body()));
    }
    if (type.equals("text/plain")) {
      Reading reading = reader.apply(answered.body());
      boolean speech =
          reading instanceof Reading.Unreadable unreadable
              && unreadable.problem().error() != TwilioError.TWIML_TOO_LARGE
              && !answered.body().isBlank();
      return speech ? new Speech(answered.body().strip()) : new Twiml(reading);
    }
    return AUDIO_TYPES.contains(type)
        ? new Audio()
        : new Unusable(
            TwilioError.INVALID_CONTENT_TYPE,
            "answered with Content-Type '%s'; set it to text/xml".formatted(type));
  }

  /** What to do about a status. */
  private static String advice(int status) {
    return switch (status) {
      case 401, 403 ->
          "if the app checks X-Twilio-Signature, check its auth token and the URL it validates"
              + " (scheme, host, port and query as Twilio requests it)";
      case 404, 405 -> "check the path and the method";
      default ->
          status >= 500
              ? "look into the app's log; answer 200 with TwiML"
              : "answer 200 with TwiML";
    };
  }

  private static boolean isChunked(Landing.Answered answered) {
    return "chunked".equalsIgnoreCase(answered.header("transfer-encoding"));
  }

  /** The media type of an answer, in lower case and without parameters; empty: there is none. */
  static String type(Landing.Answered answered) {
    String contentType = answered.contentType();
    return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** docs/voice/twiml/play, "supported audio file types". */
  static boolean isPlayable(String type) {
    return AUDIO_TYPES.contains(type);
  }
}
