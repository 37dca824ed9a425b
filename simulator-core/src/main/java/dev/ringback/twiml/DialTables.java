package dev.ringback.twiml;

import static dev.ringback.twiml.Grammar.attribute;
import static dev.ringback.twiml.Grammar.element;
import static dev.ringback.twiml.Grammar.unsupported;

import dev.ringback.twiml.Grammar.Attribute;
import dev.ringback.twiml.Grammar.Element;

/**
 * Who is called and where one waits: docs/voice/twiml/dial with number, client, sip, conference and
 * queue; docs/voice/twiml/enqueue, leave.
 */
final class DialTables {
  static final Element DIAL =
      element(
          "Dial",
          "dial",
          attribute("action", null, AttributeType.URL_OR_EMPTY),
          attribute("method", "POST", TwilioError.DIAL_INVALID_METHOD, AttributeType.METHOD),
          attribute(
              "timeout", "30", TwilioError.DIAL_INVALID_TIMEOUT, AttributeType.seconds(5, 600)),
          attribute(
              "timeLimit",
              "14400",
              TwilioError.DIAL_INVALID_TIME_LIMIT,
              AttributeType.seconds(1, 86_400)),
          attribute("callerId", null, TwilioError.DIAL_INVALID_CALLER_ID, AttributeType.CALLER_ID)
              .approximated(
                  "checked against `account.callerIds`; without that list every number is taken for"
                      + " verified"),
          attribute(
              "hangupOnStar",
              "false",
              TwilioError.DIAL_INVALID_HANGUP_ON_STAR,
              AttributeType.BOOLEAN),
          attribute(
              "answerOnBridge",
              "false",
              TwilioError.DIAL_INVALID_ANSWER_ON_BRIDGE,
              AttributeType.BOOLEAN),
          attribute(
                  "ringTone",
                  "automatic",
                  TwilioError.DIAL_INVALID_RING_TONE,
                  AttributeType.RING_TONE)
              .changingNothing("recordings have the tone of the US"),
          attribute(
                  "record",
                  "do-not-record",
                  TwilioError.DIAL_INVALID_RECORD,
                  AttributeType.oneOf(RecordMode.class))
              .approximated(
                  "not with a conference, which has an attribute of its own; a warning says so"),
          attribute("trim", "do-not-trim", AttributeType.oneOf(Trim.class)),
          attribute(
              "recordingStatusCallback",
              null,
              TwilioError.DIAL_INVALID_RECORDING_CALLBACK,
              AttributeType.URL),
          attribute("recordingStatusCallbackMethod", "POST", AttributeType.METHOD),
          attribute(
              "recordingStatusCallbackEvent",
              "completed",
              AttributeType.listOf(RecordingEvent.class)),
          attribute("recordingTrack", "both", AttributeType.oneOf(RecordingTrack.class)),
          attribute(
              "sequential", "false", TwilioError.DIAL_INVALID_SEQUENTIAL, AttributeType.BOOLEAN),
          unsupported("referUrl"),
          unsupported("referMethod"),
          unsupported("callReason"),
          unsupported("events"),
          unsupported("passports"),
          unsupported("recordingConfigurationId"));

  static final Element NUMBER =
      element(
          "Number",
          "number",
          attribute(
              "sendDigits",
              null,
              TwilioError.NUMBER_INVALID_SEND_DIGITS,
              AttributeType.SEND_DIGITS),
          attribute("url", null, AttributeType.URL),
          attribute("method", "POST", TwilioError.NUMBER_INVALID_METHOD, AttributeType.METHOD),
          attribute("statusCallback", null, AttributeType.URL),
          attribute("statusCallbackMethod", "POST", AttributeType.METHOD),
          statusCallbackEvent(),
          unsupported("byoc"),
          unsupported("machineDetection"),
          unsupported("machineDetectionTimeout"),
          unsupported("machineDetectionSpeechThreshold"),
          unsupported("machineDetectionSpeechEndThreshold"),
          unsupported("machineDetectionSilenceTimeout"),
          unsupported("amdStatusCallback"),
          unsupported("amdStatusCallbackMethod"));

  static final Element CLIENT =
      element(
          "Client",
          "client",
          attribute("url", null, AttributeType.URL),
          attribute("method", "POST", AttributeType.METHOD),
          attribute("statusCallback", null, AttributeType.URL),
          attribute("statusCallbackMethod", "POST", AttributeType.METHOD),
          statusCallbackEvent(),
          unsupported("clientNotificationUrl"));

  static final Element IDENTITY = element("Identity", "client");

  static final Element SIP =
      element(
              "Sip",
              "sip",
              attribute(
                      "username",
                      null,
                      TwilioError.SIP_INVALID_CREDENTIALS,
                      AttributeType.shorterThan(256))
                  .changingNothing("nobody asks for it"),
              attribute(
                      "password",
                      null,
                      TwilioError.SIP_INVALID_CREDENTIALS,
                      AttributeType.shorterThan(256))
                  .changingNothing("nobody asks for it"),
              attribute("url", null, AttributeType.URL),
              attribute("method", "POST", TwilioError.SIP_INVALID_METHOD, AttributeType.METHOD),
              attribute("statusCallback", null, AttributeType.URL),
              attribute("statusCallbackMethod", "POST", AttributeType.METHOD),
              statusCallbackEvent(),
              unsupported("machineDetection"),
              unsupported("machineDetectionTimeout"),
              unsupported("machineDetectionSpeechThreshold"),
              unsupported("machineDetectionSpeechEndThreshold"),
              unsupported("machineDetectionSilenceTimeout"),
              unsupported("amdStatusCallback"),
              unsupported("amdStatusCallbackMethod"))
          .approximated("no SIP is spoken; credentials and headers are kept and not asked for");

  static final Element CONFERENCE =
      element(
          "Conference",
          "conference",
          attribute("muted", "false", TwilioError.CONFERENCE_INVALID_MUTED, AttributeType.BOOLEAN),
          attribute(
                  "beep",
                  "true",
                  TwilioError.CONFERENCE_INVALID_BEEP,
                  AttributeType.oneOf("true", "false", "onEnter", "onExit"))
              .changingNothing("nobody hears a beep"),
          attribute(
              "startConferenceOnEnter",
              "true",
              TwilioError.CONFERENCE_INVALID_START_ON_ENTER,
              AttributeType.BOOLEAN),
          attribute(
              "endConferenceOnExit",
              "false",
              TwilioError.CONFERENCE_INVALID_END_ON_EXIT,
              AttributeType.BOOLEAN),
          attribute(
                  "waitUrl", null, TwilioError.CONFERENCE_INVALID_WAIT_URL, AttributeType.WAIT_URL)
              .approximated("without it Twilio's own music plays, which takes no request"),
          attribute(
              "waitMethod",
              "POST",
              TwilioError.CONFERENCE_INVALID_WAIT_METHOD,
              AttributeType.METHOD),
          attribute("maxParticipants", "250", AttributeType.integer(1, 250)),
          attribute("participantLabel", null, AttributeType.shorterThan(129)),
          attribute("statusCallback", null, AttributeType.URL),
          attribute("statusCallbackMethod", "POST", AttributeType.METHOD),
          attribute("statusCallbackEvent", null, AttributeType.listOf(ConferenceEvent.class))
              .approximated("start, end, join and leave happen; the others are named in a warning"),
          attribute(
                  "record",
                  "do-not-record",
                  AttributeType.oneOf("do-not-record", "record-from-start"))
              .approximated("ends when the participant leaves that first asked for it"),
          attribute(
              "trim",
              "trim-silence",
              TwilioError.CONFERENCE_INVALID_TRIM,
              AttributeType.oneOf(Trim.class)),
          attribute("recordingStatusCallback", null, AttributeType.URL),
          attribute("recordingStatusCallbackMethod", "POST", AttributeType.METHOD),
          attribute(
              "recordingStatusCallbackEvent",
              "completed",
              AttributeType.listOf(RecordingEvent.class)),
          unsupported("coach"),
          unsupported("jitterBufferSize"),
          unsupported("region"),
          unsupported("recordingConfigurationId"),
          unsupported("eventCallbackUrl"));

  static final Element QUEUE =
      element(
          "Queue",
          "queue",
          attribute("url", null, AttributeType.URL),
          attribute("method", "POST", AttributeType.METHOD),
          unsupported("reservationSid"),
          unsupported("postWorkActivitySid"));

  static final Element ENQUEUE =
      element(
          "Enqueue",
          "enqueue",
          attribute("action", null, AttributeType.URL_OR_EMPTY),
          attribute("method", "POST", AttributeType.METHOD),
          attribute("waitUrl", null, AttributeType.URL_OR_EMPTY)
              .approximated("without it Twilio's own music plays, which takes no request"),
          attribute("waitUrlMethod", "POST", AttributeType.METHOD),
          attribute("maxQueueSize", "100", AttributeType.integer(1, 5000)),
          unsupported("workflowSid"));

  static final Element LEAVE = element("Leave", "leave");

  private static Attribute statusCallbackEvent() {
    return attribute(
        "statusCallbackEvent", "completed", AttributeType.listOf(CallProgressEvent.class));
  }

  private DialTables() {}
}
