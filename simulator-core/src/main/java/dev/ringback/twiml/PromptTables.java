package dev.ringback.twiml;

import static dev.ringback.twiml.Grammar.attribute;
import static dev.ringback.twiml.Grammar.element;
import static dev.ringback.twiml.Grammar.unsupported;

import dev.ringback.twiml.Grammar.Attribute;
import dev.ringback.twiml.Grammar.Element;

/**
 * What a caller hears and is asked for: docs/voice/twiml/say, play, pause, gather, record; defaults
 * and values as those pages print them.
 */
final class PromptTables {
  /** docs/voice/twiml/play, "loop": how often 0 is heard. */
  static final int MOST_LOOPS = 1000;

  static final Element SAY =
      say(
          attribute("voice", "man", TwilioError.SAY_INVALID_VOICE, AttributeType.VOICE)
              .changingNothing("recordings have one voice a party"),
          attribute("loop", "1", TwilioError.SAY_INVALID_LOOP, AttributeType.integer(0)));

  /** The same within a Gather, where Twilio has other codes for two of its attributes. */
  static final Element SAY_IN_GATHER =
      say(
          attribute("voice", "man", TwilioError.GATHER_SAY_INVALID_VOICE, AttributeType.VOICE),
          attribute("loop", "1", TwilioError.GATHER_SAY_INVALID_LOOP, AttributeType.integer(0)));

  private static Element say(Attribute voice, Attribute loop) {
    return element(
            "Say",
            "say",
            voice,
            attribute(
                "language", "en-US", TwilioError.SAY_INVALID_LANGUAGE, AttributeType.LANGUAGE),
            loop)
        .approximated(
            "lasts as long as its words at the language's rate (see CONFIGURATION.md), at least 1 s;"
                + " of SSML only the text and the pauses of `<break>` count");
  }

  static final Element PLAY =
      element(
          "Play",
          "play",
          attribute("loop", "1", TwilioError.PLAY_INVALID_LOOP, AttributeType.integer(0)),
          attribute("digits", null, TwilioError.PLAY_INVALID_DIGITS, AttributeType.PLAY_DIGITS));

  static final Element PAUSE =
      element(
          "Pause",
          "pause",
          attribute("length", "1", TwilioError.PAUSE_INVALID_LENGTH, AttributeType.seconds(1)));

  static final Element GATHER =
      element(
              "Gather",
              "gather",
              attribute("action", null, AttributeType.URL_OR_EMPTY),
              attribute("method", "POST", TwilioError.GATHER_INVALID_METHOD, AttributeType.METHOD),
              attribute(
                  "input",
                  "dtmf",
                  TwilioError.GATHER_INVALID_INPUT,
                  AttributeType.oneOf("dtmf", "speech", "dtmf speech", "speech dtmf")),
              attribute(
                  "timeout", "5", TwilioError.GATHER_INVALID_TIMEOUT, AttributeType.seconds(0)),
              attribute(
                  "finishOnKey",
                  "#",
                  TwilioError.GATHER_INVALID_FINISH_ON_KEY,
                  AttributeType.keys("1234567890*#", 1)),
              attribute(
                  "numDigits",
                  null,
                  TwilioError.GATHER_INVALID_NUM_DIGITS,
                  AttributeType.integer(1)),
              attribute(
                  "actionOnEmptyResult",
                  "false",
                  TwilioError.GATHER_INVALID_ACTION_ON_EMPTY_RESULT,
                  AttributeType.BOOLEAN),
              attribute(
                  "speechTimeout",
                  null,
                  TwilioError.GATHER_INVALID_SPEECH_TIMEOUT,
                  AttributeType.SPEECH_TIMEOUT),
              attribute(
                  "maxSpeechTime",
                  "60",
                  TwilioError.GATHER_INVALID_MAX_SPEECH_TIME,
                  AttributeType.seconds(1)),
              attribute(
                      "language",
                      "en-US",
                      TwilioError.GATHER_INVALID_LANGUAGE,
                      AttributeType.LANGUAGE_AND_REGION)
                  .changingNothing("the caller's words arrive as the scenario has them"),
              attribute("hints", null, TwilioError.GATHER_INVALID_HINTS, AttributeType.HINTS)
                  .changingNothing("recognition does not need them"),
              attribute(
                      "profanityFilter",
                      "true",
                      TwilioError.GATHER_INVALID_PROFANITY_FILTER,
                      AttributeType.BOOLEAN)
                  .approximated("masks a short list of English words"),
              attribute(
                      "speechModel",
                      "default",
                      TwilioError.GATHER_INVALID_MODEL,
                      AttributeType.SPEECH_MODEL)
                  .changingNothing("nothing is recognised from audio"),
              attribute("enhanced", "false", AttributeType.BOOLEAN)
                  .changingNothing("nothing is recognised from audio"),
              attribute("partialResultCallback", null, AttributeType.URL),
              attribute(
                  "partialResultCallbackMethod",
                  "POST",
                  TwilioError.GATHER_INVALID_PARTIAL_RESULT_METHOD,
                  AttributeType.METHOD),
              attribute(
                  "bargeIn", "true", TwilioError.GATHER_INVALID_BARGE_IN, AttributeType.BOOLEAN),
              unsupported("debug"))
          .approximated("speech is what a party is told to say; nothing is recognised from audio");

  static final Element RECORD =
      element(
          "Record",
          "record",
          attribute("action", null, AttributeType.URL_OR_EMPTY),
          attribute("method", "POST", TwilioError.RECORD_INVALID_METHOD, AttributeType.METHOD),
          attribute("timeout", "5", TwilioError.RECORD_INVALID_TIMEOUT, AttributeType.seconds(0)),
          attribute(
              "finishOnKey",
              "1234567890*#",
              TwilioError.RECORD_INVALID_FINISH_ON_KEY,
              AttributeType.keys("1234567890*#", 12)),
          attribute(
              "maxLength",
              "3600",
              TwilioError.RECORD_INVALID_MAX_LENGTH,
              AttributeType.seconds(1, 14_400)),
          attribute("playBeep", "true", TwilioError.RECORD_INVALID_PLAY_BEEP, AttributeType.BOOLEAN)
              .changingNothing("the beep takes no time and is not recorded"),
          attribute(
              "trim",
              "trim-silence",
              TwilioError.RECORD_INVALID_TRIM,
              AttributeType.oneOf(Trim.class)),
          attribute("recordingStatusCallback", null, AttributeType.URL),
          attribute("recordingStatusCallbackMethod", "POST", AttributeType.METHOD),
          attribute(
              "recordingStatusCallbackEvent",
              "completed",
              TwilioError.RECORD_INVALID_STATUS_CALLBACK_EVENT,
              AttributeType.listOf(RecordingEvent.class)),
          attribute(
                  "transcribe",
                  "false",
                  TwilioError.RECORD_INVALID_TRANSCRIBE,
                  AttributeType.BOOLEAN)
              .approximated("the text is what the caller was told to say"),
          attribute(
              "transcribeCallback",
              null,
              TwilioError.INVALID_TRANSCRIBE_CALLBACK,
              AttributeType.URL),
          unsupported("recordingConfigurationId"));

  private PromptTables() {}
}
