package dev.ringback.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.engine.World;
import dev.ringback.journal.JournalEntry;
import dev.ringback.json.JournalJson;
import dev.ringback.server.RingbackServer;
import dev.ringback.server.WebApp;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Target;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code serve --state}: a server that ends and another that goes on. */
@Timeout(60)
class ServeWithStateTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  ServeWithStateTest() {}

  private RingbackServer start(String config) throws Exception {
    ConfigFile read = ConfigFile.read(Files.writeString(folder.resolve("ringback.yaml"), config));
    read.port = 0;
    StateStore store = StateStore.open(folder.resolve("state"));
    try {
      return RingbackServer.start(read, seed -> draft(seed), Optional.of(store));
    } catch (StateProblem e) {
      store.close();
      throw e;
    }
  }

  private static WorldDraft draft(long seed) {
    WorldDraft draft = new WorldDraft();
    draft.seed = seed;
    draft.clock = draft.clock.withMode("stepped");
    return draft;
  }

  private static HttpResponse<String> post(RingbackServer server, String path, String body)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode get(RingbackServer server, String path) throws Exception {
    return JournalJson.mapper()
        .readTree(
            HTTP.send(
                    HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
  }

  private static String config(WebApp app) {
    return """
    clock: {mode: stepped}
    server: {publicUrl: "http://localhost:4999"}
    numbers: [{number: "+15017122661", voiceUrl: "%s/voice"}]
    """
        .formatted(app.url());
  }

  @Test
  void aCallThatWaitsGoesOnWhereItWasWithTheSameJournal() throws Exception {
    try (WebApp app =
        new WebApp()
            .at(
                "/voice",
                "<Response><Gather numDigits='1' timeout='30' action='/pressed'/></Response>")
            .at("/pressed", "<Response><Say>Bye</Say></Response>")) {
      String call;
      List<String> before;
      String token;
      try (RingbackServer server = start(config(app))) {
        call =
            JournalJson.mapper()
                .readTree(
                    post(
                            server,
                            "/sim/v1/calls",
                            "{\"from\": \"+15558675310\", \"to\": \"+15017122661\"}")
                        .body())
                .path("callSid")
                .asString();
        assertEquals(200, post(server, "/sim/v1/clock/advance", "{\"by\": \"3s\"}").statusCode());
        before = journal(server.world());
        token = server.world().settings().authToken();
      }
      assertEquals(1, app.requests.size());
      try (RingbackServer server = start(config(app))) {
        assertEquals(before, journal(server.world()));
        assertEquals(token, server.world().settings().authToken());
        assertEquals(1, app.requests.size(), "nothing is asked again");
        HttpResponse<String> pressed =
            post(
                server,
                "/sim/v1/calls/" + call + "/acts",
                "{\"party\": \"customer\", \"act\": \"press\", \"digits\": \"1\"}");
        assertEquals(202, pressed.statusCode(), pressed::body);
        assertEquals(200, post(server, "/sim/v1/clock/advance", "{\"by\": \"9s\"}").statusCode());
        assertEquals("completed", get(server, "/sim/v1/calls/" + call).path("status").asString());
        assertEquals(1, app.to("/pressed").size());
      }
    }
  }

  private static List<String> journal(World world) {
    return world.journal().all().stream().map(JournalJson::write).toList();
  }

  @Test
  void otherWorldsAndAResetAreKeptToo() throws Exception {
    try (WebApp app = new WebApp().at("/voice", "<Response><Pause length='60'/></Response>")) {
      String other;
      String gone;
      try (RingbackServer server = start(config(app))) {
        other = world(server);
        gone = world(server);
        post(server, "/sim/v1/calls", "{\"from\": \"+15558675310\", \"to\": \"+15017122661\"}");
        assertEquals(200, post(server, "/sim/v1/reset", "").statusCode() / 100 * 100);
        post(server, "/sim/v1/worlds/" + other + "/clock/advance", "{\"by\": \"1h\"}");
        HTTP.send(
            HttpRequest.newBuilder(URI.create(server.url() + "/sim/v1/worlds/" + gone))
                .DELETE()
                .build(),
            HttpResponse.BodyHandlers.ofString());
      }
      try (RingbackServer server = start(config(app))) {
        assertEquals(List.of(), journal(server.world()));
        JsonNode clock = get(server, "/sim/v1/worlds/" + other + "/clock");
        assertEquals("2026-01-01T10:00:00Z", clock.path("now").asString(), clock::toString);
        assertTrue(get(server, "/sim/v1/worlds/" + gone + "/clock").has("error"));
        assertTrue(!world(server).equals(other), "seeds go on, too");
      }
    }
  }

  /** The past is over when it has been lived again. */
  @Test
  void aResetAfterARestartIsAReset() throws Exception {
    try (WebApp app = new WebApp().at("/voice", "<Response><Say>Hello</Say></Response>")) {
      String call = "{\"from\": \"+15558675310\", \"to\": \"+15017122661\"}";
      for (int life = 0; life < 4; life++) {
        try (RingbackServer server = start(config(app))) {
          assertEquals(life == 0 ? 0 : 1, get(server, "/sim/v1/calls").path("calls").size());
          HttpResponse<String> reset = post(server, "/sim/v1/reset", "");
          assertEquals(204, reset.statusCode(), reset::body);
          assertEquals(0, get(server, "/sim/v1/calls").path("calls").size());
          assertEquals(201, post(server, "/sim/v1/calls", call).statusCode());
          post(server, "/sim/v1/clock/advance", "{\"by\": \"9s\"}");
        }
      }
      assertEquals(4, app.requests.size());
    }
  }

  @Test
  void anotherVoiceUrlIsRefused() throws Exception {
    try (WebApp app = new WebApp()) {
      start(config(app)).close();
      ConfigFile other = ConfigFile.read(folder.resolve("ringback.yaml"));
      other.port = 0;
      other.world.numbers =
          other.world.numbers.withDefaultVoice(
              new Target("http://localhost:9/other", HttpMethod.POST));
      StateStore store = StateStore.open(folder.resolve("state"));
      StateProblem problem =
          assertThrows(
              StateProblem.class,
              () -> RingbackServer.start(other, seed -> draft(seed), Optional.of(store)));
      store.close();
      assertTrue(String.valueOf(problem.getMessage()).contains("--voice-url"), problem::toString);
    }
  }

  private static String world(RingbackServer server) throws Exception {
    HttpResponse<String> made = post(server, "/sim/v1/worlds", "{}");
    assertEquals(201, made.statusCode(), made::body);
    return JournalJson.mapper().readTree(made.body()).path("accountSid").asString();
  }

  @Test
  void anotherConfigurationIsRefusedAndNamed() throws Exception {
    try (WebApp app = new WebApp()) {
      start(config(app)).close();
      try {
        start(config(app) + "workers: [{identity: bob}]\nseed: 9\n").close();
        throw new AssertionError("it started");
      } catch (StateProblem e) {
        assertTrue(
            String.valueOf(e.getMessage()).contains("(account, seed, workers)"), e::toString);
      }
      start(config(app)).close();
    }
  }

  /** What took longer than the time that a request waits is in the past, and passes at once. */
  @Test
  void aRequestThatWaitedForTheAppIsFulfilledAgain() throws Exception {
    try (WebApp app = new WebApp().at("/voice", "<Response><Say>Hello</Say></Response>")) {
      try (RingbackServer server = start(config(app))) {
        for (int i = 0; i < 50; i++) {
          post(server, "/sim/v1/calls", "{\"from\": \"+15558675310\", \"to\": \"+15017122661\"}");
          post(server, "/sim/v1/clock/advance", "{\"by\": \"5s\"}");
        }
      }
      long start = System.nanoTime();
      try (RingbackServer server = start(config(app))) {
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 20);
        assertEquals(50, get(server, "/sim/v1/calls").path("calls").size());
        for (JournalEntry entry : server.world().journal().all()) {
          assertTrue(entry.number() > 0);
        }
      }
      assertEquals(50, app.requests.size());
    }
  }
}
