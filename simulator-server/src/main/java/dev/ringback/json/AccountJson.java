package dev.ringback.json;

import dev.ringback.account.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON that accounts read and write: answers of webhooks, attributes of conversations. */
public final class AccountJson implements JsonText {

  @Override
  public Map<String, String> members(String json) {
    Map<String, String> members = new LinkedHashMap<>();
    if (parse(json) instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        JsonNode value = member.getValue();
        if (value.isString()) {
          members.put(member.getKey(), value.stringValue());
        } else if (value.isContainer()) {
          members.put(member.getKey(), value.toString());
        }
      }
    }
    return members;
  }

  @Override
  public String appended(String object, String key, Map<String, Object> element) {
    ObjectNode root =
        parse(object) instanceof ObjectNode known ? known : JournalJson.mapper().createObjectNode();
    ArrayNode list = root.get(key) instanceof ArrayNode known ? known : root.putArray(key);
    list.add(JournalJson.mapper().valueToTree(element));
    return root.toString();
  }

  @Override
  public boolean isJson(String text) {
    JsonNode node = parse(text);
    return node != null && !node.isMissingNode();
  }

  private static @Nullable JsonNode parse(String json) {
    try {
      return JournalJson.mapper().readTree(json);
    } catch (JacksonException e) {
      return null;
    }
  }
}
