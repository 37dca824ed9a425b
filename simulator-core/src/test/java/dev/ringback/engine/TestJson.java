package dev.ringback.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringback.account.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON of the library that Twilio's own library brings along. */
public final class TestJson implements JsonText {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public Map<String, String> members(String json) {
    Map<String, String> members = new LinkedHashMap<>();
    object(json)
        .properties()
        .forEach(m ->
            members.put(
                m.getKey(),
                m.getValue().isTextual() ? m.getValue().textValue() : m.getValue().toString()));
    return members;
  }

  @Override
  public String appended(String object, String key, Map<String, Object> element) {
    ObjectNode root = object(object);
    ArrayNode list = root.get(key) instanceof ArrayNode known ? known : root.putArray(key);
    list.add(MAPPER.<JsonNode>valueToTree(element));
    return root.toString();
  }

  @Override
  public boolean isJson(String text) {
    try {
      return MAPPER.readTree(text) != null;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static ObjectNode object(String json) {
    try {
      return MAPPER.readTree(json) instanceof ObjectNode object
          ? object
          : MAPPER.createObjectNode();
    } catch (JsonProcessingException e) {
      return MAPPER.createObjectNode();
    }
  }
}
