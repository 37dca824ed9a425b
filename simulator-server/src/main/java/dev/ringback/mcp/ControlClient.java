package dev.ringback.mcp;

import dev.ringback.json.JournalJson;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A Ringback, by its control API. */
final class ControlClient {
  private static final MediaType JSON = MediaType.get("application/json");

  private final String url;
  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .callTimeout(Duration.ofMinutes(5))
          .readTimeout(Duration.ZERO)
          .build();

  ControlClient(String url) {
    this.url = url;
  }

  String url() {
    return url;
  }

  /** Of a path below {@code /sim/v1}. */
  JsonNode get(String path) {
    return json(send(request(path).build()));
  }

  String text(String path) {
    return send(request(path).header("Accept", "text/plain").build());
  }

  JsonNode post(String path, Map<String, Object> body) {
    String json = JournalJson.mapper().writeValueAsString(body);
    return json(send(request(path).post(RequestBody.create(json, JSON)).build()));
  }

  JsonNode delete(String path) {
    return json(send(request(path).delete().build()));
  }

  private Request.Builder request(String path) {
    return new Request.Builder().url(url + "/sim/v1" + path);
  }

  /** A text as one segment of a path, or as a value of a query. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static JsonNode json(String text) {
    try {
      return JournalJson.mapper().readTree(text);
    } catch (JacksonException e) {
      return JournalJson.mapper().createObjectNode();
    }
  }

  private String send(Request request) {
    try (Response response = client.newCall(request).execute()) {
      String body = response.body().string();
      if (response.isSuccessful()) {
        return body;
      }
      JsonNode error = json(body).path("error");
      String said = error.path("message").asString("");
      String hint = error.path("hint").asString("");
      String field = error.path("field").asString("");
      throw new ToolRefused(
          (field.isEmpty() ? "" : field + ": ")
              + (said.isEmpty() ? "HTTP " + response.code() + " " + body : said)
              + (hint.isEmpty() ? "" : "; " + hint));
    } catch (IOException e) {
      throw new ToolRefused(
          "no Ringback answers at %s (%s); start one with `ringback serve`"
              .formatted(url, e.getMessage()));
    }
  }
}
