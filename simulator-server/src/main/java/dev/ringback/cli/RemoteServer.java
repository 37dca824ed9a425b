package dev.ringback.cli;

import dev.ringback.config.AccountFile;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.json.JournalJson;
import dev.ringback.load.LoadOrder;
import dev.ringback.proxy.HomeFolder;
import dev.ringback.report.Detail;
import dev.ringback.report.Hints;
import dev.ringback.report.Ink;
import dev.ringback.voice.Urls;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A running {@code ringback serve}, spoken to over its control API. */
final class RemoteServer {
  static final String DEFAULT_URL = "http://127.0.0.1:4010";

  /** The server of this machine: on the usual port, or else the only one that runs. */
  static String usualUrl() {
    return AccountFile.find(HomeFolder.home())
        .map(entry -> "http://127.0.0.1:" + entry.port())
        .orElse(DEFAULT_URL);
  }

  private static final String LOAD = "/sim/v1/cluster/load";

  private static final MediaType JSON = MediaType.get("application/json");

  private final String url;
  private final OkHttpClient client = new OkHttpClient.Builder().readTimeout(Duration.ZERO).build();

  /**
   * @param url null: the one that runs on this machine
   */
  static RemoteServer at(@Nullable String url) throws BadInput {
    return new RemoteServer(url == null ? usualUrl() : url);
  }

  RemoteServer(String url) throws BadInput {
    if (!Urls.isAbsoluteHttp(url)) {
      throw WorldOptions.wrong("--server", "must be an absolute http(s) URL, not '" + url + "'");
    }
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /**
   * Places a call; its SID.
   *
   * @param says after the beep of a Record; null: nothing that can be understood
   * @param directions as YAML; bodies are read as YAML, which JSON is
   */
  String placeCall(
      String from,
      String to,
      Map<String, Object> cast,
      @Nullable String says,
      List<String> directions)
      throws BadInput {
    Map<String, Object> caller = says == null ? Map.of() : Map.of("says", says);
    String json =
        JournalJson.mapper()
            .writeValueAsString(Map.of("from", from, "to", to, "cast", cast, "caller", caller));
    String body =
        json.substring(0, json.length() - 1)
            + ", \"directions\": ["
            + String.join(", ", directions)
            + "]}";
    String sid =
        json(send(
                new Request.Builder()
                    .url(url + "/sim/v1/calls")
                    .post(RequestBody.create(body, JSON))
                    .build()))
            .path("callSid")
            .asString("");
    if (!Sid.isWellFormed(SidKind.CALL, sid)) {
      throw WorldOptions.wrong("--server", "what answers at " + url + " is no Ringback");
    }
    return sid;
  }

  /** Asks the integration service; what came of it. */
  JsonNode callback(String callback, Map<String, Object> body) throws BadInput {
    return json(
        send(
            new Request.Builder()
                .url(url + "/sim/v1/callbacks/" + callback)
                .post(RequestBody.create(JournalJson.mapper().writeValueAsString(body), JSON))
                .build()));
  }

  /** Whether a Ringback is ready there. */
  boolean answers() {
    try (Response response =
        client.newCall(new Request.Builder().url(url + "/healthz").build()).execute()) {
      return response.isSuccessful();
    } catch (IOException e) {
      return false;
    }
  }

  /** The addresses of a cluster's nodes that take requests; this one is one of them. */
  List<String> nodes() throws BadInput {
    JsonNode cluster;
    try (Response response =
        client.newCall(new Request.Builder().url(url + "/sim/v1/cluster").build()).execute()) {
      if (response.code() == 404) {
        throw WorldOptions.wrong(
            "--cluster",
            "what answers at " + url + " is no node of a cluster; see docs/CLUSTER.md");
      }
      cluster = json(response.body().string());
    } catch (IOException e) {
      throw unreachable();
    }
    List<String> nodes = new ArrayList<>();
    for (JsonNode node : cluster.path("nodes")) {
      if (node.path("status").asString("").equals("up")) {
        nodes.add(node.path("url").asString(""));
      }
    }
    return nodes;
  }

  /** Begins a part of a run of load there; what it is called. */
  String beginLoad(LoadOrder order) throws BadInput {
    return json(send(
            new Request.Builder()
                .url(url + LOAD)
                .post(RequestBody.create(JournalJson.mapper().writeValueAsString(order), JSON))
                .build()))
        .path("id")
        .asString("");
  }

  /** How far it is, or what became of it; after a second at most. */
  JsonNode load(String id) throws BadInput {
    return json(send(new Request.Builder().url(url + LOAD + "/" + id).build()));
  }

  /** Ends it: what became of it is that so far. */
  void endLoad(String id) throws BadInput {
    send(new Request.Builder().url(url + LOAD + "/" + id).delete().build());
  }

  static JsonNode json(String text) {
    try {
      return JournalJson.mapper().readTree(text);
    } catch (JacksonException e) {
      return JournalJson.mapper().createObjectNode();
    }
  }

  /** The call as a scenario. */
  String scenario(String sid) throws BadInput {
    return send(new Request.Builder().url(url + "/sim/v1/calls/" + sid + "/scenario").build());
  }

  /** Why the call went as it did. */
  String explain(String sid, boolean colour) throws BadInput {
    return send(
        new Request.Builder()
            .url(url + "/sim/v1/calls/" + sid + "/explain?colour=" + colour)
            .build());
  }

  /** The call once more, differently from an instant on. */
  String fork(String sid, String at, String direction, boolean colour) throws BadInput {
    String body =
        "{\"at\": %s, \"do\": %s}"
            .formatted(JournalJson.mapper().writeValueAsString(at), direction);
    return send(
        new Request.Builder()
            .url(url + "/sim/v1/calls/" + sid + "/fork?colour=" + colour)
            .post(RequestBody.create(body, JSON))
            .build());
  }

  /** The call's timeline as it is. */
  JsonNode timeline(String sid) throws BadInput {
    return json(send(get(sid, "application/json")));
  }

  /** Prints the call line by line while it happens, to its end. */
  void follow(String sid, Detail detail, Ink ink, Consumer<String> printer) throws BadInput {
    Request request =
        new Request.Builder()
            .url(
                "%s/sim/v1/calls/%s/timeline?follow=true&detail=%s&colour=%s"
                    .formatted(url, sid, detail.name().toLowerCase(Locale.ROOT), ink == Ink.ANSI))
            .header("Accept", "text/plain")
            .build();
    String token =
        AccountFile.find(HomeFolder.home(), request.url().port())
            .map(AccountFile.Entry::authToken)
            .orElse(Hints.UNSAID);
    try (Response response = client.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw refused(response.code(), response.body().string());
      }
      for (String line = response.body().source().readUtf8Line();
          line != null;
          line = response.body().source().readUtf8Line()) {
        printer.accept(line.replace(Hints.UNSAID, token));
      }
    } catch (IOException e) {
      throw new BadInput(
          new Problem(
              null, 0, "--server", "the Ringback at " + url + " went away during the call", null));
    }
  }

  private Request get(String sid, String accept) {
    return new Request.Builder()
        .url(url + "/sim/v1/calls/" + sid + "/timeline")
        .header("Accept", accept)
        .build();
  }

  private String send(Request request) throws BadInput {
    try (Response response = client.newCall(request).execute()) {
      String body = response.body().string();
      if (!response.isSuccessful()) {
        throw refused(response.code(), body);
      }
      return body;
    } catch (IOException e) {
      throw unreachable();
    }
  }

  private BadInput refused(int status, String body) {
    JsonNode error = json(body).path("error");
    String said = error.path("message").asString("");
    if (said.isEmpty() || said.startsWith("Endpoint ")) {
      return new BadInput(
          new Problem(
              null,
              0,
              "--server",
              "what answers at %s is no `ringback serve` (HTTP %d)".formatted(url, status),
              "name the one that you mean with --server"));
    }
    return new BadInput(
        new Problem(
            null,
            0,
            error.path("field").asString(""),
            said,
            error.path("hint").isMissingNode() ? null : error.path("hint").asString()));
  }

  private BadInput unreachable() {
    return new BadInput(
        new Problem(
            null,
            0,
            "--server",
            "no Ringback answers at " + url,
            "start one with `ringback serve`, or call without one by --voice-url"));
  }
}
