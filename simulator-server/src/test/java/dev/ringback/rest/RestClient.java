package dev.ringback.rest;

import dev.ringback.engine.World;
import dev.ringback.json.JournalJson;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Plain requests to the API, as curl would make them. */
final class RestClient {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final @Nullable String authorization;

  private RestClient(String url, @Nullable String authorization) {
    this.url = url;
    this.authorization = authorization;
  }

  static RestClient of(String url, World world) {
    return of(url, world.settings().account().value(), world.settings().authToken());
  }

  static RestClient of(String url, String username, String password) {
    byte[] credentials = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new RestClient(url, "Basic " + Base64.getEncoder().encodeToString(credentials));
  }

  RestClient with(@Nullable String authorization) {
    return new RestClient(url, authorization);
  }

  record Answer(int status, String body, HttpResponse<String> response) {
    JsonNode json() {
      return JournalJson.mapper().readTree(body);
    }

    int code() {
      return json().path("code").asInt();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  Answer get(String path) {
    return send("GET", path, null);
  }

  Answer delete(String path) {
    return send("DELETE", path, null);
  }

  /**
   * @param form names and values in turn
   */
  Answer post(String path, String... form) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < form.length; i += 2) {
      pairs.add(encoded(form[i]) + "=" + encoded(form[i + 1]));
    }
    return send("POST", path, String.join("&", pairs));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  Answer send(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/x-www-form-urlencoded");
    }
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    for (int i = 0; i + 1 < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (Exception e) {
      throw new AssertionError(method + " " + path + ": " + e, e);
    }
  }
}
