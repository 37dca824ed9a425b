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

import dev.ringback.scenario.ParameterNames;
import dev.ringback.scenario.ParameterValues;
import dev.ringback.scenario.Resource;
import dev.ringback.scenario.Vocabulary;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.RequestKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON Schema of a scenario. */
public final class ScenarioSchema {
  /** Where a value of a table of examples may stand for anything. */
  private static final String VARIABLE = ".*\\$\\{[A-Za-z_][\\w.-]*}.*";

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
    definitions.put("matcher", matcher(List.of(), null));
    definitions.put("count", count());
    definitions.put("window", window());
    definitions.put("answer", answer());
    definitions.put("request", request(definitions));
    definitions.put("expectation", expectation());
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
        anyOf(step(call()), step(direction())));
  }

  private static Map<String, Object> step(Map<String, Object> shape) {
    return present(shape);
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
            "joins",
            object(node("at", ref("duration"), "worker", text(), "maybe", flag()), "at", "worker")),
        "additionalProperties",
        false);
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

  // Then

  /**
   * @param values the only ones; empty: any
   * @param pattern that all values match; null: none
   */
  private static Map<String, Object> matcher(List<String> values, @Nullable String pattern) {
    Map<String, Object> plain =
        values.isEmpty()
            ? pattern == null ? text() : anyOf(pattern(pattern), node("type", "number"))
            : choice(values);
    Map<String, Object> word = pattern("absent|present|/.*/|" + VARIABLE);
    Map<String, Object> pair =
        node("type", "array", "items", present(text()), "minItems", 2, "maxItems", 2);
    return anyOf(
        plain,
        word,
        object(node("equals", text()), "equals"),
        object(node("contains", text()), "contains"),
        object(
            node(
                "oneOf",
                node(
                    "type",
                    "array",
                    "minItems",
                    1,
                    "items",
                    present(values.isEmpty() ? text() : anyOf(choice(values), pattern(VARIABLE))))),
            "oneOf"),
        object(node("between", pair), "between"));
  }

  private static Map<String, Object> count() {
    return anyOf(integer(0, 999_999), ref("matcher"));
  }

  private static Map<String, Object> window() {
    return anyOf(
        ref("duration"),
        object(
            node(
                "between",
                node(
                    "type",
                    "array",
                    "items",
                    present(ref("duration")),
                    "minItems",
                    2,
                    "maxItems",
                    2)),
            "between"));
  }

  private static Map<String, Object> answer() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    Vocabulary.attributes().forEach(name -> attributes.put(name, ref("matcher")));
    Map<String, Object> given =
        object(
            node(
                "status",
                matcher(List.of(), "[1-5]\\d\\d"),
                "type",
                ref("matcher"),
                "verbs",
                list(present(choice(List.copyOf(Vocabulary.verbs())))),
                "attributes",
                object(attributes),
                "says",
                ref("matcher"),
                "within",
                ref("duration")));
    return anyOf(choice(List.of("none")), given);
  }

  private static Map<String, Object> request(Map<String, Object> definitions) {
    Map<String, Object> properties =
        node(
            "request",
            choice(WorldSchema.names(RequestKind.class)),
            "method",
            ref("method"),
            "form",
            map(ref("matcher")),
            "query",
            map(ref("matcher")),
            "at",
            ref("window"),
            "within",
            ref("duration"),
            "attempts",
            ref("count"),
            "times",
            ref("count"),
            "capture",
            node(
                "type",
                List.of("object", "null"),
                "propertyNames",
                node("pattern", "^[A-Za-z_][\\w.-]*$"),
                "additionalProperties",
                text()),
            "answer",
            ref("answer"));
    Map<String, Object> shape = new LinkedHashMap<>(object(properties, "request"));
    List<Object> rules = new ArrayList<>((List<?>) shape.get("allOf"));
    for (RequestKind kind : RequestKind.values()) {
      rules.add(
          node(
              "if",
              node(
                  "properties",
                  node("request", node("const", kind.wireName())),
                  "required",
                  List.of("request")),
              "then",
              node("properties", node("form", form(kind, definitions)))));
    }
    rules.add(node("not", node("required", List.of("at", "within"))));
    shape.put("allOf", rules);
    return shape;
  }

  /**
   * What a request of that kind can carry, and the values it can have.
   *
   * @param definitions takes up a matcher for each set of values, once
   */
  private static Map<String, Object> form(RequestKind kind, Map<String, Object> definitions) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String name : ParameterNames.of(kind)) {
      Optional<List<String>> values = ParameterValues.of(kind, name);
      String pattern = ParameterValues.shape(name).map(ParameterValues.Shape::pattern).orElse(null);
      if (values.isEmpty() && pattern == null) {
        properties.put(name, ref("matcher"));
      } else {
        Map<String, Object> matcher = matcher(values.orElse(List.of()), pattern);
        properties.put(name, ref(named(name, matcher, definitions)));
      }
    }
    Map<String, Object> form = new LinkedHashMap<>(object(properties));
    if (ParameterNames.carries(kind, "SipHeader_x")) {
      form.put("patternProperties", node("^(Dial)?SipHeader_", ref("matcher")));
    }
    return form;
  }

  /** The name of an equal definition, or of a new one. */
  private static String named(
      String parameter, Map<String, Object> matcher, Map<String, Object> definitions) {
    for (Map.Entry<String, Object> known : definitions.entrySet()) {
      if (known.getValue().equals(matcher)) {
        return known.getKey();
      }
    }
    String name = "valueOf" + parameter;
    for (int i = 2; definitions.containsKey(name); i++) {
      name = "valueOf" + parameter + i;
    }
    definitions.put(name, matcher);
    return name;
  }

  private static Map<String, Object> expectation() {
    List<Map<String, Object>> all = new ArrayList<>();
    all.add(ref("request"));
    all.add(
        object(
            node(
                "inAnyOrder",
                node(
                    "type",
                    "array",
                    "minItems",
                    1,
                    "items",
                    node(
                        "allOf",
                        List.of(
                            present(ref("request")),
                            node("not", node("required", List.of("times"))))))),
            "inAnyOrder"));
    List<Map<String, Object>> unwanted = new ArrayList<>(List.of(ref("request")));
    for (Resource.Kind kind : Resource.Kind.values()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      kind.fields().forEach(field -> fields.put(field, ref("matcher")));
      Map<String, Object> resource =
          object(node(kind.wireName(), object(fields), "times", ref("count")), kind.wireName());
      all.add(resource);
      unwanted.add(resource);
    }
    all.add(object(node("never", node("anyOf", unwanted)), "never"));
    all.add(
        object(
            node("call", object(node("ends", choice(WorldSchema.names(CallStatus.class))), "ends")),
            "call"));
    all.add(object(node("alert", ref("code")), "alert"));
    all.add(object(node("allow", list(present(ref("code")))), "allow"));
    return node("anyOf", all);
  }
}
