package dev.ringback.twiml;

import dev.ringback.twiml.Grammar.Element;
import dev.ringback.twiml.Noun.Conversation;
import dev.ringback.twiml.Noun.InvalidConversation;
import dev.ringback.twiml.Verb.Connect;
import dev.ringback.twiml.Verb.Gather;
import dev.ringback.twiml.Verb.Hangup;
import dev.ringback.twiml.Verb.Pause;
import dev.ringback.twiml.Verb.Play;
import dev.ringback.twiml.Verb.Prompt;
import dev.ringback.twiml.Verb.Redirect;
import dev.ringback.twiml.Verb.Reject;
import dev.ringback.twiml.Verb.Say;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads TwiML as Twilio does: what is wrong with the whole document makes it unreadable, what is
 * wrong with a part is a finding and the rest runs (docs/voice/twiml; error dictionary 12100,
 * 12101, 12102, 12200, 11750).
 */
public final class TwimlReader {
  /** 64 kB, the most Twilio takes (error 11750). */
  public static final int MAX_BYTES = 64 * 1024;

  private static final Set<String> PROMPTS = Set.of("Say", "Play", "Pause");
  private static final int MAX_FINDINGS = 100;

  /** docs/voice/twiml/say, "limits": characters in a basic voice, and in a neural one. */
  public static final int MOST_TEXT = 4096;

  private static final int MOST_NEURAL_TEXT = 3000;

  /** docs/voice/twiml/enqueue and conference: characters of a name. */
  static final int MOST_NAME = 64;

  private static final Duration LONGEST_TRANSCRIPTION = Duration.ofMinutes(2);

  /** A break without a time; SSML's "medium". */
  private static final Duration USUAL_BREAK = Duration.ofMillis(750);

  /** Amazon and Google allow 10 s a break; more than this in one Say is a mistake. */
  private static final Duration LONGEST_BREAKS = Duration.ofMinutes(10);

  /** What {@code speechTimeout="auto"} comes to: the first pause in speech. */
  private static final Duration AUTO_SPEECH_TIMEOUT = Duration.ofSeconds(1);

  private final List<Finding> findings = new ArrayList<>();

  private TwimlReader() {}

  /** Reads a document; never throws. */
  public static Reading read(String text) {
    if (text.length() > MAX_BYTES
        || (text.length() > MAX_BYTES / 3
            && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES)) {
      return new Reading.Unreadable(
          Finding.of(
              TwilioError.TWIML_TOO_LARGE,
              Position.START,
              "The document is larger than 64 kB, the most Twilio reads"));
    }
    if (text.isBlank()) {
      return new Reading.Unreadable(
          Finding.of(
              TwilioError.DOCUMENT_PARSE_FAILURE,
              Position.START,
              "The document is empty; answer <Response/> to do nothing"));
    }
    try {
      return new TwimlReader().document(XmlTree.read(withoutByteOrderMark(text)));
    } catch (XmlTree.MalformedXml e) {
      return new Reading.Unreadable(
          Finding.of(
              TwilioError.DOCUMENT_PARSE_FAILURE, e.at, "Not well-formed XML: " + e.getMessage()));
    }
  }

  private static String withoutByteOrderMark(String text) {
    return text.charAt(0) == '\uFEFF' ? text.substring(1) : text;
  }

  private Reading document(Tag root) {
    if (!root.name.equals(Grammar.RESPONSE.name())) {
      return new Reading.Unreadable(
          Finding.of(
              TwilioError.INVALID_ROOT_ELEMENT,
              root.at,
              "The root element must be <Response> (its case matters), not <" + root.name + ">"));
    }
    Finding version = Attributes.of(root, Grammar.RESPONSE, findings).firstError();
    if (version != null) {
      return new Reading.Unreadable(version);
    }
    noText(root);
    List<Verb> verbs = new ArrayList<>();
    for (Tag tag : root.children) {
      Verb verb = verb(tag);
      if (verb != null) {
        verbs.add(verb);
      }
    }
    return new Reading.Document(List.copyOf(verbs), findings.stream().limit(MAX_FINDINGS).toList());
  }

  private @Nullable Verb verb(Tag tag) {
    Element element = Grammar.VERBS.get(tag.name);
    if (element == null) {
      if (Grammar.VERBS_NOT_EMULATED.contains(tag.name)) {
        findings.add(
            Finding.notEmulated(tag.at, "<" + tag.name + "> is not emulated; it is skipped"));
        return new Verb.NotEmulated(tag.name);
      } else {
        schema(tag.at, "<" + tag.name + "> is not allowed in <Response>; it is skipped");
      }
      return null;
    }
    Attributes attributes = Attributes.of(tag, element, findings);
    return switch (tag.name) {
      case "Say" -> say(tag, attributes);
      case "Play" -> play(tag, attributes);
      case "Pause" -> pause(tag, attributes);
      case "Gather" -> gather(tag, attributes);
      case "Record" -> record(tag, attributes);
      case "Redirect" -> redirect(tag, attributes);
      case "Reject" -> reject(tag, attributes);
      case "Hangup" -> hangup(tag);
      case "Connect" -> connect(tag, attributes);
      case "Dial" -> new DialReader(findings).dial(tag, attributes, this::parameters);
      case "Enqueue" -> enqueue(tag, attributes);
      case "Leave" -> {
        noChildren(tag);
        yield new Verb.Leave();
      }
      case "Refer" -> new Verb.Refer();
      case "Start" -> start(tag);
      case "Stop" -> stop(tag);
      default -> throw new IllegalStateException("Grammar.VERBS has " + tag.name);
    };
  }

  private @Nullable Say say(Tag tag, Attributes attributes) {
    for (Tag child : tag.children) {
      if (!Grammar.SSML.contains(child.name)) {
        schema(child.at, "<" + child.name + "> is not allowed in <Say>; it is ignored");
      }
    }
    String text = tag.foldedText();
    Duration breaks = breaks(tag);
    if (text.isEmpty() && breaks.isZero()) {
      find(TwilioError.SAY_INVALID_TEXT, tag.at, "<Say> has no text to speak; it is skipped");
      return null;
    }
    String voice = attributes.required("voice");
    int most = voice.contains("Neural") ? MOST_NEURAL_TEXT : MOST_TEXT;
    if (text.length() > most) {
      find(
          TwilioError.SAY_TOO_LONG,
          tag.at,
          "<Say> has %d characters, more than the %d of this voice; it is skipped"
              .formatted(text.length(), most));
      return null;
    }
    return new Say(
        text, voice, attributes.required("language"), attributes.integer("loop"), breaks);
  }

  /** SSML's pauses: {@code <break time="2s"/>}, {@code 300ms}, or a strength. */
  private Duration breaks(Tag tag) {
    Duration breaks = Duration.ZERO;
    for (Tag child : tag.children) {
      if (child.name.equals("break")) {
        breaks = breaks.plus(breakTime(child));
      } else if (child.name.equals("prosody")) {
        checkRate(child);
      }
      breaks = breaks.plus(breaks(child));
    }
    return breaks.compareTo(LONGEST_BREAKS) > 0 ? LONGEST_BREAKS : breaks;
  }

  private Duration breakTime(Tag tag) {
    String time = tag.attributes.get("time");
    if (time == null) {
      return "none".equals(tag.attributes.get("strength")) ? Duration.ZERO : USUAL_BREAK;
    }
    if (!time.matches("\\d{1,5}m?s")) {
      schema(
          tag.positionOf("time"),
          "time of <break> must be a duration such as 2s or 300ms, not '" + time + "'");
      return USUAL_BREAK;
    }
    return time.endsWith("ms")
        ? Duration.ofMillis(Integer.parseInt(time.substring(0, time.length() - 2)))
        : Duration.ofSeconds(Integer.parseInt(time.substring(0, time.length() - 1)));
  }

  private void checkRate(Tag prosody) {
    String rate = prosody.attributes.get("rate");
    if (rate != null && !rate.matches("x-slow|slow|medium|fast|x-fast|default|\\d{1,3}%")) {
      find(
          TwilioError.SAY_INVALID_RATE,
          prosody.positionOf("rate"),
          "rate of <prosody> must be x-slow, slow, medium, fast, x-fast or a percentage, not '"
              + rate
              + "'");
    }
  }

  private @Nullable Play play(Tag tag, Attributes attributes) {
    noChildren(tag);
    String digits = attributes.text("digits");
    String url = tag.foldedText();
    if (url.isEmpty() && digits == null) {
      schema(tag.at, "<Play> names no file and no digits; it is skipped");
      return null;
    }
    if (digits != null && !url.isEmpty()) {
      schema(tag.at, "<Play digits> holds no text; the digits are played");
    }
    return new Play(digits == null ? url : "", attributes.integer("loop"), digits, null);
  }

  private Pause pause(Tag tag, Attributes attributes) {
    noChildren(tag);
    return new Pause(attributes.seconds("length"));
  }

  private Gather gather(Tag tag, Attributes attributes) {
    List<Prompt> prompts = new ArrayList<>();
    for (Tag child : tag.children) {
      if (child.name.equals("Say")) {
        Say say = say(child, Attributes.of(child, PromptTables.SAY_IN_GATHER, findings));
        if (say != null) {
          prompts.add(say);
        }
      } else if (PROMPTS.contains(child.name)) {
        Verb verb = verb(child);
        if (verb instanceof Play play && play.digits() != null) {
          find(
              TwilioError.PLAY_INVALID_DIGITS,
              child.at,
              "<Play digits> is not allowed in <Gather>; it is ignored");
        } else if (verb instanceof Prompt prompt) {
          prompts.add(prompt);
        }
      } else {
        findings.add(
            Finding.of(
                TwilioError.GATHER_INVALID_NESTED_VERB,
                child.at,
                "<" + child.name + "> is not allowed in <Gather>; it is ignored"));
      }
    }
    String input = attributes.required("input");
    return new Gather(
        attributes.text("action"),
        attributes.method("method"),
        input.contains("dtmf"),
        input.contains("speech") ? speech(tag, attributes) : null,
        attributes.seconds("timeout"),
        attributes.required("finishOnKey"),
        attributes.optionalInteger("numDigits"),
        attributes.flag("actionOnEmptyResult"),
        List.copyOf(prompts));
  }

  private Verb.Speech speech(Tag tag, Attributes attributes) {
    String timeout = attributes.text("speechTimeout");
    boolean auto = "auto".equals(timeout);
    if (auto
        && tag.attributes.containsKey("speechModel")
        && attributes.required("speechModel").equals("default")) {
      find(
          TwilioError.GATHER_AUTO_WITH_DEFAULT_MODEL,
          tag.positionOf("speechTimeout"),
          "speechTimeout=\"auto\" does not go with speechModel=\"default\"; leave one of them out");
    }
    return new Verb.Speech(
        auto
            ? AUTO_SPEECH_TIMEOUT
            : timeout == null
                ? attributes.seconds("timeout")
                : Duration.ofSeconds(Integer.parseInt(timeout)),
        attributes.seconds("maxSpeechTime"),
        attributes.required("language"),
        Objects.requireNonNullElse(attributes.text("hints"), ""),
        attributes.flag("profanityFilter"),
        attributes.required("speechModel"),
        attributes.flag("enhanced"),
        attributes.text("partialResultCallback"),
        attributes.method("partialResultCallbackMethod"),
        attributes.flag("bargeIn"));
  }

  private Verb.Record record(Tag tag, Attributes attributes) {
    noChildren(tag);
    boolean transcribes =
        attributes.flag("transcribe") || attributes.text("transcribeCallback") != null;
    boolean longer = tag.attributes.containsKey("maxLength");
    Duration maxLength = attributes.seconds("maxLength");
    if (transcribes && longer && maxLength.compareTo(LONGEST_TRANSCRIPTION) > 0) {
      find(
          TwilioError.RECORD_TOO_LONG_TO_TRANSCRIBE,
          tag.positionOf("maxLength"),
          "a recording that is to be transcribed is at most 120 s long; nothing is transcribed");
      transcribes = false;
    }
    return new Verb.Record(
        attributes.text("action"),
        attributes.method("method"),
        attributes.seconds("timeout"),
        attributes.required("finishOnKey"),
        transcribes && !longer ? LONGEST_TRANSCRIPTION : maxLength,
        attributes.flag("playBeep"),
        attributes.oneOf(Trim.class, "trim"),
        attributes.text("recordingStatusCallback"),
        attributes.method("recordingStatusCallbackMethod"),
        attributes.setOf(RecordingEvent.class, "recordingStatusCallbackEvent"),
        transcribes,
        attributes.text("transcribeCallback"));
  }

  private Redirect redirect(Tag tag, Attributes attributes) {
    noChildren(tag);
    String url = tag.foldedText();
    return new Redirect(url, attributes.method("method"));
  }

  private Reject reject(Tag tag, Attributes attributes) {
    noChildren(tag);
    return new Reject(attributes.required("reason").equals("busy"));
  }

  private @Nullable Verb enqueue(Tag tag, Attributes attributes) {
    for (Tag child : tag.children) {
      stranger(child, tag, Grammar.ENQUEUE_NOUNS_NOT_EMULATED);
    }
    String name = tag.foldedText();
    if (name.isEmpty() || name.length() > MOST_NAME) {
      schema(
          tag.at,
          "<Enqueue> must hold the name of a queue, at most %d characters; it is skipped"
              .formatted(MOST_NAME));
      return null;
    }
    return new Verb.Enqueue(
        name,
        attributes.text("action"),
        attributes.method("method"),
        attributes.text("waitUrl"),
        attributes.method("waitUrlMethod"),
        attributes.integer("maxQueueSize"));
  }

  private Hangup hangup(Tag tag) {
    noChildren(tag);
    return new Hangup();
  }

  private @Nullable Connect connect(Tag tag, Attributes attributes) {
    noText(tag);
    Noun noun = null;
    for (Tag child : tag.children) {
      if (noun != null) {
        schema(child.at, "<Connect> takes one noun; this <" + child.name + "> is ignored");
        continue;
      }
      switch (child.name) {
        case "Conversation" -> noun = conversation(child);
        case "Stream" -> {
          Background.Stream stream = stream(child, ConnectTables.CONNECT_STREAM);
          noun = stream == null ? null : new Noun.Stream(stream);
        }
        default -> stranger(child, tag, Grammar.NOUNS_NOT_EMULATED);
      }
    }
    if (noun == null) {
      schema(tag.at, "<Connect> has no <Conversation> to connect to; it is skipped");
      return null;
    }
    return new Connect(attributes.text("action"), attributes.method("method"), noun);
  }

  /** A child that cannot stand there, or is not emulated. */
  private void stranger(Tag child, Tag parent, List<String> notEmulated) {
    if (notEmulated.contains(child.name)) {
      findings.add(
          Finding.notEmulated(
              child.at,
              "<%s><%s> is not emulated; it is skipped".formatted(parent.name, child.name)));
    } else {
      schema(
          child.at,
          "<%s> is not allowed in <%s>; it is ignored".formatted(child.name, parent.name));
    }
  }

  private Noun conversation(Tag tag) {
    noChildren(tag);
    noText(tag);
    Attributes attributes = Attributes.of(tag, ConnectTables.CONVERSATION, findings);
    Finding error = attributes.firstError();
    if (error != null) {
      return new InvalidConversation(error);
    }
    if (attributes.text("serviceInstanceSid") == null) {
      Finding missing =
          Finding.of(
              TwilioError.CONVERSATION_INVALID_ATTRIBUTES,
              tag.at,
              "<Conversation> needs serviceInstanceSid, the SID (IS…) of the Frontline"
                  + " Conversations Service");
      findings.add(missing);
      return new InvalidConversation(missing);
    }
    adviseOnRecording(tag, attributes);
    return new Conversation(
        attributes.sid("serviceInstanceSid"),
        attributes.flag("inboundAutocreation"),
        attributes.seconds("routingAssignmentTimeout"),
        attributes.seconds("inboundTimeout"),
        attributes.oneOf(RecordMode.class, "record"),
        attributes.oneOf(Trim.class, "trim"),
        attributes.text("recordingStatusCallback"),
        attributes.method("recordingStatusCallbackMethod"),
        attributes.setOf(RecordingEvent.class, "recordingStatusCallbackEvent"),
        attributes.text("statusCallback"),
        attributes.method("statusCallbackMethod"),
        attributes.setOf(SessionEvent.class, "statusCallbackEvent"),
        attributes.text("url"),
        attributes.method("method"));
  }

  /** What the page asks for and what works without all the same. */
  private void adviseOnRecording(Tag tag, Attributes attributes) {
    String callback = attributes.text("recordingStatusCallback");
    if (callback != null && !callback.matches("https?://.*")) {
      schema(
          tag.positionOf("recordingStatusCallback"),
          "recordingStatusCallback should be an absolute URL; '"
              + callback
              + "' is resolved against the document's URL");
    }
    if (tag.attributes.containsKey("trim")
        && !attributes.oneOf(RecordMode.class, "record").records()) {
      schema(tag.positionOf("trim"), "trim has no effect without record");
    }
  }

  // Start and Stop

  private Background.@Nullable Stream stream(Tag tag, Element element) {
    noText(tag);
    Attributes attributes = Attributes.of(tag, element, findings);
    String url = attributes.text("url");
    if (url == null) {
      if (!tag.attributes.containsKey("url")) {
        schema(tag.at, "<Stream> needs a url, wss://…; it is skipped");
      }
      return null;
    }
    if (attributes.firstError() != null) {
      return null;
    }
    return new Background.Stream(
        url,
        attributes.text("name"),
        attributes.required("track"),
        attributes.text("statusCallback"),
        attributes.method("statusCallbackMethod"),
        parameters(tag));
  }

  private Map<String, String> parameters(Tag tag) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (Tag child : tag.children) {
      if (child.name.equals(ConnectTables.PARAMETER.name())) {
        Attributes attributes = Attributes.of(child, ConnectTables.PARAMETER, findings);
        String name = attributes.text("name");
        String value = attributes.text("value");
        if (name == null || value == null) {
          schema(child.at, "<Parameter> needs a name and a value; it is ignored");
        } else {
          parameters.put(name, value);
        }
      } else if (!child.name.equals(DialTables.IDENTITY.name())) {
        stranger(child, tag, List.of());
      }
    }
    return Collections.unmodifiableMap(parameters);
  }

  private @Nullable Verb start(Tag tag) {
    Background noun = background(tag, true);
    return noun == null ? null : new Verb.Start(noun);
  }

  private @Nullable Verb stop(Tag tag) {
    Background noun = background(tag, false);
    return noun == null ? null : new Verb.Stop(noun);
  }

  private @Nullable Background background(Tag tag, boolean starts) {
    noText(tag);
    Background noun = null;
    for (Tag child : tag.children) {
      if (noun != null) {
        schema(
            child.at, "<%s> takes one noun; this <%s> is ignored".formatted(tag.name, child.name));
        continue;
      }
      switch (child.name) {
        case "Stream" -> {
          if (starts) {
            noun = stream(child, ConnectTables.STREAM);
          } else {
            Attributes attributes = Attributes.of(child, ConnectTables.STREAM, findings);
            noun =
                new Background.Stream(
                    "", attributes.text("name"), "inbound_track", null, HttpMethod.POST, Map.of());
          }
        }
        case "Recording" -> noun = callRecording(child);
        default -> stranger(child, tag, Grammar.BACKGROUND_NOT_EMULATED);
      }
    }
    if (noun == null) {
      schema(tag.at, "<" + tag.name + "> has nothing to " + (starts ? "start" : "stop"));
    }
    return noun;
  }

  private Background callRecording(Tag tag) {
    noChildren(tag);
    Attributes attributes = Attributes.of(tag, ConnectTables.CALL_RECORDING, findings);
    return new Background.CallRecording(
        new Verb.RecordingOrder(
            RecordMode.RECORD_FROM_ANSWER_DUAL,
            attributes.oneOf(Trim.class, "trim"),
            attributes.oneOf(RecordingTrack.class, "track"),
            attributes.text("recordingStatusCallback"),
            attributes.method("recordingStatusCallbackMethod"),
            attributes.setOf(RecordingEvent.class, "recordingStatusCallbackEvent")));
  }

  // What is said everywhere

  private void find(TwilioError error, Position at, String message) {
    findings.add(Finding.of(error, at, message));
  }

  private void noText(Tag tag) {
    if (!tag.foldedText().isEmpty()) {
      schema(tag.at, "Text is not allowed in <" + tag.name + ">; it is ignored");
    }
  }

  private void noChildren(Tag tag) {
    for (Tag child : tag.children) {
      schema(child.at, "<" + child.name + "> is not allowed in <" + tag.name + ">; it is ignored");
    }
  }

  private void schema(Position at, String message) {
    findings.add(Finding.of(TwilioError.SCHEMA_VALIDATION_WARNING, at, message));
  }
}
