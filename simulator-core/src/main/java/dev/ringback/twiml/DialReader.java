package dev.ringback.twiml;

import dev.ringback.twiml.DialNoun.LegOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@code <Dial>} and its nouns (docs/voice/twiml/dial). */
final class DialReader {
  /** docs/voice/twiml/dial, "simultaneous dialing". */
  private static final int MOST_PARTIES = 10;

  private static final int MOST_IDENTITY = 256;
  private static final int MOST_CALLER_ID = 256;

  /** docs/voice/twiml/sip, "custom headers": all of them together. */
  private static final int MOST_HEADERS = 1024;

  private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
  private static final Pattern SIP_URI = Pattern.compile("sips?:[^@\\s?]+@[^@\\s?/]+(\\?\\S*)?");

  private final Findings findings;

  DialReader(Findings findings) {
    this.findings = findings;
  }

  Verb.@Nullable Dial dial(
      Tag tag, Attributes attributes, Function<Tag, Map<String, String>> parameters) {
    List<DialNoun> nouns = new ArrayList<>();
    String text = tag.foldedText();
    if (!text.isEmpty()) {
      nouns.add(number(tag, text, plainOptions()));
    }
    for (Tag child : tag.children) {
      DialNoun noun = noun(child, parameters);
      if (noun == null) {
        continue;
      }
      boolean alone = noun instanceof DialNoun.Conference || noun instanceof DialNoun.Queue;
      boolean taken =
          !nouns.isEmpty()
              && (alone
                  || nouns.getFirst() instanceof DialNoun.Conference
                  || nouns.getFirst() instanceof DialNoun.Queue);
      if (taken) {
        findings.find(
            TwilioError.DIAL_INVALID_NESTED_ELEMENT,
            child.at,
            "<Conference> and <Queue> stand alone in a <Dial>; this <%s> is ignored"
                .formatted(child.name));
      } else if (nouns.size() >= MOST_PARTIES) {
        findings.find(
            TwilioError.DIAL_TOO_MANY_URIS,
            child.at,
            "<Dial> calls at most %d parties; this one is ignored".formatted(MOST_PARTIES));
      } else {
        nouns.add(noun);
      }
    }
    if (nouns.isEmpty()) {
      findings.schema(tag.at, "<Dial> names nobody to call; it is skipped");
      return null;
    }
    boolean records = attributes.required(RecordMode.class, "record").records();
    if (records && nouns.getFirst() instanceof DialNoun.Conference) {
      findings.notEmulated(
          tag.positionOf("record"),
          "record of a <Dial> with a <Conference> has no effect; use the <Conference>'s own");
    }
    return new Verb.Dial(
        attributes.text("action"),
        attributes.method("method"),
        attributes.seconds("timeout"),
        attributes.seconds("timeLimit"),
        callerId(tag, attributes),
        attributes.flag("hangupOnStar"),
        attributes.flag("answerOnBridge"),
        attributes.required("ringTone"),
        new Verb.RecordingOptions(
            attributes.required(RecordMode.class, "record"),
            attributes.required(Trim.class, "trim"),
            attributes.required(RecordingTrack.class, "recordingTrack"),
            attributes.hook(RecordingEvent.class, "recordingStatusCallback")),
        attributes.flag("sequential"),
        List.copyOf(nouns));
  }

  private @Nullable String callerId(Tag tag, Attributes attributes) {
    String written = attributes.text("callerId");
    String callerId = written == null ? null : PhoneText.e164(written);
    if (callerId != null && callerId.length() > MOST_CALLER_ID) {
      findings.find(
          TwilioError.DIAL_CALLER_ID_TOO_LONG,
          tag.positionOf("callerId"),
          "callerId of <Dial> is longer than %d characters; the caller's own is shown"
              .formatted(MOST_CALLER_ID));
      return null;
    }
    return callerId;
  }

  private @Nullable DialNoun noun(Tag tag, Function<Tag, Map<String, String>> parameters) {
    return switch (tag.name) {
      case "Number" -> {
        findings.noChildren(tag);
        Attributes attributes = Attributes.of(tag, DialTables.NUMBER, findings);
        yield number(tag, tag.foldedText(), options(attributes, attributes.text("sendDigits")));
      }
      case "Client" -> client(tag, parameters);
      case "Sip" -> sip(tag);
      case "Queue" -> queue(tag);
      case "Conference" -> conference(tag);
      default -> {
        if (Grammar.DIAL_NOUNS_NOT_EMULATED.contains(tag.name)) {
          findings.notEmulated(tag.at, "<Dial><" + tag.name + "> is not emulated; it is skipped");
        } else {
          findings.find(
              TwilioError.DIAL_INVALID_NESTED_ELEMENT,
              tag.at,
              "<" + tag.name + "> is not allowed in <Dial>; it is ignored");
        }
        yield null;
      }
    };
  }

  private static LegOptions plainOptions() {
    return new LegOptions(null, HttpMethod.POST, Hook.none(), null);
  }

  private static LegOptions options(Attributes attributes, @Nullable String sendDigits) {
    return new LegOptions(
        attributes.text("url"),
        attributes.method("method"),
        attributes.hook(CallProgressEvent.class, "statusCallback"),
        sendDigits);
  }

  private DialNoun number(Tag tag, String text, LegOptions options) {
    if (text.startsWith("sip:") && SIP_URI.matcher(text).matches()) {
      return new DialNoun.Sip(text, null, null, options);
    }
    String number = PhoneText.e164(text);
    if (E164.matcher(number).matches()) {
      return new DialNoun.Number(number, options);
    }
    boolean digits = PhoneText.plain(text).matches("\\+?\\d+");
    return uncallable(
        digits ? TwilioError.NUMBER_NOT_SUPPORTED : TwilioError.NUMBER_INVALID_FORMAT,
        tag,
        "'%s' is not a number that can be called; write it in E.164, such as +15558675310"
            .formatted(shortened(text)));
  }

  private @Nullable DialNoun client(Tag tag, Function<Tag, Map<String, String>> parameters) {
    Attributes attributes = Attributes.of(tag, DialTables.CLIENT, findings);
    String identity = tag.foldedText();
    for (Tag child : tag.children) {
      if (child.name.equals(DialTables.IDENTITY.name()) && identity.isEmpty()) {
        identity = child.foldedText();
      }
    }
    Map<String, String> named =
        Collections.unmodifiableMap(new LinkedHashMap<>(parameters.apply(tag)));
    if (identity.isEmpty() || identity.length() > MOST_IDENTITY) {
      findings.schema(
          tag.at,
          "<Client> must name an identity of at most %d characters; it is skipped"
              .formatted(MOST_IDENTITY));
      return null;
    }
    return new DialNoun.Client(identity, named, options(attributes, null));
  }

  private DialNoun sip(Tag tag) {
    findings.noChildren(tag);
    Attributes attributes = Attributes.of(tag, DialTables.SIP, findings);
    String uri = tag.foldedText();
    if (!SIP_URI.matcher(uri).matches()) {
      return uncallable(
          TwilioError.SIP_INVALID_URI,
          tag,
          "'%s' is not a SIP URI, such as sip:alice@example.com".formatted(shortened(uri)));
    }
    int headers = uri.indexOf('?');
    if (headers >= 0 && uri.length() - headers > MOST_HEADERS) {
      return uncallable(
          TwilioError.SIP_HEADER_TOO_LONG,
          tag,
          "the headers of the SIP URI are longer than %d characters".formatted(MOST_HEADERS));
    }
    return new DialNoun.Sip(
        uri, attributes.text("username"), attributes.text("password"), options(attributes, null));
  }

  private @Nullable DialNoun queue(Tag tag) {
    findings.noChildren(tag);
    Attributes attributes = Attributes.of(tag, DialTables.QUEUE, findings);
    String name = name(tag);
    return name == null
        ? null
        : new DialNoun.Queue(name, attributes.text("url"), attributes.method("method"));
  }

  private @Nullable DialNoun conference(Tag tag) {
    findings.noChildren(tag);
    Attributes attributes = Attributes.of(tag, DialTables.CONFERENCE, findings);
    String name = tag.foldedText();
    if (name.isEmpty() || name.length() > TwimlReader.MOST_NAME * 2) {
      findings.find(
          TwilioError.CONFERENCE_INVALID_NAME,
          tag.at,
          "<Conference> must hold a name of at most 128 characters; it is skipped");
      return null;
    }
    Set<ConferenceEvent> events = attributes.setOf(ConferenceEvent.class, "statusCallbackEvent");
    for (ConferenceEvent event : events) {
      if (!event.happens()) {
        findings.notEmulated(
            tag.positionOf("statusCallbackEvent"),
            "'%s' in statusCallbackEvent of <Conference> is not emulated; it never happens"
                .formatted(event.wireName()));
      }
    }
    return new DialNoun.Conference(
        name,
        attributes.flag("muted"),
        attributes.flag("startConferenceOnEnter"),
        attributes.flag("endConferenceOnExit"),
        attributes.text("waitUrl"),
        attributes.method("waitMethod"),
        attributes.integer("maxParticipants"),
        attributes.text("participantLabel"),
        new Hook<>(
            attributes.text("statusCallback"), attributes.method("statusCallbackMethod"), events),
        new Verb.RecordingOptions(
            attributes.required("record").equals("record-from-start")
                ? RecordMode.RECORD_FROM_ANSWER
                : RecordMode.DO_NOT_RECORD,
            attributes.required(Trim.class, "trim"),
            RecordingTrack.BOTH,
            attributes.hook(RecordingEvent.class, "recordingStatusCallback")));
  }

  private @Nullable String name(Tag tag) {
    String name = tag.foldedText();
    if (name.isEmpty() || name.length() > TwimlReader.MOST_NAME) {
      findings.schema(
          tag.at,
          "<%s> must hold a name of at most %d characters; it is skipped"
              .formatted(tag.name, TwimlReader.MOST_NAME));
      return null;
    }
    return name;
  }

  private DialNoun uncallable(TwilioError error, Tag tag, String message) {
    Finding problem = Finding.of(error, tag.at, message + "; no leg is made");
    findings.add(problem);
    return new DialNoun.Uncallable(problem);
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
