package dev.ringback.twiml;

import dev.ringback.twiml.Grammar.Element;
import dev.ringback.twiml.Verb.Hangup;
import dev.ringback.twiml.Verb.Redirect;
import dev.ringback.twiml.Verb.Reject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads TwiML as Twilio does: what is wrong with the whole document makes it unreadable, what is
 * wrong with a part is a finding and the rest runs (docs/voice/twiml; error dictionary 12100,
 * 12101, 12102, 12200, 11750).
 */
public final class TwimlReader {
  /** 64 kB, the most Twilio takes (error 11750). */
  public static final int MAX_BYTES = 64 * 1024;

  /** Characters that are read aloud at a time (docs/voice/twiml/say, "limits"). */
  public static final int MOST_TEXT = PromptReader.MOST_TEXT;

  /** docs/voice/twiml/enqueue and conference: characters of a name. */
  static final int MOST_NAME = 64;

  private final Findings findings;
  private final PromptReader prompts;
  private final DialReader dials;
  private final ConnectReader connects;

  private TwimlReader(WrongAttribute wrongAttribute) {
    this.findings = new Findings(wrongAttribute);
    this.prompts = new PromptReader(findings);
    this.dials = new DialReader(findings);
    this.connects = new ConnectReader(findings);
  }

  /** Reads a document and mends blemishes of a session's attributes; never throws. */
  public static Reading read(String text) {
    return read(text, WrongAttribute.NORMALISE);
  }

  /**
   * Reads a document; never throws.
   *
   * @param wrongAttribute what becomes of a blemish of a session's attribute
   */
  public static Reading read(String text, WrongAttribute wrongAttribute) {
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
      return new TwimlReader(wrongAttribute).document(XmlTree.read(withoutByteOrderMark(text)));
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
    findings.noText(root);
    List<Verb> verbs = new ArrayList<>();
    List<Tag> tags = new ArrayList<>();
    for (Tag tag : root.children) {
      Verb verb = verb(tag);
      if (verb != null) {
        verbs.add(verb);
        tags.add(tag);
      }
    }
    for (int i = 0; i < verbs.size(); i++) {
      if (verbs.get(i) instanceof Verb.Connect connect) {
        connects.foresee(connect, tags.get(i), verbs.subList(i + 1, verbs.size()));
      }
    }
    return new Reading.Document(List.copyOf(verbs), findings.all(), findings.outlook());
  }

  private @Nullable Verb verb(Tag tag) {
    Element element = Grammar.VERBS.get(tag.name);
    if (element == null) {
      if (Grammar.VERBS_NOT_EMULATED.contains(tag.name)) {
        findings.notEmulated(tag.at, "<" + tag.name + "> is not emulated; it is skipped");
        return new Verb.NotEmulated(tag.name);
      } else {
        findings.schema(
            tag.at,
            "<%s> is not allowed in <Response>; it is skipped%s"
                .formatted(tag.name, Grammar.meant(tag.name)));
      }
      return null;
    }
    Attributes attributes = Attributes.of(tag, element, findings);
    return switch (tag.name) {
      case "Say" -> prompts.say(tag, attributes);
      case "Play" -> prompts.play(tag, attributes);
      case "Pause" -> prompts.pause(tag, attributes);
      case "Gather" -> prompts.gather(tag, attributes);
      case "Record" -> prompts.record(tag, attributes);
      case "Redirect" -> redirect(tag, attributes);
      case "Reject" -> reject(tag, attributes);
      case "Hangup" -> hangup(tag);
      case "Connect" -> connects.connect(tag, attributes);
      case "Dial" -> dials.dial(tag, attributes, connects::parameters);
      case "Enqueue" -> enqueue(tag, attributes);
      case "Leave" -> {
        findings.noChildren(tag);
        yield new Verb.Leave();
      }
      case "Refer" -> new Verb.Refer();
      case "Start" -> connects.start(tag);
      case "Stop" -> connects.stop(tag);
      default -> throw new IllegalStateException("Grammar.VERBS has " + tag.name);
    };
  }

  private Redirect redirect(Tag tag, Attributes attributes) {
    findings.noChildren(tag);
    String url = tag.foldedText();
    findings.foreseeUrl(tag.at, "<Redirect>", url);
    return new Redirect(url, attributes.method("method"));
  }

  private Reject reject(Tag tag, Attributes attributes) {
    findings.noChildren(tag);
    return new Reject(attributes.required("reason").equals("busy"));
  }

  private @Nullable Verb enqueue(Tag tag, Attributes attributes) {
    for (Tag child : tag.children) {
      findings.stranger(child, tag, Grammar.ENQUEUE_NOUNS_NOT_EMULATED);
    }
    String name = tag.foldedText();
    if (name.isEmpty() || name.length() > MOST_NAME) {
      findings.schema(
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
    findings.noChildren(tag);
    return new Hangup();
  }
}
