package dev.ringback.twiml;

import static dev.ringback.twiml.Support.APPROXIMATED;
import static dev.ringback.twiml.Support.EMULATED;
import static dev.ringback.twiml.Support.NOT_EMULATED;

import dev.ringback.words.DidYouMean;
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
      AttributeType<?> type,
      @Nullable String defaultValue,
      TwilioError error,
      Support support,
      String note) {

    Attribute approximated(String note) {
      return new Attribute(name, type, defaultValue, error, APPROXIMATED, note);
    }

    /**
     * Its values are checked, and nothing that can be observed depends on them.
     *
     * @param why a clause
     */
    Attribute changingNothing(String why) {
      return approximated(CHANGES_NOTHING + ": " + why);
    }

    Attribute notEmulated() {
      return new Attribute(name, type, defaultValue, error, NOT_EMULATED, "");
    }

    /** The value of an attribute that the document leaves out; null: none. */
    @Nullable Object whenLeftOut() {
      return defaultValue == null ? null : type.reader().read(defaultValue);
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
    Element approximated(String note) {
      return new Element(name, page, APPROXIMATED, note, attributes);
    }

    /** The attribute of that name; empty: the element has none. */
    public Optional<Attribute> attribute(String name) {
      return attributes.stream().filter(a -> a.name().equals(name)).findFirst();
    }
  }

  /** How the note of an attribute begins that is checked and of which nothing depends. */
  public static final String CHANGES_NOTHING = "checked, and changes nothing";

  static final Element RESPONSE =
      element(
          "Response",
          "",
          attribute("version", null, TwilioError.INVALID_VERSION, version())
              .changingNothing("both are read alike"));

  /** Every element that runs, in the order of the support page. */
  public static final List<Element> ELEMENTS =
      List.of(
          RESPONSE,
          ConnectTables.CONNECT,
          ConnectTables.CONVERSATION,
          ConnectTables.CONNECT_STREAM,
          PromptTables.SAY,
          PromptTables.PLAY,
          PromptTables.PAUSE,
          PromptTables.GATHER,
          PromptTables.RECORD,
          DialTables.DIAL,
          DialTables.NUMBER,
          DialTables.CLIENT,
          DialTables.IDENTITY,
          DialTables.SIP,
          DialTables.CONFERENCE,
          DialTables.QUEUE,
          DialTables.ENQUEUE,
          DialTables.LEAVE,
          FlowTables.REDIRECT,
          FlowTables.REJECT,
          FlowTables.HANGUP,
          FlowTables.REFER,
          ConnectTables.START,
          ConnectTables.STOP,
          ConnectTables.STREAM,
          ConnectTables.CALL_RECORDING,
          ConnectTables.PARAMETER);

  /** Voice verbs of Twilio's that Ringback names in a warning and skips. */
  public static final List<String> VERBS_NOT_EMULATED =
      List.of("Pay", "Prompt", "Queue", "Echo", "Sms", "Message");

  /** Nouns of {@code <Connect>} that Ringback names in a warning and skips. */
  public static final List<String> NOUNS_NOT_EMULATED =
      List.of("ConversationRelay", "Room", "VirtualAgent", "Autopilot", "AiSession", "Assistant");

  /** Nouns of {@code <Start>} and {@code <Stop>} that Ringback names in a warning and skips. */
  public static final List<String> BACKGROUND_NOT_EMULATED = List.of("Siprec", "Transcription");

  /** Nouns of {@code <Dial>} that Ringback names in a warning and skips. */
  public static final List<String> DIAL_NOUNS_NOT_EMULATED =
      List.of("Application", "WhatsApp", "Sim");

  /** What may stand in an {@code <Enqueue>} and Ringback names in a warning and skips. */
  public static final List<String> ENQUEUE_NOUNS_NOT_EMULATED = List.of("Task");

  /** Elements of SSML that may stand in a {@code <Say>}; their text is spoken. */
  static final Set<String> SSML =
      Set.of("break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w");

  /** Those of SSML between which words do not run together. */
  static final Set<String> SEPARATING = Set.of("break", "p", "s");

  /** The verbs, by name. */
  public static final Map<String, Element> VERBS =
      Stream.of(
              ConnectTables.CONNECT,
              PromptTables.SAY,
              PromptTables.PLAY,
              PromptTables.PAUSE,
              PromptTables.GATHER,
              PromptTables.RECORD,
              DialTables.DIAL,
              DialTables.ENQUEUE,
              DialTables.LEAVE,
              FlowTables.REDIRECT,
              FlowTables.REJECT,
              FlowTables.HANGUP,
              FlowTables.REFER,
              ConnectTables.START,
              ConnectTables.STOP)
          .collect(Collectors.toUnmodifiableMap(Element::name, Function.identity()));

  /**
   * Ends a sentence about an unknown element: the known one that was probably meant, or nothing.
   */
  static String meant(String name) {
    Set<String> known =
        ELEMENTS.stream().map(Element::name).collect(Collectors.toUnmodifiableSet());
    return known.contains(name)
        ? ""
        : DidYouMean.slip(name, known).map(n -> "; did you mean <" + n + ">?").orElse("");
  }

  private static AttributeType<String> version() {
    return AttributeType.oneOf("2010-04-01", "2008-08-01");
  }

  // How the tables are written

  static Element element(String name, String page, Attribute... attributes) {
    return new Element(name, page, EMULATED, "", List.of(attributes));
  }

  static Attribute attribute(
      String name, @Nullable String defaultValue, TwilioError error, AttributeType<?> type) {
    return new Attribute(name, type, defaultValue, error, EMULATED, "");
  }

  static Attribute attribute(String name, @Nullable String defaultValue, AttributeType<?> type) {
    return attribute(name, defaultValue, TwilioError.SCHEMA_VALIDATION_WARNING, type);
  }

  static Attribute unsupported(String name) {
    return attribute(name, null, AttributeType.TEXT).notEmulated();
  }
}
