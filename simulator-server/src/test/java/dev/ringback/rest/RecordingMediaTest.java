package dev.ringback.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.engine.Placed;
import dev.ringback.engine.World;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.json.JournalJson;
import dev.ringback.server.RingbackServer;
import dev.ringback.server.WebApp;
import dev.ringback.voice.Recording;
import dev.ringback.yaml.Yaml;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The files of recordings over HTTP, as an app fetches them (docs/voice/api/recording). */
@Timeout(60)
class RecordingMediaTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private WebApp app;
  private RingbackServer server;

  @SuppressWarnings("NullAway.Init")
  RecordingMediaTest() {}

  @BeforeEach
  void start() throws Exception {
    app = new WebApp().at("/action", "<Response><Hangup/></Response>");
    String yaml =
        """
        server: {port: 0, voices: tones}
        clock: {mode: stepped}
        numbers: [{number: "+15017122661", voiceUrl: "%s/voice"}]
        workers: [{identity: alice@example.com, cast: {answers: {after: 1s, talks: 3s}}}]
        conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice@example.com}]
        """
            .formatted(app.url());
    server =
        RingbackServer.start(
            ConfigFile.read(Yaml.parse("ringback.yaml", yaml)), seed -> new WorldDraft());
  }

  @AfterEach
  void stop() {
    server.close();
    app.close();
  }

  /** The URL that the app is told, of a call that was recorded so. */
  private String recorded(String mode) {
    app.at(
        "/voice",
        WorldFixture.connect(
            "record=\"%s\" recordingStatusCallback=\"%s/rec\" ".formatted(mode, app.url())
                + "recordingStatusCallbackEvent=\"in-progress completed absent\""));
    World world = server.world();
    Placed placed = world.place(WorldFixture.call()).join();
    assertTrue(placed instanceof Placed.Ringing);
    world.advance(Duration.ofSeconds(2)).join();
    String form = Objects.requireNonNull(app.to("/rec").getLast().getBody()).utf8();
    return Arrays.stream(form.split("&", -1))
        .filter(p -> p.startsWith("RecordingUrl="))
        .map(p ->
            java.net.URLDecoder.decode(
                p.substring("RecordingUrl=".length()), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }

  private String finished(String mode) {
    String url = recorded(mode);
    server.world().advance(Duration.ofSeconds(20)).join();
    return url;
  }

  private static HttpResponse<byte[]> get(String url, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    return JournalJson.mapper().readTree(new String(response.body(), StandardCharsets.UTF_8));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }

  @Test
  @Fact("media.not-before-completed")
  void thereIsNoFileBeforeTheRecordingIsReady() throws Exception {
    String url = recorded("record-from-answer");
    HttpResponse<byte[]> early = get(url);
    assertEquals(404, early.statusCode());
    assertEquals(20404, json(early).path("code").asInt());
    assertEquals(404, json(early).path("status").asInt());
    assertEquals(
        "https://www.twilio.com/docs/errors/20404", json(early).path("more_info").asString());
    server.world().advance(Duration.ofSeconds(20)).join();
    assertEquals(200, get(url).statusCode());
  }

  @Test
  @Fact({"media.mp3", "media.open-by-default", "media.wav", "recording-status.sids-and-url"})
  void withAndWithoutAnExtension() throws Exception {
    String url = finished("record-from-answer-dual");
    HttpResponse<byte[]> plain = get(url);
    HttpResponse<byte[]> wav = get(url + ".wav");
    assertEquals("audio/x-wav", header(plain, "Content-Type"));
    assertEquals("RIFF", new String(plain.body(), 0, 4, StandardCharsets.US_ASCII));
    assertEquals(44 + 3 * 8_000 * 2 * 2, plain.body().length);
    assertEquals(Integer.toString(plain.body().length), header(plain, "Content-Length"));
    assertArrayEquals(plain.body(), wav.body());
    HttpResponse<byte[]> mp3 = get(url + ".mp3");
    assertEquals("audio/mpeg", header(mp3, "Content-Type"));
    assertEquals((byte) 0xFF, mp3.body()[0]);
    assertEquals(404, get(url + ".ogg").statusCode());
  }

  @Test
  @Fact({"errors.code-16113", "media.requested-channels"})
  void requestedChannels() throws Exception {
    String dual = finished("record-from-answer-dual");
    assertEquals(44 + 3 * 8_000 * 2, get(dual + "?RequestedChannels=1").body().length);
    assertEquals(44 + 3 * 8_000 * 4, get(dual + ".wav?RequestedChannels=2").body().length);
    String mono = finished("record-from-answer");
    HttpResponse<byte[]> refused = get(mono + "?RequestedChannels=2");
    assertEquals(400, refused.statusCode());
    assertEquals(16113, json(refused).path("code").asInt());
    assertEquals(400, get(mono + "?RequestedChannels=3").statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-43, 0, 43",
    "bytes=1000-, 1000, 48043",
    "bytes=-100, 47944, 48043",
    "bytes=40000-99999, 40000, 48043",
  })
  void ranges(String range, int first, int last) throws Exception {
    String url = finished("record-from-answer");
    byte[] whole = get(url).body();
    assertEquals(48_044, whole.length);
    HttpResponse<byte[]> part = get(url, "Range", range);
    assertEquals(206, part.statusCode());
    assertEquals("bytes %d-%d/48044".formatted(first, last), header(part, "Content-Range"));
    assertArrayEquals(Arrays.copyOfRange(whole, first, last + 1), part.body());
  }

  @Test
  void rangesOfAnMp3AndRangesOutsideOfTheFile() throws Exception {
    String url = finished("record-from-answer") + ".mp3";
    byte[] whole = get(url).body();
    HttpResponse<byte[]> part = get(url, "Range", "bytes=100-299");
    assertArrayEquals(Arrays.copyOfRange(whole, 100, 300), part.body());
    assertEquals("bytes 100-299/" + whole.length, header(part, "Content-Range"));
    HttpResponse<byte[]> outside = get(url, "Range", "bytes=9999999-");
    assertEquals(416, outside.statusCode());
    assertEquals("bytes */" + whole.length, header(outside, "Content-Range"));
    assertEquals(200, get(url, "Range", "lines=1-2").statusCode());
  }

  @Test
  void headTellsTheLength() throws Exception {
    String url = finished("record-from-answer");
    HttpResponse<byte[]> head =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(url))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofByteArray());
    assertEquals("48044", header(head, "Content-Length"));
    assertEquals(0, head.body().length);
  }

  @Test
  void whatIsNotThere() throws Exception {
    String url = finished("record-from-answer");
    for (String wrong :
        List.of(
            url.replaceAll("RE.{32}", "RE" + "0".repeat(32)),
            url.replaceAll("RE.{32}", "nonsense"),
            url.replaceAll("AC.{32}", "AC" + "0".repeat(32)))) {
      assertEquals(404, get(wrong).statusCode(), wrong);
      assertEquals(20404, json(get(wrong)).path("code").asInt(), wrong);
    }
  }

  /** RecordingDuration is the file's. */
  @Test
  void theCallbackTellsTheLengthOfTheFile() throws Exception {
    String url = finished("record-from-answer");
    var calls = server.world().calls().join();
    Recording recording = calls.getFirst().facts().recordings().getFirst();
    assertEquals(3, recording.seconds());
    assertTrue(
        Objects.requireNonNull(app.to("/rec").getLast().getBody())
            .utf8()
            .contains("RecordingDuration=3&"));
    assertEquals(3 * 8_000 * 2, get(url).body().length - 44);
  }
}
