package dev.ringback.twiml;

import static dev.ringback.twiml.Grammar.attribute;
import static dev.ringback.twiml.Grammar.element;
import static dev.ringback.twiml.Grammar.unsupported;

import dev.ringback.id.SidKind;
import dev.ringback.twiml.Grammar.Attribute;
import dev.ringback.twiml.Grammar.Element;
import org.jspecify.annotations.Nullable;

/** What a call is connected to, and what runs beside it: docs/voice/twiml/connect, start, stop. */
final class ConnectTables {
  private static final String NOBODY_TO_TELL = "there is no client and no WebSocket server to tell";

  static final Element CONNECT =
      element(
          "Connect",
          "connect",
          attribute("action", null, AttributeType.URL_OR_EMPTY),
          attribute("method", "POST", AttributeType.METHOD));

  /** In the order of the table "Conversation attributes", then what only the libraries have. */
  static final Element CONVERSATION =
      element(
          "Conversation",
          "connect/conversation",
          conversation("serviceInstanceSid", null, AttributeType.sid(SidKind.SERVICE)),
          conversation("inboundAutocreation", "true", AttributeType.BOOLEAN),
          conversation("routingAssignmentTimeout", "5", AttributeType.seconds(1)),
          conversation("inboundTimeout", "60", AttributeType.seconds(1)),
          conversation("record", "do-not-record", AttributeType.oneOf(RecordMode.class)),
          conversation("trim", "do-not-trim", AttributeType.oneOf(Trim.class)),
          conversation("recordingStatusCallback", null, AttributeType.URL),
          conversation("recordingStatusCallbackMethod", "POST", AttributeType.METHOD),
          conversation(
              "recordingStatusCallbackEvent",
              "completed absent",
              AttributeType.listOf(RecordingEvent.class)),
          conversation("statusCallback", null, AttributeType.URL),
          conversation("statusCallbackMethod", "POST", AttributeType.METHOD),
          conversation(
              "statusCallbackEvent",
              "call-completed",
              AttributeType.listOf(SessionEvent.class, "call-")),
          conversation("url", null, AttributeType.URL),
          conversation("method", "POST", AttributeType.METHOD));

  static final Element CONNECT_STREAM =
      stream(AttributeType.oneOf("inbound_track", "inbound"))
          .approximated(
              "blocks until the call ends; status callbacks, no WebSocket connection is made");

  static final Element START =
      element("Start", "start", unsupported("action"), unsupported("method"));

  static final Element STOP = element("Stop", "stop");

  static final Element STREAM =
      stream(
              AttributeType.oneOf(
                  "inbound_track", "outbound_track", "both_tracks", "inbound", "outbound", "both"))
          .approximated("status callbacks and lifetime; no WebSocket connection is made");

  /** {@code <Start><Recording>} and {@code <Stop><Recording>}. */
  static final Element CALL_RECORDING =
      element(
          "Recording",
          "recording",
          unsupported("channels").changingNothing("there are always two, as seen at Twilio"),
          attribute("track", "both", AttributeType.oneOf(RecordingTrack.class)),
          attribute("trim", "do-not-trim", AttributeType.oneOf(Trim.class)),
          attribute("recordingStatusCallback", null, AttributeType.URL),
          attribute("recordingStatusCallbackMethod", "POST", AttributeType.METHOD),
          attribute(
              "recordingStatusCallbackEvent",
              "completed",
              AttributeType.listOf(RecordingEvent.class)),
          unsupported("recordingConfigurationId"));

  static final Element PARAMETER =
      element(
              "Parameter",
              "stream",
              attribute("name", null, AttributeType.TEXT).changingNothing(NOBODY_TO_TELL),
              attribute("value", null, AttributeType.TEXT).changingNothing(NOBODY_TO_TELL))
          .approximated("read, and goes nowhere");

  private static Element stream(AttributeType<?> tracks) {
    return element(
        "Stream",
        "stream",
        attribute("url", null, TwilioError.STREAM_URL_NOT_SUPPORTED, AttributeType.WEBSOCKET),
        attribute("name", null, AttributeType.TEXT),
        unsupported("connectorName"),
        attribute("track", "inbound_track", TwilioError.STREAM_INVALID_TRACK, tracks)
            .changingNothing("no audio is streamed"),
        attribute("statusCallback", null, AttributeType.URL),
        attribute("statusCallbackMethod", "POST", AttributeType.METHOD));
  }

  private static Attribute conversation(
      String name, @Nullable String defaultValue, AttributeType<?> type) {
    return attribute(name, defaultValue, TwilioError.CONVERSATION_INVALID_ATTRIBUTES, type);
  }

  private ConnectTables() {}
}
