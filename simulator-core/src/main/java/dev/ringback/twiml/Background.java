package dev.ringback.twiml;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What runs beside a call's verbs (docs/voice/twiml/start). */
public sealed interface Background {

  /** The name of its element. */
  default String element() {
    return switch (this) {
      case Stream stream -> "Stream";
      case CallRecording recording -> "Recording";
    };
  }

  /**
   * {@code <Stream>} (docs/voice/twiml/stream).
   *
   * @param url {@code wss://…}; empty in a {@code <Stop>}
   * @param name null: none
   * @param track default {@code inbound_track}
   * @param statusCallback null: nobody is told
   * @param statusCallbackMethod default POST
   * @param parameters for the WebSocket server, by name, in the document's order
   */
  record Stream(
      String url,
      @Nullable String name,
      String track,
      @Nullable String statusCallback,
      HttpMethod statusCallbackMethod,
      Map<String, String> parameters)
      implements Background {}

  /** {@code <Recording>} (docs/voice/twiml/recording): records the whole call. */
  record CallRecording(Verb.RecordingOptions options) implements Background {}
}
