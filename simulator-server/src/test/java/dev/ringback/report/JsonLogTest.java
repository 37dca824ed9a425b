package dev.ringback.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cli.Commands;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.json.JournalJson;
import dev.ringback.server.RingbackServer;
import dev.ringback.server.WebApp;
import dev.ringback.yaml.Yaml;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The log of {@code serve --log-format json}, of real calls. */
class JsonLogTest {
  @SuppressWarnings("unchecked")
  private static Map<String, Object> read(String line) {
    return JournalJson.mapper().readValue(line, Map.class);
  }

  @Test
  void aCallIsLoggedALineAnEventAndEachIsJson() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    try (WebApp app =
            new WebApp()
                .at("/voice", "<Response><Redirect>/broken</Redirect></Response>")
                .at("/broken", r -> new MockResponse.Builder().code(503).build());
        RingbackServer server =
            RingbackServer.start(
                ConfigFile.read(
                    Yaml.parse(
                        "test",
                        "server: {port: 0}\nnumbers:\n  - {number: \"+15017122661\", voiceUrl: \""
                            + app.url().replace("http://", "http://user:secret@")
                            + "/voice\"}\n")),
                seed -> new WorldDraft())) {
      JsonLog log = new JsonLog(server.world());
      Thread reader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  log.writeTo(lines::add);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      HttpResponse<String> placed =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(server.url() + "/sim/v1/calls"))
                      .header("Content-Type", "application/json")
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              "{\"from\": \"+15558675310\", \"to\": \"+15017122661\"}"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertEquals(201, placed.statusCode(), placed.body());
      Awaitility.await().until(() -> lines.stream().anyMatch(l -> l.contains("call-ended")));
      List<Object> events = lines.stream().map(line -> read(line).get("event")).toList();
      assertEquals(
          List.of("call-placed", "request", "request", "alert", "call-ended"),
          events,
          lines.toString());
      Map<String, Object> voice = read(lines.get(1));
      assertEquals("voice", voice.get("kind"));
      assertEquals(200, voice.get("status"));
      assertEquals("info", voice.get("level"));
      assertEquals(app.url().replace("http://", "http://user:***@") + "/voice", voice.get("url"));
      Map<String, Object> broken = read(lines.get(2));
      assertEquals(503, broken.get("status"));
      assertEquals("error", broken.get("level"));
      assertEquals("11200", read(lines.get(3)).get("code"));
      assertEquals("completed", read(lines.get(4)).get("status"));
      assertTrue(
          lines.stream().allMatch(line -> String.valueOf(read(line).get("call")).startsWith("CA")));
      assertFalse(lines.toString().contains("secret"), lines.toString());
      String token = server.world().settings().authToken();
      assertTrue(
          JsonLog.ready("http://x", server.world().settings()).contains(token), "it was drawn");
      reader.interrupt();
    }
  }

  @Test
  void anotherFormatIsRefused() {
    Commands.Run run = Commands.run("serve", "--log-format", "xml", "--port", "0");
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("--log-format"), run.err());
    assertEquals(2, Commands.run("serve", "--log-format", "json", "--json").exit());
  }
}
