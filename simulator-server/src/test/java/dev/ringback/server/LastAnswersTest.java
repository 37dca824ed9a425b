package dev.ringback.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.engine.World;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.yaml.Yaml;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that can do no more, or is asked for too much, says so to whoever asks. */
@Timeout(60)
class LastAnswersTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final CountDownLatch asked = new CountDownLatch(1);
  private WebApp app;
  private RingbackServer server;

  @SuppressWarnings("NullAway.Init")
  LastAnswersTest() {}

  @BeforeEach
  void start() throws Exception {
    app =
        new WebApp()
            .at("/voice", "<Response><Pause length='60'/></Response>")
            .at(
                "/crm",
                request -> {
                  asked.countDown();
                  return new MockResponse.Builder()
                      .headersDelay(30, TimeUnit.SECONDS)
                      .body("{}")
                      .build();
                });
    String yaml =
        """
        server: {port: 0, maxLiveCalls: 2}
        clock: {mode: real}
        numbers: [{number: "%s", voiceUrl: "%s/voice"}]
        frontline: {outgoing: {url: "%s/voice"}, integration: {crm: "%s/crm"}}
        conversations: [{customer: "%s", number: "%s", worker: worker@example.com}]
        """
            .formatted(
                WorldFixture.NUMBER,
                app.url(),
                app.url(),
                app.url(),
                WorldFixture.CUSTOMER,
                WorldFixture.NUMBER);
    server =
        RingbackServer.start(
            ConfigFile.read(Yaml.parse("ringback.yaml", yaml)),
            seed -> {
              WorldDraft draft = new WorldDraft();
              draft.seed = seed;
              return draft;
            });
  }

  @AfterEach
  void stop() {
    server.close();
    app.close();
  }

  private HttpRequest request(String method, String path, String type, String body) {
    String login =
        server.world().settings().account() + ":" + server.world().settings().authToken();
    return HttpRequest.newBuilder(URI.create(server.url() + path))
        .header("Content-Type", type)
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
        .method(method, BodyPublishers.ofString(body))
        .build();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return CLIENT.send(request(method, path, "application/json", body), BodyHandlers.ofString());
  }

  private HttpResponse<String> placeACall() throws Exception {
    return send(
        "POST",
        "/sim/v1/calls",
        "{\"from\": \"%s\", \"to\": \"%s\"}".formatted(WorldFixture.CUSTOMER, WorldFixture.NUMBER));
  }

  private static String callSid(HttpResponse<String> placed) {
    assertEquals(201, placed.statusCode(), placed.body());
    return placed.body().replaceAll(".*(CA[0-9a-f]{32}).*", "$1");
  }

  @Test
  void whoeverWaitsWhenTheServerEndsIsTold() throws Exception {
    CompletableFuture<HttpResponse<String>> callback =
        CLIENT.sendAsync(
            request(
                "POST",
                "/sim/v1/callbacks/crm",
                "application/json",
                "{\"worker\": \"worker@example.com\", \"location\": \"GetCustomersList\"}"),
            BodyHandlers.ofString());
    assertTrue(asked.await(20, TimeUnit.SECONDS), "the app was not asked");
    HttpResponse<InputStream> stream =
        CLIENT.send(
            request("GET", "/sim/v1/journal/stream", "application/json", ""),
            BodyHandlers.ofInputStream());
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
    assertEquals(": ready", lines.readLine());
    CompletableFuture<HttpResponse<String>> poll =
        CLIENT.sendAsync(
            request(
                "GET",
                "/sim/v1/calls/" + callSid(placeACall()) + "?wait=30s",
                "application/json",
                ""),
            BodyHandlers.ofString());
    for (int i = 0; i < 20; i++) {
      send("GET", "/sim/v1/clock", ""); // by then the poll has come in
    }
    server.close();
    for (CompletableFuture<HttpResponse<String>> waiting : List.of(callback, poll)) {
      HttpResponse<String> told = waiting.get(10, TimeUnit.SECONDS);
      assertEquals(503, told.statusCode(), told.body());
      assertTrue(told.body().contains("the server is shutting down"), told.body());
    }
    while (lines.readLine() != null) {
      // Streams end as streams do.
    }
  }

  @Test
  void aLoopThatDiedIsNotHealthy() throws Exception {
    HttpResponse<String> healthy = send("GET", "/healthz", "");
    assertEquals(200, healthy.statusCode());
    assertEquals("{\"ready\":true}", healthy.body());
    HttpResponse<String> made = send("POST", "/sim/v1/worlds", "{\"seed\": 7}");
    String other = made.body().replaceAll(".*(AC[0-9a-f]{32}).*", "$1");
    kill(server.world());
    HttpResponse<String> dead = send("GET", "/healthz", "");
    assertEquals(503, dead.statusCode());
    for (HttpResponse<String> each :
        List.of(
            dead,
            send("GET", "/sim/v1/calls", ""),
            placeACall(),
            send(
                "GET",
                "/2010-04-01/Accounts/" + server.world().settings().account() + "/Calls.json",
                ""))) {
      assertEquals(503, each.statusCode(), each.body());
      assertTrue(
          each.body().contains("has died: java.lang.LinkageError: a class is broken"), each.body());
    }
    assertEquals(200, send("GET", "/sim/v1/worlds/" + other + "/calls", "").statusCode());
  }

  @Test
  void anotherWorldThatDiedTellsOfItself() throws Exception {
    HttpResponse<String> made = send("POST", "/sim/v1/worlds", "{\"seed\": 7}");
    String other = made.body().replaceAll(".*(AC[0-9a-f]{32}).*", "$1");
    send("POST", "/sim/v1/worlds/" + other + "/reset", "");
    kill(server.worldOf(other));
    assertEquals(200, send("GET", "/healthz", "").statusCode());
    HttpResponse<String> told = send("GET", "/sim/v1/worlds/" + other + "/calls", "");
    assertEquals(503, told.statusCode(), told.body());
    assertTrue(told.body().contains("the loop of the world " + other + " has died"), told.body());
    assertEquals(204, send("DELETE", "/sim/v1/worlds/" + other, "").statusCode());
  }

  private static void kill(World world) {
    CompletableFuture<?> fatal =
        world.ask(account -> {
          throw new LinkageError("a class is broken");
        });
    assertTrue(fatal.handle((value, e) -> e != null).join());
  }

  @Test
  void tooManyLiveCallsAreRefusedByWhateverWayTheyCome() throws Exception {
    callSid(placeACall());
    HttpResponse<String> byWorker =
        send(
            "POST",
            "/sim/v1/workers/worker@example.com/calls",
            "{\"customer\": \"%s\"}".formatted(WorldFixture.CUSTOMER));
    callSid(byWorker);
    HttpResponse<String> inbound = placeACall();
    assertEquals(429, inbound.statusCode(), inbound.body());
    assertTrue(inbound.body().contains("2 calls are live, as many as may be"), inbound.body());
    assertTrue(inbound.body().contains("raise server.maxLiveCalls"), inbound.body());
    HttpResponse<String> outbound =
        CLIENT.send(
            request(
                "POST",
                "/2010-04-01/Accounts/" + server.world().settings().account() + "/Calls.json",
                "application/x-www-form-urlencoded",
                "To=%2B15558675311&From=%2B15017122661&Url=http%3A%2F%2Flocalhost%2F"),
            BodyHandlers.ofString());
    assertEquals(429, outbound.statusCode(), outbound.body());
    assertTrue(outbound.body().contains("\"code\": 20429"), outbound.body());
    assertTrue(outbound.body().contains("2 calls are live"), outbound.body());
  }
}
