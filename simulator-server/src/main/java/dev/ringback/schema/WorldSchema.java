package dev.ringback.schema;

import static dev.ringback.schema.Shapes.anyOf;
import static dev.ringback.schema.Shapes.choice;
import static dev.ringback.schema.Shapes.duration;
import static dev.ringback.schema.Shapes.flag;
import static dev.ringback.schema.Shapes.integer;
import static dev.ringback.schema.Shapes.list;
import static dev.ringback.schema.Shapes.map;
import static dev.ringback.schema.Shapes.node;
import static dev.ringback.schema.Shapes.object;
import static dev.ringback.schema.Shapes.pattern;
import static dev.ringback.schema.Shapes.present;
import static dev.ringback.schema.Shapes.ref;
import static dev.ringback.schema.Shapes.said;
import static dev.ringback.schema.Shapes.text;

import dev.ringback.call.Behaviour;
import dev.ringback.config.CastReader;
import dev.ringback.config.FaultReader;
import dev.ringback.conversation.EventType;
import dev.ringback.engine.WorldSettings.RoutingMode;
import dev.ringback.id.SidKind;
import dev.ringback.twiml.WireNamed;
import dev.ringback.twiml.WrongAttribute;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Result;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a scenario's {@code given} and a configuration have in common. */
final class WorldSchema {
  /** Capital letters, too, and no white space. */
  static final String HTTP_URL =
      "[hH][tT][tT][pP][sS]?://([^\\s/?#@]*@)?([A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+\\])(:\\d{1,5})?([/?#].*)?";

  private WorldSchema() {}

  static <E extends Enum<E> & WireNamed> List<String> names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(WireNamed::wireName).toList();
  }

  /** Parts that others refer to by name. */
  static Map<String, Object> definitions() {
    Map<String, Object> definitions = new LinkedHashMap<>();
    definitions.put("duration", said("Such as 250ms, 4s, 2m or 1h", duration()));
    definitions.put(
        "number",
        said(
            "A phone number in E.164, such as +15017122661; quote it",
            pattern("\\+[1-9]\\d{1,14}")));
    definitions.put("httpUrl", said("An absolute http(s) URL", pattern(HTTP_URL)));
    definitions.put("method", choice(List.of("GET", "POST")));
    definitions.put("cast", cast());
    definitions.put("fault", fault());
    definitions.put("worker", worker());
    definitions.put("conversation", conversation());
    definitions.put("frontline", frontline());
    definitions.put("behaviour", behaviour());
    return definitions;
  }

  /** The keys of both. */
  static Map<String, Object> shared() {
    return node(
        "frontline",
        ref("frontline"),
        "workers",
        said("Who answers calls to the Frontline app", list(present(ref("worker")))),
        "customers",
        said(
            "How numbers behave when they are called",
            list(present(object(node("number", ref("number"), "cast", ref("cast")), "number")))),
        "conversations",
        said("That are open, or closed, from the beginning", list(present(ref("conversation")))),
        "behaviour",
        ref("behaviour"),
        "faults",
        said("Trouble to order", list(present(ref("fault")))));
  }

  static Map<String, Object> sid(SidKind kind) {
    return pattern(kind.prefix() + "[0-9a-f]{32}");
  }

  private static Map<String, Object> cast() {
    Map<String, Object> answers =
        object(node("after", ref("duration"), "talks", ref("duration"), "silent", flag()));
    Map<String, Object> declines = object(node("after", ref("duration")));
    return said(
        "How a party behaves when it is called",
        anyOf(choice(CastReader.NAMES), one("answers", answers), one("declines", declines)));
  }

  /** An object with that key, which has a value. */
  private static Map<String, Object> one(String key, Map<String, Object> value) {
    return node(
        "type",
        "object",
        "properties",
        node(key, present(value)),
        "required",
        List.of(key),
        "additionalProperties",
        false);
  }

  private static Map<String, Object> worker() {
    return object(node("identity", text(), "available", flag(), "cast", ref("cast")), "identity");
  }

  private static Map<String, Object> conversation() {
    return object(
        node(
            "customer",
            ref("number"),
            "number",
            ref("number"),
            "worker",
            text(),
            "sid",
            sid(SidKind.CONVERSATION),
            "service",
            sid(SidKind.SERVICE),
            "state",
            choice(List.of("active", "inactive", "closed"))),
        "customer",
        "number");
  }

  private static Map<String, Object> fault() {
    return object(
        node(
            "fault",
            choice(FaultReader.NAMES),
            "by",
            pattern("-?\\d{1,9}(\\.\\d{1,3})?(ms|s|m|h)"),
            "request",
            choice(names(RequestKind.class)),
            "form",
            map(text()),
            "probability",
            text(),
            "times",
            integer(0, 999_999)),
        "fault");
  }

  private static Map<String, Object> frontline() {
    return object(
        node(
            "service",
            sid(SidKind.SERVICE),
            "routing",
            object(
                node(
                    "mode",
                    choice(names(RoutingMode.class)),
                    "pool",
                    list(present(text())),
                    "url",
                    ref("httpUrl"))),
            "outgoing",
            object(
                node(
                    "url",
                    ref("httpUrl"),
                    "method",
                    ref("method"),
                    "fallbackUrl",
                    ref("httpUrl"),
                    "fallbackMethod",
                    ref("method"),
                    "statusCallback",
                    ref("httpUrl"),
                    "statusCallbackMethod",
                    ref("method")),
                "url"),
            "webhooks",
            object(
                node(
                    "pre",
                    ref("httpUrl"),
                    "post",
                    ref("httpUrl"),
                    "method",
                    ref("method"),
                    "filters",
                    list(
                        present(
                            node(
                                "type",
                                "string",
                                "pattern",
                                "^(?i:"
                                    + String.join("|", EventType.wireNames(EventType.all()))
                                    + ")$"))))),
            "integration",
            object(
                node(
                    "crm",
                    ref("httpUrl"),
                    "outgoingConversation",
                    ref("httpUrl"),
                    "templates",
                    ref("httpUrl")))));
  }

  private static Map<String, Object> behaviour() {
    List<String> incomplete = List.of("busy", "no-answer", "failed", "canceled");
    return said(
        "Switches for what Twilio's pages leave open; docs/CONFIGURATION.md",
        object(
            node(
                "connectActionDefault",
                choice(List.of("end-call", "current-document")),
                "wrongAttribute",
                choice(names(WrongAttribute.class)),
                "redirectAsksAction",
                flag(),
                "conversationWithoutWorker",
                choice(names(Result.class)),
                "callerGoneUndialled",
                choice(names(Result.class)),
                "countUnsubscribedEvents",
                flag(),
                "outboundTimeout",
                ref("duration"),
                "declinedAfterUrl",
                choice(incomplete),
                "failedUrl",
                choice(incomplete),
                "callerGone",
                choice(incomplete),
                "relativeRecordingStatusCallback",
                choice(List.of("resolve", "refuse")),
                "recordingSource",
                choice(names(RecordingSource.class)),
                "recordingProcessing",
                ref("duration"),
                "signedGetParameters",
                choice(names(Behaviour.SignedGetParameters.class)))));
  }
}
