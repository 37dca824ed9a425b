package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.call.Call;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.engine.WorldSettings;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.json.JournalJson;
import dev.ringback.server.RingbackServer;
import dev.ringback.server.WebApp;
import dev.ringback.voice.CallStatus;
import dev.ringback.yaml.Yaml;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.Dispatcher;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Many clients of the API and as many live calls at once, against a real clock. */
@Timeout(150)
class CrowdTest {
  /** `make test-long` sends a thousand. */
  private static final int CLIENTS = Integer.getInteger("ringback.clients", 200);

  @Test
  void nothingFailsAndNothingIsLost() throws Exception {
    try (WebApp app = new WebApp()) {
      app.at(
              "/live",
              "<Response><Say>Hello</Say><Gather timeout='600'/><Pause length='600'/></Response>")
          .at(
              "/slow",
              (RecordedRequest r) ->
                  new MockResponse.Builder().code(204).headersDelay(1, TimeUnit.SECONDS).build());
      String yaml =
          """
          server: {port: 0, voices: tones}
          rest: {callsPerSecond: 10000}
          numbers: [{number: "%s", voiceUrl: "%s/live"}]
          customers: [{number: "%s", cast: {answers: {after: 0s, talks: 1h}}}]
          """
              .formatted(WorldFixture.NUMBER, app.url(), WorldFixture.CUSTOMER);
      try (RingbackServer server =
          RingbackServer.start(
              ConfigFile.read(Yaml.parse("ringback.yaml", yaml)), seed -> new WorldDraft())) {
        new Crowd(server, app.url()).run();
      }
    }
  }

  private static final class Crowd {
    private final RingbackServer server;
    private final String app;
    private final String base;
    private final String authorization;
    private final OkHttpClient client;
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> creations = new ConcurrentLinkedQueue<>();

    Crowd(RingbackServer server, String app) {
      this.server = server;
      this.app = app;
      WorldSettings settings = server.world().settings();
      this.base = server.url() + "/2010-04-01/Accounts/" + settings.account();
      this.authorization = Credentials.basic(settings.account().value(), settings.authToken());
      Dispatcher dispatcher = new Dispatcher();
      dispatcher.setMaxRequests(CLIENTS);
      dispatcher.setMaxRequestsPerHost(CLIENTS);
      this.client =
          new OkHttpClient.Builder()
              .dispatcher(dispatcher)
              .connectionPool(new ConnectionPool(CLIENTS, 1, TimeUnit.MINUTES))
              .readTimeout(Duration.ofSeconds(60))
              .build();
    }

    private JsonNode send(Request.Builder request) throws IOException {
      try (Response response =
          client.newCall(request.header("Authorization", authorization).build()).execute()) {
        statuses.merge(response.code(), 1, Integer::sum);
        String body = response.body().string();
        return JournalJson.mapper().readTree(body.isEmpty() ? "{}" : body);
      }
    }

    private JsonNode post(String url, String... form) throws IOException {
      FormBody.Builder body = new FormBody.Builder();
      for (int i = 0; i < form.length; i += 2) {
        body.add(form[i], form[i + 1]);
      }
      return send(new Request.Builder().url(url).post(body.build()));
    }

    private JsonNode get(String url) throws IOException {
      return send(new Request.Builder().url(url));
    }

    private String create() throws IOException {
      long start = System.nanoTime();
      String sid =
          post(
                  base + "/Calls.json",
                  "To",
                  WorldFixture.CUSTOMER,
                  "From",
                  WorldFixture.NUMBER,
                  "Url",
                  app + "/live",
                  "StatusCallback",
                  app + "/slow",
                  "StatusCallbackEvent",
                  "initiated",
                  "StatusCallbackEvent",
                  "answered")
              .path("sid")
              .asString();
      creations.add(System.nanoTime() - start);
      return sid;
    }

    void run() throws Exception {
      long start = System.nanoTime();
      String conversation =
          post(server.url() + "/conversations/v1/Conversations").path("sid").asString();
      List<String> calls = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<String>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
          clients.add(threads.submit(this::create));
        }
        for (Future<String> each : clients) {
          calls.add(each.get());
        }
      }
      assertEquals(CLIENTS, calls.stream().distinct().count());
      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> live() == CLIENTS);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
          String call = calls.get(i);
          int number = i;
          clients.add(
              threads.submit(() -> {
                post(
                    server.url() + "/conversations/v1/Conversations/" + conversation + "/Messages",
                    "Body",
                    "message " + number);
                assertEquals(
                    "in-progress",
                    get(base + "/Calls/" + call + ".json").path("status").asString());
                get(base + "/Calls.json?PageSize=5&Status=in-progress");
                post(base + "/Calls/" + call + "/Recordings.json");
                post(base + "/Calls/" + call + ".json", "Status", "completed");
                return null;
              }));
        }
        for (Future<?> each : clients) {
          each.get();
        }
      }
      assertEquals(0, live());
      assertEquals(CLIENTS, messages(conversation), "no message was lost");
      int recordings =
          server.world().calls().join().stream()
              .mapToInt(call -> call.facts().recordings().size())
              .sum();
      assertEquals(CLIENTS, recordings, "no recording was lost");
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(statuses.keySet().stream().allMatch(s -> s < 300), statuses::toString);
      List<Long> sorted = creations.stream().sorted().toList();
      long slowest = TimeUnit.NANOSECONDS.toMillis(sorted.getLast());
      long middle = TimeUnit.NANOSECONDS.toMillis(sorted.get(CLIENTS / 2));
      System.out.printf(
          "crowd: %d clients, %s in all; POST Calls: half within %d ms, all within %d ms; %s%n",
          CLIENTS, took, middle, slowest, statuses);
      assertTrue(took.toSeconds() < 90, () -> "it took " + took);
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }

    private long live() {
      return server.world().calls().join().stream()
          .filter((Call call) -> call.facts().leg().status() == CallStatus.IN_PROGRESS)
          .count();
    }

    private int messages(String conversation) throws IOException {
      int count = 0;
      String next =
          server.url()
              + "/conversations/v1/Conversations/"
              + conversation
              + "/Messages?PageSize=100";
      while (next != null) {
        JsonNode page = get(next);
        count += page.path("messages").size();
        JsonNode url = page.path("meta").path("next_page_url");
        next = url.isNull() ? null : url.asString().replace("localhost", "127.0.0.1");
      }
      return count;
    }
  }
}
