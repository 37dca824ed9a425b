package dev.ringback.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema of a tool's arguments, which takes no others than those that are named. */
final class Schema {
  private final Map<String, Object> properties = new LinkedHashMap<>();
  private final List<String> required = new ArrayList<>();

  static Schema of() {
    return new Schema();
  }

  Schema text(String name, String description) {
    return property(name, Map.of("type", "string", "description", description));
  }

  Schema needed(String name, String description) {
    required.add(name);
    return text(name, description);
  }

  Schema choice(String name, String description, String... words) {
    return property(
        name, Map.of("type", "string", "enum", List.of(words), "description", description));
  }

  Schema neededChoice(String name, String description, String... words) {
    required.add(name);
    return choice(name, description, words);
  }

  Schema number(String name, int least, int most, String description) {
    return property(
        name,
        Map.of("type", "integer", "minimum", least, "maximum", most, "description", description));
  }

  Schema flag(String name, String description) {
    return property(name, Map.of("type", "boolean", "description", description));
  }

  /** An object whose values are texts. */
  Schema texts(String name, String description) {
    return property(
        name,
        Map.of(
            "type",
            "object",
            "additionalProperties",
            Map.of("type", "string"),
            "description",
            description));
  }

  /** A list of objects. */
  Schema objects(String name, String description) {
    return property(
        name,
        Map.of("type", "array", "items", Map.of("type", "object"), "description", description));
  }

  private Schema property(String name, Map<String, Object> what) {
    properties.put(name, what);
    return this;
  }

  Map<String, Object> map() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    schema.put("additionalProperties", false);
    return schema;
  }
}
