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
import java.util.ArrayList;
import java.util.List;
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
            Finding.notEmulated(tag.at, "<" + tag.name + "> is not emulated yet; it is skipped"));
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
    if (text.isEmpty()) {
      findings.add(
          Finding.of(
              TwilioError.SAY_INVALID_TEXT, tag.at, "<Say> has no text to speak; it is skipped"));
      return null;
    }
    return new Say(
        text,
        attributes.required("voice"),
        attributes.required("language"),
        attributes.integer("loop"));
  }

  private @Nullable Play play(Tag tag, Attributes attributes) {
    noChildren(tag);
    String digits = attributes.text("digits");
    String url = tag.foldedText();
    if (url.isEmpty() && digits == null) {
      schema(tag.at, "<Play> names no file and no digits; it is skipped");
      return null;
    }
    return new Play(url, attributes.integer("loop"), digits);
  }

  private Pause pause(Tag tag, Attributes attributes) {
    noChildren(tag);
    return new Pause(attributes.seconds("length"));
  }

  private Gather gather(Tag tag, Attributes attributes) {
    List<Prompt> prompts = new ArrayList<>();
    for (Tag child : tag.children) {
      if (PROMPTS.contains(child.name)) {
        if (verb(child) instanceof Prompt prompt) {
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
    if (attributes.required("input").contains("speech")) {
      findings.add(
          Finding.notEmulated(
              tag.positionOf("input"), "Speech input of <Gather> is not emulated yet; keys are"));
    }
    return new Gather(
        attributes.text("action"),
        attributes.method("method"),
        attributes.seconds("timeout"),
        attributes.required("finishOnKey"),
        attributes.optionalInteger("numDigits"),
        attributes.flag("actionOnEmptyResult"),
        List.copyOf(prompts));
  }

  private Verb.Record record(Tag tag, Attributes attributes) {
    noChildren(tag);
    return new Verb.Record(
        attributes.text("action"),
        attributes.method("method"),
        attributes.seconds("timeout"),
        attributes.required("finishOnKey"),
        attributes.seconds("maxLength"),
        attributes.flag("playBeep"),
        attributes.oneOf(Trim.class, "trim"),
        attributes.text("recordingStatusCallback"),
        attributes.method("recordingStatusCallbackMethod"),
        attributes.setOf(RecordingEvent.class, "recordingStatusCallbackEvent"));
  }

  private @Nullable Redirect redirect(Tag tag, Attributes attributes) {
    noChildren(tag);
    String url = tag.foldedText();
    if (!AttributeType.URL_OR_EMPTY.accepts().test(url)) {
      schema(tag.at, "<Redirect> must hold a relative or absolute http(s) URL; it is skipped");
      return null;
    }
    return new Redirect(url, attributes.method("method"));
  }

  private Reject reject(Tag tag, Attributes attributes) {
    noChildren(tag);
    return new Reject(attributes.required("reason").equals("busy"));
  }

  private Hangup hangup(Tag tag) {
    noChildren(tag);
    return new Hangup();
  }

  private @Nullable Connect connect(Tag tag, Attributes attributes) {
    noText(tag);
    Noun noun = null;
    for (Tag child : tag.children) {
      if (!child.name.equals(Grammar.CONVERSATION.name())) {
        if (Grammar.NOUNS_NOT_EMULATED.contains(child.name)) {
          findings.add(
              Finding.notEmulated(
                  child.at, "<Connect><" + child.name + "> is not emulated yet; it is skipped"));
        } else {
          schema(child.at, "<" + child.name + "> is not allowed in <Connect>; it is ignored");
        }
      } else if (noun != null) {
        schema(child.at, "<Connect> takes one noun; this <Conversation> is ignored");
      } else {
        noun = conversation(child);
      }
    }
    if (noun == null) {
      schema(tag.at, "<Connect> has no <Conversation> to connect to; it is skipped");
      return null;
    }
    return new Connect(attributes.text("action"), attributes.method("method"), noun);
  }

  private Noun conversation(Tag tag) {
    noChildren(tag);
    noText(tag);
    Attributes attributes = Attributes.of(tag, Grammar.CONVERSATION, findings);
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
