package dev.ringback.twiml;

import dev.ringback.id.Sid;
import dev.ringback.twiml.Grammar.Element;
import dev.ringback.twiml.Noun.Conversation;
import dev.ringback.twiml.Noun.InvalidConversation;
import dev.ringback.twiml.Verb.Connect;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a call is connected to, and what runs beside it: Connect, Start and Stop. */
final class ConnectReader {
  private final Findings findings;

  ConnectReader(Findings findings) {
    this.findings = findings;
  }

  @Nullable Connect connect(Tag tag, Attributes attributes) {
    findings.noText(tag);
    Noun noun = null;
    for (Tag child : tag.children) {
      if (noun != null) {
        findings.schema(child.at, "<Connect> takes one noun; this <" + child.name + "> is ignored");
        continue;
      }
      switch (child.name) {
        case "Conversation" -> noun = conversation(child);
        case "Stream" -> {
          Background.Stream stream = stream(child, ConnectTables.CONNECT_STREAM);
          noun = stream == null ? null : new Noun.Stream(stream);
        }
        default -> findings.stranger(child, tag, Grammar.NOUNS_NOT_EMULATED);
      }
    }
    if (noun == null) {
      findings.schema(tag.at, "<Connect> has no <Conversation> to connect to; it is skipped");
      return null;
    }
    return new Connect(attributes.text("action"), attributes.method("method"), noun);
  }

  /**
   * Says what follows the end of a session, which depends on what the document leaves out.
   *
   * @param rest the verbs after it
   */
  void foresee(Connect connect, Tag tag, List<Verb> rest) {
    if (connect.noun() instanceof Noun.Stream) {
      return;
    }
    String action = connect.action();
    String then;
    if (action != null) {
      then =
          action.isEmpty()
              ? "action is empty, so this document is requested again, with the Result"
              : "Twilio asks action '" + action + "' what to do";
    } else if (rest.isEmpty()) {
      then =
          "the call ends: <Connect> has no action, and no verb follows it;"
              + " give it an action to learn the Result";
    } else {
      then =
          "<Connect> has no action, so the verbs after it run, beginning with <%s>"
              .formatted(rest.getFirst().name());
    }
    findings.foresee(Finding.notice(tag.at, "when the session ends, " + then));
  }

  private Noun conversation(Tag tag) {
    findings.noChildren(tag);
    findings.noText(tag);
    Attributes attributes = Attributes.of(tag, ConnectTables.CONVERSATION, findings);
    Finding error = attributes.firstError();
    if (error != null) {
      return new InvalidConversation(error);
    }
    Sid service = attributes.value(Sid.class, "serviceInstanceSid");
    if (service == null) {
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
        service,
        attributes.flag("inboundAutocreation"),
        attributes.seconds("routingAssignmentTimeout"),
        attributes.seconds("inboundTimeout"),
        new Verb.RecordingOptions(
            attributes.required(RecordMode.class, "record"),
            attributes.required(Trim.class, "trim"),
            RecordingTrack.BOTH,
            attributes.hook(RecordingEvent.class, "recordingStatusCallback")),
        attributes.hook(SessionEvent.class, "statusCallback"),
        attributes.text("url"),
        attributes.method("method"));
  }

  /** What the page asks for and what works without all the same. */
  private void adviseOnRecording(Tag tag, Attributes attributes) {
    String callback = attributes.text("recordingStatusCallback");
    if (callback != null && !callback.matches("https?://.*")) {
      findings.schema(
          tag.positionOf("recordingStatusCallback"),
          "recordingStatusCallback should be an absolute URL; '"
              + callback
              + "' is resolved against the document's URL");
    }
    if (tag.attributes.containsKey("trim")
        && !attributes.required(RecordMode.class, "record").records()) {
      findings.schema(tag.positionOf("trim"), "trim has no effect without record");
    }
  }

  // Start and Stop

  private Background.@Nullable Stream stream(Tag tag, Element element) {
    findings.noText(tag);
    Attributes attributes = Attributes.of(tag, element, findings);
    String url = attributes.text("url");
    if (url == null) {
      if (!tag.attributes.containsKey("url")) {
        findings.schema(tag.at, "<Stream> needs a url, wss://…; it is skipped");
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

  Map<String, String> parameters(Tag tag) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (Tag child : tag.children) {
      if (child.name.equals(ConnectTables.PARAMETER.name())) {
        Attributes attributes = Attributes.of(child, ConnectTables.PARAMETER, findings);
        String name = attributes.text("name");
        String value = attributes.text("value");
        if (name == null || value == null) {
          findings.schema(child.at, "<Parameter> needs a name and a value; it is ignored");
        } else {
          parameters.put(name, value);
        }
      } else if (!child.name.equals(DialTables.IDENTITY.name())) {
        findings.stranger(child, tag, List.of());
      }
    }
    return Collections.unmodifiableMap(parameters);
  }

  @Nullable Verb start(Tag tag) {
    Background noun = background(tag, true);
    return noun == null ? null : new Verb.Start(noun);
  }

  @Nullable Verb stop(Tag tag) {
    Background noun = background(tag, false);
    return noun == null ? null : new Verb.Stop(noun);
  }

  private @Nullable Background background(Tag tag, boolean starts) {
    findings.noText(tag);
    Background noun = null;
    for (Tag child : tag.children) {
      if (noun != null) {
        findings.schema(
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
        default -> findings.stranger(child, tag, Grammar.BACKGROUND_NOT_EMULATED);
      }
    }
    if (noun == null) {
      findings.schema(tag.at, "<" + tag.name + "> has nothing to " + (starts ? "start" : "stop"));
    }
    return noun;
  }

  private Background callRecording(Tag tag) {
    findings.noChildren(tag);
    Attributes attributes = Attributes.of(tag, ConnectTables.CALL_RECORDING, findings);
    return new Background.CallRecording(
        new Verb.RecordingOptions(
            RecordMode.RECORD_FROM_ANSWER_DUAL,
            attributes.required(Trim.class, "trim"),
            attributes.required(RecordingTrack.class, "track"),
            attributes.hook(RecordingEvent.class, "recordingStatusCallback")));
  }
}
