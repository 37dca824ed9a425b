package dev.ringback.schema;

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

import dev.ringback.id.SidKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema of {@code ringback.yaml}. */
public final class ConfigSchema {
  private ConfigSchema() {}

  public static Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "ringback.yaml");
    schema.putAll(object(properties()));
    schema.put("$defs", WorldSchema.definitions());
    return schema;
  }

  private static Map<String, Object> properties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("seed", integer(Long.MIN_VALUE, Long.MAX_VALUE));
    properties.put(
        "account",
        object(
            node(
                "sid",
                WorldSchema.sid(SidKind.ACCOUNT),
                "authToken",
                pattern("[0-9a-f]{32}"),
                "apiKeys",
                list(
                    present(
                        object(
                            node("sid", WorldSchema.sid(SidKind.API_KEY), "secret", text()),
                            "sid",
                            "secret"))),
                "callerIds",
                list(present(ref("number"))))));
    properties.put(
        "server",
        object(
            node(
                "host",
                text(),
                "port",
                integer(0, 65_535),
                "publicUrl",
                ref("httpUrl"),
                "allowedHosts",
                list(present(pattern("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]"))),
                "otherHosts",
                choice(List.of("refuse", "pass")),
                "maxLiveCalls",
                integer(1, 999_999),
                "voices",
                choice(List.of("auto", "tones")))));
    properties.put(
        "state",
        object(
            node(
                "downtime",
                choice(List.of("passes", "stands still")),
                "snapshotEvery",
                integer(1, 999_999_999))));
    properties.put(
        "egress",
        object(
            node(
                "only",
                choice(List.of("anything", "listed")),
                "allow",
                list(
                    present(
                        node(
                            "type",
                            List.of("string", "number", "boolean"),
                            "pattern",
                            "^(?:\\[.*\\]|[^/?#@:\\s]+)$"))))));
    properties.put(
        "rest",
        object(
            node(
                "callsPerSecond",
                integer(1, 10_000),
                "maxConcurrentRequests",
                integer(1, 100_000))));
    properties.put(
        "clock",
        object(
            node(
                "mode",
                choice(List.of("real", "skipping", "stepped")),
                "speed",
                text(),
                "start",
                text(),
                "settle",
                ref("duration"),
                "patience",
                ref("duration"))));
    Map<String, Object> addresses = map(ref("httpUrl"));
    addresses.put("propertyNames", node("pattern", "^(?:" + WorldSchema.HTTP_URL + ")$"));
    properties.put("map", addresses);
    properties.put(
        "numbers",
        list(
            present(
                object(
                    node(
                        "number",
                        ref("number"),
                        "voiceUrl",
                        ref("httpUrl"),
                        "voiceMethod",
                        ref("method"),
                        "voiceFallbackUrl",
                        ref("httpUrl"),
                        "voiceFallbackMethod",
                        ref("method"),
                        "statusCallback",
                        ref("httpUrl"),
                        "statusCallbackMethod",
                        ref("method")),
                    "number"))));
    properties.put("debugger", object(node("webhook", ref("httpUrl"))));
    properties.putAll(WorldSchema.shared());
    return properties;
  }
}
