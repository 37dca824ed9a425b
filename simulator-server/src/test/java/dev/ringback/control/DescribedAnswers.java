package dev.ringback.control;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ringback.json.JournalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** In all suites: every success answer of the control API is as {@code openapi.yaml} says. */
public final class DescribedAnswers implements AnswerCheck {
  private static final Map<?, ?> DOCUMENT = document();
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  /** Made by the service loader. */
  public DescribedAnswers() {}

  private static Map<?, ?> document() {
    try (var in = Objects.requireNonNull(ControlApi.class.getResourceAsStream("openapi.yaml"))) {
      return (Map<?, ?>)
          new Load(LoadSettings.builder().build())
              .loadFromString(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object at(Object from, String... keys) {
    Object at = from;
    for (String key : keys) {
      at = at instanceof Map<?, ?> map ? map.get(key) : null;
      if (at == null) {
        throw new IllegalStateException("openapi.yaml has no " + String.join(" ", keys));
      }
    }
    return at;
  }

  @Override
  public void answered(String operation, int status, String contentType, String body) {
    String[] named = operation.split(" ", 2);
    Object response =
        at(
            DOCUMENT,
            "paths",
            named[1],
            named[0].toLowerCase(Locale.ROOT),
            "responses",
            Integer.toString(status));
    if (!contentType.startsWith("application/json")) {
      return;
    }
    Object schema = at(response, "content", "application/json", "schema");
    List<Error> errors =
        SCHEMAS
            .computeIfAbsent(operation + " " + status, key -> compiled(schema))
            .validate(body, InputFormat.JSON);
    if (!errors.isEmpty()) {
      throw new IllegalStateException(
          operation + " is not as described: " + errors + " in " + body);
    }
  }

  private static Schema compiled(Object schema) {
    Map<String, Object> all = new LinkedHashMap<>();
    ((Map<?, ?>) schema).forEach((key, value) -> all.put(String.valueOf(key), value));
    all.put("components", at(DOCUMENT, "components"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(JournalJson.mapper().writeValueAsString(all), InputFormat.JSON);
  }
}
