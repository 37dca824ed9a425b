package dev.ringback.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.json.JournalJson;
import dev.ringback.server.RingbackServer;
import dev.ringback.server.WebApp;
import dev.ringback.yaml.Yaml;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A request to the app can be waited for, with a deadline. */
@Timeout(60)
class AwaitTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private WebApp app;
  private RingbackServer server;

  @SuppressWarnings("NullAway.Init")
  AwaitTest() {}

  @BeforeEach
  void start() throws Exception {
    app =
        new WebApp()
            .at("/voice", WorldFixture.connect("inboundTimeout=\"20\""))
            .at("/action", "<Response><Hangup/></Response>");
    server =
        RingbackServer.start(
            ConfigFile.read(
                Yaml.parse(
                    "ringback.yaml",
                    """
                    server: {port: 0}
                    clock: {mode: stepped}
                    numbers: [{number: "+15017122661", voiceUrl: "%s/voice"}]
                    workers: [{identity: alice@example.com, cast: ignores}]
                    conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice@example.com}]
                    """
                        .formatted(app.url()))),
            seed -> new WorldDraft());
  }

  @AfterEach
  void stop() {
    server.close();
    app.close();
  }

  private CompletableFuture<HttpResponse<String>> post(String path, String body) {
    return CLIENT.sendAsync(
        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/sim/v1" + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JournalJson.mapper().readTree(response.body());
  }

  private String call() {
    HttpResponse<String> call =
        post("/calls", "{\"from\": \"+15558675310\", \"to\": \"+15017122661\"}").join();
    assertEquals(201, call.statusCode(), call::body);
    return json(call).path("callSid").asString();
  }

  @Test
  void whatHasComeCountsAndWhatComesIsWaitedFor() {
    String sid = call();
    HttpResponse<String> voice =
        post("/await", "{\"request\": \"voice\", \"within\": \"10s\"}").join();
    assertEquals(200, voice.statusCode(), voice::body);
    assertEquals(sid, json(voice).path("callSid").asString());
    assertEquals("ringing", json(voice).path("form").path("CallStatus").asString());
    assertEquals(200, json(voice).path("answer").path("status").asInt());

    CompletableFuture<HttpResponse<String>> action =
        post(
            "/await",
            "{\"request\": \"action\", \"form\": {\"Result\": \"/incomplete/\", \"DialCallStatus\": {\"oneOf\": [\"busy\", \"no-answer\"]}}, \"call\": \"%s\", \"within\": \"30s\"}"
                .formatted(sid));
    assertEquals(200, post("/clock/advance", "{\"by\": \"20s\"}").join().statusCode());
    assertEquals(200, action.join().statusCode(), () -> action.join().body());
    assertEquals("no-answer", json(action.join()).path("form").path("DialCallStatus").asString());
  }

  @Test
  void whatDoesNotComeIsTheNearestMiss() {
    call();
    post("/await", "{\"request\": \"voice\"}").join();
    HttpResponse<String> other =
        post(
                "/await",
                "{\"request\": \"voice\", \"form\": {\"From\": \"+15550000000\"}, \"within\": \"50ms\"}")
            .join();
    assertEquals(408, other.statusCode(), other::body);
    assertTrue(
        other.body().contains("≠ From: expected +15550000000, was '+15558675310'"), other::body);
    HttpResponse<String> none =
        post("/await", "{\"request\": \"action\", \"within\": \"50ms\"}").join();
    assertEquals(408, none.statusCode());
    assertTrue(none.body().contains("no action request came at all"), none::body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"request\": \"acton\"} | did you mean 'action'?",
        "{\"request\": \"action\", \"from\": {}} | did you mean 'form'?",
        "{\"request\": \"action\", \"form\": {\"Resutl\": \"x\"}} | did you mean 'Result'?",
        "{\"request\": \"action\", \"within\": \"soon\"} | within",
        "{\"request\": \"action\", \"call\": \"CA1\"} | call",
        "{} | request",
      })
  void whatCannotBeWaitedForIsUnprocessable(String body, String said) {
    HttpResponse<String> response = post("/await", body).join();
    assertEquals(422, response.statusCode(), response::body);
    assertTrue(response.body().contains(said), response::body);
  }

  @Test
  void aResetEndsTheWait() {
    CompletableFuture<HttpResponse<String>> waits =
        post("/await", "{\"request\": \"action\", \"within\": \"50s\"}");
    Awaitility.await().until(() -> post("/reset", "").join().statusCode() == 204 && waits.isDone());
    assertEquals(409, waits.join().statusCode());
    assertTrue(waits.join().body().contains("the world was reset"));
  }
}
