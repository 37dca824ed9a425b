package dev.ringback.rest;

import dev.ringback.json.JournalJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The fields of Twilio's answers by resource: which there are, of which type, what may be null and
 * what their texts look like. The table is in {@code fields.csv}.
 */
final class FieldTable {
  /** Real answers have them although the public descriptions do not. */
  private static final Set<String> UNDESCRIBED = Set.of("call.annotation");

  private static final Pattern RFC_2822 =
      Pattern.compile("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} \\+0000");
  private static final Pattern ISO_8601 =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");

  private record Field(String type, boolean nullable, boolean optional, String form) {}

  private final Map<String, Map<String, Field>> resources = new HashMap<>();

  FieldTable() {
    for (String line : lines()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.contains(" < ")) {
        String[] parts = line.split(" < ", -1);
        resources.put(
            parts[0], new LinkedHashMap<>(Objects.requireNonNull(resources.get(parts[1]))));
      } else {
        String[] cells = line.split(", ?", 5);
        String flag = cells.length > 3 ? cells[3] : "";
        resources
            .computeIfAbsent(cells[0], r -> new LinkedHashMap<>())
            .put(
                cells[1],
                new Field(
                    cells[2],
                    flag.equals("null"),
                    flag.equals("optional"),
                    cells.length > 4 ? cells[4] : ""));
      }
    }
  }

  private static List<String> lines() {
    try (InputStream in = FieldTable.class.getResourceAsStream("fields.csv")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  // Which answer it is

  private record Kind(Pattern path, String one, String many, String key, String ofOne) {}

  private static final String AC = "/2010-04-01/Accounts(/AC[^/]+)?";
  private static final List<Kind> KINDS =
      List.of(
          kind(AC + "/Calls/[^/]+/Recordings", "call_recording", "call_recording", "recordings"),
          kind(
              AC + "/Calls/[^/]+/Notifications",
              "call_notification-instance",
              "call_notification",
              "notifications"),
          kind(AC + "/Calls", "call", "call", "calls"),
          kind(AC + "/Recordings", "recording", "recording", "recordings"),
          kind(
              AC + "/IncomingPhoneNumbers",
              "incoming_phone_number",
              "incoming_phone_number",
              "incoming_phone_numbers"),
          kind(AC + "/Applications", "application", "application", "applications"),
          kind(AC + "/Notifications", "notification-instance", "notification", "notifications"),
          kind(AC + "/Queues/[^/]+/Members", "queue.member", "queue.member", "queue_members"),
          kind(AC + "/Queues", "queue", "queue", "queues"),
          kind(
              AC + "/Conferences/[^/]+/Participants",
              "conference.participant",
              "conference.participant",
              "participants"),
          kind(AC + "/Conferences", "conference", "conference", "conferences"),
          kind(AC + "/Messages", "message", "message", "messages"),
          kind(AC + "/Keys", "key", "key", "keys"),
          kind("/2010-04-01/Accounts", "account", "account", "accounts"),
          ofService(
              "/Conversations/[^/]+/Participants", "conversation_participant", "participants"),
          ofService("/Conversations/[^/]+/Messages", "conversation_message", "messages"),
          ofService("/Conversations/[^/]+/Webhooks", "conversation_scoped_webhook", "webhooks"),
          plain("/Users/[^/]+/Conversations", "user_conversation", "conversations"),
          plain("/Conversations", "conversation", "conversations"),
          plain("/ParticipantConversations", "participant_conversation", "conversations"),
          plain("/Users", "user", "users"),
          plain("/Roles", "role", "roles"),
          only("/v1/Services/[^/]+/Configuration/Webhooks", "service_webhook_configuration"),
          only("/v1/Services/[^/]+/Configuration", "service_configuration"),
          only("/v1/Configuration/Webhooks", "configuration_webhook"),
          kind(
              "/v1/Configuration/Addresses",
              "configuration_address",
              "configuration_address",
              "address_configurations"),
          only("/v1/Configuration", "configuration"),
          kind("/v1/Services", "service", "service", "services"),
          kind("/v1/Alerts", "alert-instance", "alert", "alerts"));

  private static Kind kind(String path, String one, String many, String key) {
    return new Kind(Pattern.compile(path + "(/[^/]+)?"), one, many, key, "");
  }

  private static Kind only(String path, String one) {
    return new Kind(Pattern.compile(path), one, "", "", "");
  }

  private static Kind plain(String path, String resource, String key) {
    return kind("/v1(?:/Services/[^/]+)?" + path, resource, resource, key);
  }

  private static Kind ofService(String path, String resource, String key) {
    return new Kind(
        Pattern.compile("/v1(?<service>/Services/[^/]+)?" + path + "(/[^/]+)?"),
        resource,
        resource,
        key,
        "service_");
  }

  /**
   * What is wrong with an answer; empty: nothing.
   *
   * @param product the first label of the host
   */
  List<String> problems(String product, String method, String path, int status, String body) {
    List<String> problems = new ArrayList<>();
    if (status == 204) {
      return body.isEmpty() ? problems : List.of(path + ": a body with 204");
    }
    JsonNode json;
    try {
      json = JournalJson.mapper().readTree(body);
    } catch (JacksonException e) {
      return List.of(path + ": no JSON: " + body);
    }
    String what = method + " " + path;
    if (status >= 400) {
      Map<String, Field> error = new LinkedHashMap<>();
      error.put("code", new Field("integer", false, false, ""));
      error.put("message", new Field("string", false, false, ""));
      error.put("more_info", new Field("string", false, false, ""));
      error.put("status", new Field("integer", false, false, ""));
      check(what, "error", error, json, problems);
      return problems;
    }
    String plain = path.replaceAll("\\.json$", "");
    boolean list = json.has("meta") || json.has("first_page_uri");
    if (product.equals("frontline-api")) {
      check(what, "frontline.user", json, problems);
      return problems;
    }
    for (Kind kind : KINDS) {
      var matcher = kind.path().matcher(plain);
      if (matcher.matches()) {
        boolean service = !kind.ofOne().isEmpty() && matcher.group("service") != null;
        String prefix = service ? kind.ofOne() : "";
        if (list) {
          envelope(what, product.equals("api"), kind.key(), json, problems);
          for (JsonNode item : json.path(kind.key())) {
            check(what, prefix + kind.many(), item, problems);
          }
        } else {
          boolean newKey = kind.one().equals("key") && method.equals("POST") && json.has("secret");
          check(what, newKey ? "new_key" : prefix + kind.one(), json, problems);
        }
        return problems;
      }
    }
    problems.add(what + ": no row of the table is for it");
    return problems;
  }

  private static void envelope(
      String what, boolean of2010, String key, JsonNode json, List<String> problems) {
    Map<String, Field> fields = new LinkedHashMap<>();
    Field text = new Field("string", false, false, "");
    Field number = new Field("integer", false, false, "");
    Field maybe = new Field("string", true, false, "");
    fields.put(key, new Field("array", false, false, ""));
    if (of2010) {
      for (String name : List.of("end", "page", "page_size", "start")) {
        fields.put(name, number);
      }
      fields.put("first_page_uri", text);
      fields.put("uri", text);
      fields.put("next_page_uri", maybe);
      fields.put("previous_page_uri", maybe);
    } else {
      fields.put("meta", new Field("object", false, false, ""));
      fields.put("meta.page", number);
      fields.put("meta.page_size", number);
      fields.put("meta.first_page_url", text);
      fields.put("meta.url", text);
      fields.put("meta.key", text);
      fields.put("meta.next_page_url", maybe);
      fields.put("meta.previous_page_url", maybe);
    }
    check(what, "list", fields, json, problems);
  }

  private void check(String what, String resource, JsonNode json, List<String> problems) {
    check(
        what, resource, Objects.requireNonNull(resources.get(resource), resource), json, problems);
  }

  private static void check(
      String what,
      String resource,
      Map<String, Field> fields,
      JsonNode json,
      List<String> problems) {
    fields.forEach((name, field) -> {
      JsonNode value = json;
      for (String part : name.split("\\.", -1)) {
        value = value.path(part);
      }
      String problem = problem(field, value);
      if (problem != null) {
        problems.add("%s: %s.%s %s".formatted(what, resource, name, problem));
      }
    });
    Set<String> unknown = new TreeSet<>(json.propertyNames());
    unknown.removeAll(fields.keySet());
    unknown.removeIf(name -> UNDESCRIBED.contains(resource + "." + name));
    unknown.forEach(name -> problems.add("%s: %s.%s is not known".formatted(what, resource, name)));
  }

  private static @Nullable String problem(Field field, JsonNode value) {
    if (value.isMissingNode()) {
      return field.optional() ? null : "is missing";
    }
    if (value.isNull()) {
      return field.nullable() || field.optional() ? null : "is null";
    }
    boolean right =
        switch (field.type()) {
          case "string" -> value.isString();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          case "array" -> value.isArray();
          case "object" -> value.isObject();
          case "null" -> false;
          default -> true;
        };
    if (!right) {
      return "is no " + field.type() + ": " + value;
    }
    String text = value.isString() ? value.stringValue() : "";
    String form = field.form();
    boolean fits =
        form.isEmpty()
            || (form.equals("rfc2822") && RFC_2822.matcher(text).matches())
            || (form.equals("iso8601") && ISO_8601.matcher(text).matches())
            || (form.startsWith("enum ")
                && List.of(form.substring(5).split("\\|", -1)).contains(text))
            || (form.startsWith("sid ")
                && (text.isEmpty() || text.matches("(" + form.substring(4) + ")[0-9a-f]{32}")));
    return fits ? null : "looks like " + text + ", not " + form;
  }
}
