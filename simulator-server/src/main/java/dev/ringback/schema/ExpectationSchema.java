package dev.ringback.schema;

import static dev.ringback.schema.Shapes.anyOf;
import static dev.ringback.schema.Shapes.choice;
import static dev.ringback.schema.Shapes.integer;
import static dev.ringback.schema.Shapes.list;
import static dev.ringback.schema.Shapes.map;
import static dev.ringback.schema.Shapes.node;
import static dev.ringback.schema.Shapes.object;
import static dev.ringback.schema.Shapes.pattern;
import static dev.ringback.schema.Shapes.present;
import static dev.ringback.schema.Shapes.ref;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The part of a scenario's schema that stands under {@code then}. */
final class ExpectationSchema {
  /** Where a value of a table of examples may stand for anything. */
  private static final String VARIABLE = ".*\\$\\{[A-Za-z_][\\w.-]*}.*";

  private ExpectationSchema() {}

  /** Adds what others refer to: the expectation, and what it is made of. */
  static void define(Map<String, Object> definitions) {
    definitions.put("matcher", matcher(List.of(), null));
    definitions.put("count", count());
    definitions.put("window", window());
    definitions.put("answer", answer());
    definitions.put("request", request(definitions));
    definitions.put("expectation", expectation());
  }

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
    Map<String, Object> elements = new LinkedHashMap<>(object(attributes));
    String names =
        Vocabulary.attributes().stream()
            .map(name -> name.substring(0, name.indexOf('.')))
            .distinct()
            .collect(Collectors.joining("|"));
    String verbs = String.join("|", Vocabulary.verbs());
    Map<String, Object> patterns = new LinkedHashMap<>();
    patterns.put("^(" + names + "|" + verbs + ")(\\[\\d{1,4}])?\\.text$", ref("matcher"));
    Vocabulary.attributes()
        .forEach(
            name -> patterns.put("^" + name.replace(".", "\\[\\d{1,4}]\\.") + "$", ref("matcher")));
    elements.put("patternProperties", patterns);
    Map<String, Object> given =
        object(
            node(
                "status",
                matcher(List.of(), "[1-5]\\d\\d"),
                "type",
                ref("matcher"),
                "verbs",
                list(present(choice(List.copyOf(Vocabulary.verbs())))),
                "elements",
                list(present(text())),
                "attributes",
                elements,
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

  /** A request of the app's to the REST API. */
  private static Map<String, Object> api(String method) {
    Map<String, Object> path = matcher(List.of(), "/.*");
    return object(
        node(
            "api",
            object(
                node(
                    method,
                    path,
                    "form",
                    map(ref("matcher")),
                    "answers",
                    anyOf(integer(100, 599), matcher(List.of(), "[1-5]\\d\\d"))),
                method),
            "times",
            ref("count")),
        "api");
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
    for (String method : List.of("get", "post", "delete")) {
      Map<String, Object> api = api(method);
      all.add(api);
      unwanted.add(api);
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
