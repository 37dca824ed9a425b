package dev.ringback.twiml;

import static dev.ringback.twiml.Support.APPROXIMATED;
import static dev.ringback.twiml.Support.EMULATED;
import static dev.ringback.twiml.Support.NOT_EMULATED;

import dev.ringback.id.SidKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The elements and attributes Ringback knows, in the order of Twilio's pages, and how far it goes
 * with each. The reader checks documents against this table and the support page is printed from
 * it, so the two cannot disagree.
 */
public final class Grammar {
  private Grammar() {}

  /**
   * One attribute of an element.
   *
   * @param defaultValue as the page prints it; null: none
   * @param error raised when the value is not of its type
   * @param note what is approximated, or missing
   */
  public record Attribute(
      String name,
      AttributeType type,
      @Nullable String defaultValue,
      TwilioError error,
      Support support,
      String note) {

    Attribute approximated(String note) {
      return new Attribute(name, type, defaultValue, error, APPROXIMATED, note);
    }

    Attribute notEmulated() {
      return new Attribute(name, type, defaultValue, error, NOT_EMULATED, "");
    }

    /** What the value must be, as a phrase. */
    public String values() {
      return type.description();
    }
  }

  /**
   * One element.
   *
   * @param page its page at docs/voice/twiml
   * @param note what is approximated, or missing
   */
  public record Element(
      String name, String page, Support support, String note, List<Attribute> attributes) {
    Optional<Attribute> attribute(String name) {
      return attributes.stream().filter(a -> a.name().equals(name)).findFirst();
    }
  }

  static final Element RESPONSE =
      element("Response", "", attribute("version", null, TwilioError.INVALID_VERSION, version()));

  static final Element SAY =
      new Element(
          "Say",
          "say",
          APPROXIMATED,
          "lasts 0.4 s a word, at least 1 s; SSML is spoken as its text",
          List.of(
              attribute("voice", "man", AttributeType.TEXT).approximated("kept; no voice is heard"),
              attribute("language", "en-US", AttributeType.TEXT)
                  .approximated("kept; the rate is the same in every language"),
              attribute("loop", "1", TwilioError.SAY_INVALID_LOOP, AttributeType.integer(0))));

  static final Element PLAY =
      new Element(
          "Play",
          "play",
          APPROXIMATED,
          "lasts 5 s; the file is not fetched",
          List.of(
              attribute("loop", "1", TwilioError.PLAY_INVALID_LOOP, AttributeType.integer(0)),
              attribute(
                  "digits", null, TwilioError.PLAY_INVALID_DIGITS, AttributeType.PLAY_DIGITS)));

  static final Element PAUSE =
      element(
          "Pause",
          "pause",
          attribute("length", "1", TwilioError.PAUSE_INVALID_LENGTH, AttributeType.integer(1)));

  static final Element GATHER =
      new Element(
          "Gather",
          "gather",
          APPROXIMATED,
          "keys, nested prompts and time-outs; no speech",
          List.of(
              attribute("action", null, AttributeType.URL_OR_EMPTY),
              attribute("method", "POST", TwilioError.GATHER_INVALID_METHOD, AttributeType.METHOD),
              attribute(
                      "input",
                      "dtmf",
                      TwilioError.GATHER_INVALID_INPUT,
                      AttributeType.oneOf("dtmf", "speech", "dtmf speech", "speech dtmf"))
                  .approximated("keys are taken; speech is not recognised"),
              attribute(
                  "timeout", "5", TwilioError.GATHER_INVALID_TIMEOUT, AttributeType.integer(0)),
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
              unsupported("speechTimeout"),
              unsupported("maxSpeechTime"),
              unsupported("language"),
              unsupported("hints"),
              unsupported("profanityFilter"),
              unsupported("speechModel"),
              unsupported("enhanced"),
              unsupported("partialResultCallback"),
              unsupported("partialResultCallbackMethod"),
              unsupported("bargeIn"),
              unsupported("debug")));

  static final Element RECORD =
      new Element(
          "Record",
          "record",
          APPROXIMATED,
          "all its requests and times; no audio yet",
          List.of(
              attribute("action", null, AttributeType.URL_OR_EMPTY),
              attribute("method", "POST", TwilioError.RECORD_INVALID_METHOD, AttributeType.METHOD),
              attribute(
                  "timeout", "5", TwilioError.RECORD_INVALID_TIMEOUT, AttributeType.integer(0)),
              attribute(
                  "finishOnKey",
                  "1234567890*#",
                  TwilioError.RECORD_INVALID_FINISH_ON_KEY,
                  AttributeType.keys("1234567890*#", 12)),
              attribute(
                  "maxLength",
                  "3600",
                  TwilioError.RECORD_INVALID_MAX_LENGTH,
                  AttributeType.integer(1)),
              attribute(
                      "playBeep",
                      "true",
                      TwilioError.RECORD_INVALID_PLAY_BEEP,
                      AttributeType.BOOLEAN)
                  .approximated("the beep takes no time"),
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
              unsupported("transcribe"),
              unsupported("transcribeCallback"),
              unsupported("recordingConfigurationId")));

  static final Element REDIRECT =
      element(
          "Redirect",
          "redirect",
          attribute("method", "POST", TwilioError.REDIRECT_INVALID_METHOD, AttributeType.METHOD));

  static final Element REJECT =
      element(
          "Reject",
          "reject",
          attribute(
              "reason",
              "rejected",
              TwilioError.REJECT_INVALID_REASON,
              AttributeType.oneOf("rejected", "busy")));

  static final Element HANGUP = element("Hangup", "hangup");

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
          conversation("routingAssignmentTimeout", "5", AttributeType.integer(1)),
          conversation("inboundTimeout", "60", AttributeType.integer(1)),
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
              "statusCallbackEvent", "call-completed", AttributeType.listOf(SessionEvent.class)),
          conversation("url", null, AttributeType.URL),
          conversation("method", "POST", AttributeType.METHOD));

  /** Every element that runs, in the order of the support page. */
  public static final List<Element> ELEMENTS =
      List.of(
          RESPONSE,
          CONNECT,
          CONVERSATION,
          SAY,
          PLAY,
          PAUSE,
          GATHER,
          RECORD,
          REDIRECT,
          REJECT,
          HANGUP);

  /** Voice verbs of Twilio's that Ringback names in a warning and skips. */
  public static final List<String> VERBS_NOT_EMULATED =
      List.of(
          "Dial", "Enqueue", "Leave", "Refer", "Start", "Stop", "Pay", "Prompt", "Queue", "Echo",
          "Sms", "Message");

  /** Nouns of {@code <Connect>} that Ringback names in a warning and skips. */
  public static final List<String> NOUNS_NOT_EMULATED =
      List.of(
          "Stream",
          "ConversationRelay",
          "Room",
          "VirtualAgent",
          "Autopilot",
          "AiSession",
          "Assistant");

  /** Elements of SSML that may stand in a {@code <Say>}; their text is spoken. */
  static final Set<String> SSML =
      Set.of("break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w");

  static final Map<String, Element> VERBS =
      Stream.of(CONNECT, SAY, PLAY, PAUSE, GATHER, RECORD, REDIRECT, REJECT, HANGUP)
          .collect(Collectors.toUnmodifiableMap(Element::name, Function.identity()));

  private static AttributeType version() {
    return AttributeType.oneOf("2010-04-01", "2008-08-01");
  }

  private static Element element(String name, String page, Attribute... attributes) {
    return new Element(name, page, EMULATED, "", List.of(attributes));
  }

  private static Attribute attribute(
      String name, @Nullable String defaultValue, TwilioError error, AttributeType type) {
    return new Attribute(name, type, defaultValue, error, EMULATED, "");
  }

  private static Attribute attribute(
      String name, @Nullable String defaultValue, AttributeType type) {
    return attribute(name, defaultValue, TwilioError.SCHEMA_VALIDATION_WARNING, type);
  }

  private static Attribute conversation(
      String name, @Nullable String defaultValue, AttributeType type) {
    return attribute(name, defaultValue, TwilioError.CONVERSATION_INVALID_ATTRIBUTES, type);
  }

  private static Attribute unsupported(String name) {
    return attribute(name, null, AttributeType.TEXT).notEmulated();
  }
}
