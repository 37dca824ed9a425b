package dev.ringback.schema;

import static dev.ringback.schema.Shapes.anyOf;
import static dev.ringback.schema.Shapes.choice;
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

import dev.ringback.config.CarrierReader;
import dev.ringback.scenario.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema of a scenario. */
public final class ScenarioSchema {
  private ScenarioSchema() {}

  public static Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "A Ringback scenario");
    schema.putAll(
        object(
            node(
                "scenario",
                said("What it is about", text()),
                "tags",
                said("For --tag", list(present(text()))),
                "fidelity",
                said(
                    "Of a captured call: where Twilio did otherwise; each is a warning",
                    list(present(text()))),
                "strict",
                said("No other request may lie between the expected ones", flag()),
                "allow",
                said("Errors that may be raised", list(present(ref("code")))),
                "examples",
                said(
                    "A table: a scenario for each row, ${name} is its value",
                    node(
                        "type",
                        List.of("array", "null"),
                        "minItems",
                        1,
                        "items",
                        present(map(text())))),
                "given",
                ref("given"),
                "when",
                ref("when"),
                "then",
                node("type", "array", "minItems", 1, "items", present(ref("expectation")))),
            "scenario",
            "when",
            "then"));
    Map<String, Object> definitions = WorldSchema.definitions();
    definitions.put("code", choice(Vocabulary.codes()));
    definitions.put("given", given());
    definitions.put("when", when());
    definitions.put("act", act());
    definitions.put("caller", caller());
    ExpectationSchema.define(definitions);
    schema.put("$defs", definitions);
    return schema;
  }

  // Given

  private static Map<String, Object> given() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("use", said("A file with keys of given that several scenarios share", text()));
    properties.putAll(WorldSchema.shared());
    properties.put("seed", integer(Long.MIN_VALUE, Long.MAX_VALUE));
    properties.put("latency", ref("duration"));
    properties.put("patience", ref("duration"));
    properties.put("cast", map(ref("cast")));
    properties.put("app", said("A canned app, for when no --app names a real one", text()));
    Map<String, Object> path = pattern("/.*");
    properties.put(
        "urls",
        object(
            node(
                "voice",
                path,
                "method",
                ref("method"),
                "fallback",
                path,
                "status",
                path,
                "outgoing",
                path,
                "debugger",
                path,
                "routing",
                path,
                "preWebhook",
                path,
                "postWebhook",
                path)));
    return object(properties);
  }

  // When

  private static Map<String, Object> when() {
    return node(
        "type",
        "array",
        "minItems",
        1,
        "prefixItems",
        List.of(step(call())),
        "items",
        anyOf(step(call()), step(direction()), step(clock())));
  }

  private static Map<String, Object> step(Map<String, Object> shape) {
    return present(shape);
  }

  private static Map<String, Object> carrier() {
    return said(
        "What carriers tell of the caller beside the number",
        object(
            node(
                "callerId",
                said("what the app sees as From, where it cannot be made a number", text()),
                "callerName",
                said("where the number has VoiceCallerIdLookup", text()),
                "forwardedFrom",
                ref("number"),
                "stirVerstat",
                pattern(CarrierReader.STIR_VERSTAT.pattern()),
                "city",
                said("in capitals", text()),
                "state",
                pattern("[A-Z]{2}"),
                "zip",
                text())));
  }

  private static Map<String, Object> call() {
    Map<String, Object> byCustomer =
        object(
            node(
                "from",
                said(
                    "A number in E.164, a sip: address, or anonymous",
                    pattern(
                        "anonymous|Anonymous|restricted|unknown|unavailable"
                            + "|\\+[1-9]\\d{1,14}|sip:[^@\\s]+@[^@\\s]+")),
                "to",
                ref("number"),
                "carrier",
                carrier(),
                "at",
                ref("duration")),
            "from",
            "to");
    Map<String, Object> byWorker =
        node(
            "anyOf",
            List.of(
                object(
                    node("worker", text(), "customer", ref("number"), "at", ref("duration")),
                    "worker",
                    "customer"),
                object(
                    node("worker", text(), "conversationSid", text(), "at", ref("duration")),
                    "worker",
                    "conversationSid")));
    return object(node("call", anyOf(byCustomer, byWorker)), "call");
  }

  private static Map<String, Object> clock() {
    return object(
        node(
            "clock",
            said(
                "When the call before has come to rest, that much time passes",
                object(node("advance", ref("duration")), "advance"))),
        "clock");
  }

  private static Map<String, Object> direction() {
    Map<String, Object> party = anyOf(ref("act"), ref("caller"));
    return node(
        "type",
        "object",
        "minProperties",
        1,
        "properties",
        node(
            "customer",
            party,
            "worker",
            party,
            "api",
            anyOf(
                object(
                    node(
                        "at",
                        ref("duration"),
                        "status",
                        choice(List.of("completed", "canceled")),
                        "leg",
                        choice(List.of("customer", "worker")),
                        "maybe",
                        flag()),
                    "at",
                    "status"),
                api("get"),
                api("post"),
                api("delete")),
            "joins",
            object(node("at", ref("duration"), "worker", text(), "maybe", flag()), "at", "worker")),
        "additionalProperties",
        false);
  }

  /** A request of the REST API. */
  private static Map<String, Object> api(String method) {
    return object(
        node(
            "at",
            ref("duration"),
            method,
            said("Its path; {AccountSid}, {CallSid} and their like are the call's", pattern("/.*")),
            "form",
            map(text()),
            "answers",
            integer(100, 599),
            "maybe",
            flag()),
        "at",
        method);
  }

  private static Map<String, Object> act() {
    List<Map<String, Object>> acts = new ArrayList<>();
    Map<String, Object> press = node("digits", pattern("[0-9A-D*#]+"));
    press.put("digits", anyOf(pattern("[0-9A-D*#]+"), node("type", "integer", "minimum", 0)));
    Map<String, Object> speak = node("for", ref("duration"), "words", text(), "confidence", text());
    for (String when : List.of("at", "on")) {
      acts.add(act(when, List.of("press"), press, "digits"));
      acts.add(act(when, List.of("speak"), speak));
      acts.add(
          act(
              when,
              when.equals("at")
                  ? List.of("answer", "decline", "busy", "hangup")
                  : List.of("answer", "decline", "hangup"),
              Map.of()));
    }
    return node("anyOf", acts);
  }

  private static Map<String, Object> act(
      String when, List<String> names, Map<String, Object> more, String... required) {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (when.equals("at")) {
      properties.put("at", ref("duration"));
    } else {
      properties.put("on", said("Words that are heard, or /regular expression/", text()));
      properties.put("after", ref("duration"));
    }
    properties.put("act", choice(names));
    properties.put("maybe", flag());
    properties.putAll(more);
    List<String> keys = new ArrayList<>(List.of(when, "act"));
    keys.addAll(List.of(required));
    return object(properties, keys.toArray(String[]::new));
  }

  private static Map<String, Object> caller() {
    return object(
        node(
            "speaks",
            ref("duration"),
            "says",
            text(),
            "then",
            choice(List.of("hangs up", "stays"))));
  }
}
