package dev.ringback.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parts of a JSON Schema (draft 2020-12), as maps in the order in which they are printed. A value
 * that is left empty in YAML is as one that is not there, so every value that may be left out may
 * also be null.
 */
final class Shapes {
  private Shapes() {}

  static Map<String, Object> node(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i].toString(), pairs[i + 1]);
    }
    return map;
  }

  /** The same with a sentence for people. */
  static Map<String, Object> said(String description, Map<String, Object> shape) {
    Map<String, Object> described = node("description", description);
    described.putAll(shape);
    return described;
  }

  /** Any single value. */
  static Map<String, Object> text() {
    return node("type", List.of("string", "number", "boolean", "null"));
  }

  /** A single value that matches. */
  static Map<String, Object> pattern(String pattern) {
    return node("type", List.of("string", "null"), "pattern", "^(?:" + pattern + ")$");
  }

  static Map<String, Object> flag() {
    return oneOf(List.of("true", "false"), true, false);
  }

  /** One of a few words. */
  static Map<String, Object> choice(List<String> words) {
    return oneOf(words);
  }

  private static Map<String, Object> oneOf(List<String> words, Object... more) {
    List<Object> values = new ArrayList<>(words);
    for (String word : words) {
      if (word.matches("0|[1-9]\\d{0,8}")) {
        values.add(Integer.valueOf(word));
      } else if (word.matches("true|false")) {
        values.add(Boolean.valueOf(word));
      }
    }
    for (Object value : more) {
      if (!values.contains(value)) {
        values.add(value);
      }
    }
    Map<String, Object> shape = new LinkedHashMap<>();
    values.add(null);
    shape.put("enum", values);
    return shape;
  }

  /** A whole number, quoted or not. */
  static Map<String, Object> integer(long least, long most) {
    return node(
        "anyOf",
        List.of(
            node("type", "integer", "minimum", least, "maximum", most),
            pattern(least < 0 ? "-?\\d{1,18}" : "\\d{1,18}")));
  }

  /** Such as {@code 250ms}, {@code 4s}, {@code 2m}, {@code 1h}. */
  static Map<String, Object> duration() {
    return pattern("\\d{1,9}(\\.\\d{1,3})?(ms|s|m|h)");
  }

  static Map<String, Object> list(Map<String, Object> items) {
    return node("type", List.of("array", "null"), "items", items);
  }

  /** Keys and values, and no other keys. */
  static Map<String, Object> object(Map<String, Object> properties, String... required) {
    Map<String, Object> shape =
        node(
            "type",
            List.of("object", "null"),
            "properties",
            properties,
            "additionalProperties",
            false);
    return required.length == 0 ? shape : with(shape, required);
  }

  /** The same with keys that must be there and have a value. */
  private static Map<String, Object> with(Map<String, Object> shape, String... required) {
    Map<String, Object> same = new LinkedHashMap<>(shape);
    same.put("required", List.of(required));
    Map<String, Object> there = new LinkedHashMap<>();
    for (String key : required) {
      there.put(key, node("not", node("type", "null")));
    }
    same.put("allOf", List.of(node("properties", there)));
    return same;
  }

  /** Keys of the user's own. */
  static Map<String, Object> map(Map<String, Object> values) {
    return node("type", List.of("object", "null"), "additionalProperties", values);
  }

  static Map<String, Object> ref(String name) {
    return node("$ref", "#/$defs/" + name);
  }

  static Map<String, Object> anyOf(Object... shapes) {
    return node("anyOf", List.of(shapes));
  }

  /** An item of a list: it must be there. */
  static Map<String, Object> present(Map<String, Object> shape) {
    return node("allOf", List.of(shape, node("not", node("type", "null"))));
  }
}
