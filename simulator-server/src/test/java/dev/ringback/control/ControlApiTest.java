package dev.ringback.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.json.JournalJson;
import dev.ringback.server.CannotListen;
import dev.ringback.server.RingbackServer;
import dev.ringback.server.WebApp;
import dev.ringback.yaml.Yaml;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.MockResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class ControlApiTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private WebApp app;
  private RingbackServer server;

  @SuppressWarnings("NullAway.Init")
  ControlApiTest() {}

  @BeforeEach
  void start() throws Exception {
    app =
        new WebApp()
            .at("/voice", WorldFixture.connect("inboundTimeout=\"20\""))
            .at("/action", "<Response><Hangup/></Response>");
    serve("stepped");
  }

  private void serve(String clock) throws Exception {
    String yaml =
        """
        server: {port: 0}
        clock: {mode: %s}
        numbers: [{number: "+15017122661", voiceUrl: "%s/voice"}]
        frontline: {outgoing: {url: "%s/voice"}}
        workers: [{identity: alice@example.com, cast: ignores}]
        conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice@example.com}]
        """
            .formatted(clock, app.url(), app.url());
    ConfigFile config = ConfigFile.read(Yaml.parse("ringback.yaml", yaml));
    server =
        RingbackServer.start(
            config,
            seed -> {
              WorldDraft draft = new WorldDraft();
              draft.seed = seed;
              draft.clock = draft.clock.withMode("stepped");
              return draft;
            });
  }

  @AfterEach
  void stop() {
    server.close();
    app.close();
  }

  private record Reply(int status, JsonNode body) {
    String error() {
      return body.path("error").path("message").asString();
    }
  }

  private Reply send(String method, String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
    String text = response.body().isEmpty() ? "{}" : response.body();
    return new Reply(response.statusCode(), JournalJson.mapper().readTree(text));
  }

  private Reply get(String path) throws Exception {
    return send("GET", path, "");
  }

  private String call() throws Exception {
    Reply placed =
        send("POST", "/sim/v1/calls", "{\"from\": \"+15558675310\", \"to\": \"+15017122661\"}");
    assertEquals(201, placed.status());
    return placed.body().path("callSid").asString();
  }

  @Test
  void aTimelineAsItWasAndWhatCouldBeDone() throws Exception {
    String sid = call();
    send("POST", "/sim/v1/clock/advance", "{\"by\": \"60s\"}");
    String path = "/sim/v1/calls/" + sid + "/timeline";
    JsonNode whole = get(path + "?moments=true").body();
    assertEquals("completed", whole.path("call").path("status").asString());
    JsonNode ringing = get(path + "?at=5s").body();
    assertEquals("in-progress", ringing.path("call").path("status").asString());
    assertEquals("worker", ringing.path("parties").path(1).path("party").asString());
    assertFalse(ringing.path("parties").path(1).path("impossible").has("answer"));
    assertTrue(ringing.path("rows").size() < whole.path("rows").size());
    // The same, said beforehand.
    JsonNode moment = null;
    for (JsonNode one : whole.path("moments")) {
      moment = one.path("offsetMs").asLong() <= 5000 ? one : moment;
    }
    assertEquals(ringing.path("parties"), moment == null ? null : moment.path("parties"));
    assertEquals(400, get(path + "?at=soon").status());
  }

  @Test
  void aForkGoesOnWithFurtherMoves() throws Exception {
    String sid = call();
    send("POST", "/sim/v1/clock/advance", "{\"by\": \"60s\"}");
    String answers = "{\"at\": \"5s\", \"do\": {\"party\": \"worker\", \"act\": \"answer\"}";
    Reply forked =
        send(
            "POST",
            "/sim/v1/calls/" + sid + "/fork",
            answers
                + ", \"then\": [{\"at\": \"9s\", \"do\": {\"party\": \"worker\", \"act\": \"hangup\"}}]}");
    assertEquals(201, forked.status(), forked.error());
    assertTrue(
        forked.body().path("text").asString().contains("session ends session-success"),
        forked.body().path("text").asString());
    assertFalse(forked.body().path("moments").isEmpty());
    Reply early =
        send(
            "POST",
            "/sim/v1/calls/" + sid + "/fork",
            answers
                + ", \"then\": [{\"at\": \"1s\", \"do\": {\"party\": \"worker\", \"act\": \"hangup\"}}]}");
    assertEquals("must not be before the first difference", early.error());
  }

  @Test
  void onlyARealClockHasASpeed() throws Exception {
    assertEquals(409, send("POST", "/sim/v1/clock", "{\"speed\": 2}").status());
    server.close();
    serve("real");
    Reply faster = send("POST", "/sim/v1/clock", "{\"speed\": 100}");
    assertEquals(100, faster.body().path("speed").asInt());
    assertEquals(100, get("/sim/v1/clock").body().path("speed").asInt());
    for (String wrong : List.of("0", "-1", "1001", "\"fast\"")) {
      assertEquals(400, send("POST", "/sim/v1/clock", "{\"speed\": " + wrong + "}").status());
    }
    assertEquals(400, send("POST", "/sim/v1/clock", "{}").status());
  }

  @Test
  void theAccountAsItIsAndAWorkerWhoGoesHome() throws Exception {
    JsonNode account = get("/sim/v1/account").body();
    assertEquals("+15017122661", account.path("numbers").path(0).path("number").asString());
    assertEquals("end-call", account.path("behaviour").path("connectActionDefault").asString());
    assertEquals(account.path("accountSid"), account.path("worlds").path(0));
    Reply changed = send("POST", "/sim/v1/workers/alice%40example.com", "{\"available\": false}");
    assertEquals(200, changed.status(), changed.error());
    assertFalse(
        get("/sim/v1/account").body().path("workers").path(0).path("available").asBoolean(true));
    assertEquals(404, send("POST", "/sim/v1/workers/nobody", "{\"available\": false}").status());
  }

  @Test
  void whatIsSentAgainIsTheSameAndOfACall() throws Exception {
    String sid = call();
    send("POST", "/sim/v1/clock/advance", "{\"by\": \"1s\"}");
    int before = app.requests.size();
    Reply again = send("POST", "/sim/v1/exchanges/" + sid + "/1/resend", "");
    assertEquals(200, again.status(), again.error());
    assertEquals(before + 1, app.requests.size());
    assertEquals(
        app.requests.getFirst().getHeaders().get("I-Twilio-Idempotency-Token"),
        app.requests.getLast().getHeaders().get("I-Twilio-Idempotency-Token"));
    assertEquals(404, send("POST", "/sim/v1/exchanges/" + sid + "/99/resend", "").status());
    assertEquals(404, get("/sim/v1/exchanges/CA1/1").status());
    JsonNode shown = get("/sim/v1/exchanges/" + sid + "/1").body();
    assertTrue(shown.path("curl").asString().contains("X-Twilio-Signature"));
    assertFalse(shown.path("parameters").path(0).path("about").asString().isEmpty());
  }

  /** The terminal of whoever started it has the token; the port is for everybody on the machine. */
  @Test
  void noAnswerHasTheToken() throws Exception {
    app.at("/voice", request -> new MockResponse.Builder().code(403).body("no").build());
    String sid = call();
    Awaitility.await()
        .until(() -> get("/sim/v1/calls/" + sid + "/timeline").body().path("failed").asBoolean());
    String token = server.world().settings().authToken();
    for (String path :
        List.of(
            "/calls/" + sid,
            "/calls/" + sid + "/timeline",
            "/journal",
            "/debugger",
            "/calls/" + sid + "/timeline?detail=verbose")) {
      for (String accept : List.of("application/json", "text/plain")) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(server.url() + "/sim/v1" + path))
                .header("Accept", accept)
                .build();
        String body = CLIENT.send(request, BodyHandlers.ofString()).body();
        assertFalse(body.contains(token), path + " as " + accept);
        if (accept.equals("text/plain") && path.endsWith("/timeline")) {
          assertTrue(body.contains("its auth token must be the one that"), body);
        }
      }
    }
  }

  @Test
  void onlyATokenThatWasDrawnIsShownAndNoneThatWasGiven() throws Exception {
    String drawn = server.world().settings().authToken();
    assertEquals(drawn, get("/sim/v1/account").body().path("authToken").asString());
    assertFalse(get("/sim/v1/configuration").body().toString().contains(drawn));
    server.close();
    String given = "0123456789abcdef0123456789abcdef";
    ConfigFile config =
        ConfigFile.read(
            Yaml.parse(
                "ringback.yaml", "{server: {port: 0}, account: {authToken: %s}}".formatted(given)));
    server = RingbackServer.start(config, seed -> new WorldDraft());
    assertFalse(get("/sim/v1/account").body().has("authToken"));
    for (String path : List.of("/sim/v1/account", "/sim/v1/configuration")) {
      assertFalse(get(path).body().toString().contains(given), path);
    }
    assertEquals(config.host, get("/sim/v1/configuration").body().at("/server/host").asString());
  }

  @Test
  @Fact("numbers.voice-url-answers")
  void aNumberThatIsChangedAnswersTheNextCall() throws Exception {
    app.at("/other", "<Response><Say>other</Say></Response>");
    String path = "/sim/v1/numbers/%2B15017122661";
    Reply changed = send("POST", path, "{\"voiceUrl\": \"" + app.url() + "/other\"}");
    assertEquals(200, changed.status(), changed.body()::toString);
    String sid = call();
    Awaitility.await()
        .until(
            () -> get("/sim/v1/calls/" + sid + "/timeline").body().toString().contains("/other"));
    send("POST", path, "{\"voiceUrl\": \"" + app.url() + "/other\", \"voiceMethod\": \"GET\"}");
    Reply kept = send("POST", path, "{\"voiceUrl\": \"http://bob:hunter2@localhost/x\"}");
    assertEquals("GET", kept.body().at("/endpoints/voice_method").asString());
    assertEquals("http://…@localhost/x", kept.body().at("/endpoints/voice_url").asString());
    Reply made =
        send(
            "POST",
            "/sim/v1/numbers/%2B15017122669",
            "{\"voiceUrl\": \"" + app.url() + "/other\"}");
    assertEquals(200, made.status());
    assertEquals(2, get("/sim/v1/account").body().path("numbers").size());
    assertEquals(
        422, send("POST", "/sim/v1/numbers/12", "{\"voiceUrl\": \"http://a/b\"}").status());
    for (String wrong :
        List.of("{}", "{\"voiceUrl\": \"no\"}", "{\"voiceUrl\": \"http://a/b\", \"x\": 1}")) {
      assertEquals(400, send("POST", path, wrong).status(), wrong);
    }
  }

  @Test
  void anActOnALegActsOnThatLeg() throws Exception {
    app.at(
        "/voice",
        "<Response><Dial timeout=\"10\"><Number>+15551111111</Number><Number>+15552222222</Number>"
            + "<Number>+15553333333</Number></Dial></Response>");
    String sid =
        send(
                "POST",
                "/sim/v1/calls",
                "{\"from\": \"+15558675310\", \"to\": \"+15017122661\", \"cast\": {\"*\": \"ignores\"}}")
            .body()
            .path("callSid")
            .asString();
    Awaitility.await().until(() -> get("/sim/v1/calls/" + sid).body().path("legs").size() == 3);
    send("POST", "/sim/v1/clock/advance", "{\"by\": \"1s\"}");
    JsonNode legs = get("/sim/v1/calls/" + sid).body().path("legs");
    String first = legs.path(0).path("callSid").asString();

    Reply unclear =
        send(
            "POST",
            "/sim/v1/calls/" + sid + "/acts",
            "{\"party\": \"worker\", \"act\": \"answer\"}");
    assertEquals(409, unclear.status());
    assertTrue(unclear.error().startsWith("3 parties are called at once"), unclear.error());

    assertEquals(
        202, send("POST", "/sim/v1/calls/" + first + "/acts", "{\"act\": \"answer\"}").status());
    List<String> statuses = new ArrayList<>();
    get("/sim/v1/calls/" + sid)
        .body()
        .path("legs")
        .forEach(leg -> statuses.add(leg.path("status").asString()));
    assertEquals(List.of("in-progress", "canceled", "canceled"), statuses);
  }

  @Test
  void aCallFromTheFirstRingToTheLastCallback() throws Exception {
    String sid = call();
    assertEquals(200, send("POST", "/sim/v1/clock/advance", "{\"by\": \"1s\"}").status());
    JsonNode ringing = get("/sim/v1/calls/" + sid).body();
    assertEquals("in-progress", ringing.path("status").asString());
    assertEquals("Ringing", ringing.path("state").asString());
    assertEquals("ringing", ringing.path("legs").path(0).path("status").asString());

    assertEquals(
        "connects the two when the worker answers; not within 20 s: DialCallStatus=no-answer",
        get("/sim/v1/calls/" + sid + "/timeline").body().path("next").asString());

    String acts = "/sim/v1/calls/" + sid + "/acts";
    assertEquals(202, send("POST", acts, "{\"party\": \"worker\", \"act\": \"answer\"}").status());
    assertEquals("Talking", get("/sim/v1/calls/" + sid).body().path("state").asString());
    Reply again = send("POST", acts, "{\"party\": \"worker\", \"act\": \"answer\"}");
    assertEquals(409, again.status());
    assertTrue(again.error().contains("not ringing"), again.error());
    assertEquals(
        202, send("POST", acts, "{\"party\": \"customer\", \"act\": \"hangup\"}").status());

    JsonNode timeline = get("/sim/v1/calls/" + sid + "/timeline?wait=10s").body();
    assertEquals(true, timeline.path("call").path("over").asBoolean());
    assertEquals(false, timeline.path("failed").asBoolean());
    String rows = timeline.path("rows").toString();
    assertTrue(rows.contains("\"Result\":\"session-success\""), rows);
    assertTrue(rows.contains("hangs up"), rows);
    assertEquals(sid, get("/sim/v1/calls").body().path("calls").path(0).path("callSid").asString());
  }

  @Test
  void faultsAreOrderedListedAndTakenBack() throws Exception {
    String order =
        "{\"fault\": \"clock-skew\", \"by\": \"-90s\", \"request\": \"session-status\", \"times\": 2}";
    Reply ordered = send("POST", "/sim/v1/faults", order);
    assertEquals(201, ordered.status());
    String id = ordered.body().path("id").asString();
    JsonNode listed = get("/sim/v1/faults").body().path("faults").path(0);
    assertEquals(id, listed.path("id").asString());
    assertEquals("clock-skew", listed.path("fault").asString());
    assertEquals("-90s", listed.path("by").asString());
    assertEquals("session-status", listed.path("request").asString());
    assertEquals(2, listed.path("times").asInt());
    assertEquals(0, listed.path("struck").asInt());
    assertEquals(204, send("DELETE", "/sim/v1/faults/" + id, "").status());
    assertEquals(404, send("DELETE", "/sim/v1/faults/" + id, "").status());
    assertEquals(201, send("POST", "/sim/v1/faults", "{\"fault\": \"internal-error\"}").status());
    assertEquals(204, send("DELETE", "/sim/v1/faults", "").status());
    assertEquals(0, get("/sim/v1/faults").body().path("faults").size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | is missing",
        "{\"fault\": \"slowly\"} | did you mean",
        "{\"fault\": \"slow\", \"by\": \"soon\"} | must be a duration",
        "{\"fault\": \"dropped\", \"by\": \"1s\"} | unknown key",
        "{\"fault\": \"dropped\", \"probability\": 2} | a number above 0, at most 1",
        "{\"fault\": \"dropped\", \"times\": -1} | a whole number",
        "{\"fault\": \"duplicated\", \"request\": \"voice\"} | can be slow, dropped or have a wrong-signature only",
        "{\"fault\": \"internal-error\", \"request\": \"voice\"} | faults of requests only",
      })
  void wrongFaults(String body, String message) throws Exception {
    Reply reply = send("POST", "/sim/v1/faults", body);
    assertEquals(400, reply.status());
    String said = reply.error() + reply.body().path("error").path("hint").asString("");
    assertTrue(said.contains(message), said);
  }

  @Test
  @Fact("errors.code-32500")
  void aFaultStrikesAndTheDebuggerKeepsWhatCameOfIt() throws Exception {
    send("POST", "/sim/v1/faults", "{\"fault\": \"internal-error\", \"times\": 1}");
    String sid = call();
    send("POST", "/sim/v1/clock/advance", "{\"by\": \"60s\"}");
    String rows = get("/sim/v1/calls/" + sid + "/timeline").body().path("rows").toString();
    assertTrue(rows.contains("fault-1 strikes"), rows);
    assertEquals(1, get("/sim/v1/faults").body().path("faults").path(0).path("struck").asInt());
    JsonNode entry = get("/sim/v1/debugger").body().path("entries").path(0);
    assertEquals("32500", entry.path("code").asString());
    assertEquals(sid, entry.path("callSid").asString());
    assertTrue(entry.path("sid").asString().startsWith("NO"));
  }

  @Test
  void directionsComeWithACall() throws Exception {
    app.at(
        "/voice",
        "<Response><Gather action='/got' numDigits='1'><Say>Press one</Say></Gather></Response>");
    Reply placed =
        send(
            "POST",
            "/sim/v1/calls",
            """
            {"from": "+15558675310", "to": "+15017122661", "directions": [
              {"on": "Press", "act": "press", "digits": "1"},
              {"party": "customer", "at": "20s", "act": "hangup"}]}
            """);
    assertEquals(201, placed.status());
    send("POST", "/sim/v1/clock/advance", "{\"by\": \"5s\"}");
    assertTrue(
        java.util.Objects.requireNonNull(app.to("/got").getFirst().getBody())
            .utf8()
            .contains("Digits=1&"));
    Reply wrong =
        send(
            "POST",
            "/sim/v1/calls",
            "{\"from\": \"+15558675310\", \"to\": \"+15017122661\", \"directions\": [{\"on\": \"/(/\", \"act\": \"hangup\"}]}");
    assertEquals(400, wrong.status());
    assertTrue(wrong.error().contains("is not a regular expression"), wrong.error());
  }

  @Test
  void aWorkerCallsFromTheApp() throws Exception {
    String path = "/sim/v1/workers/alice@example.com/calls";
    assertEquals(201, send("POST", path, "{\"customer\": \"+15558675310\"}").status());
    assertEquals(422, send("POST", path, "{\"customer\": \"+15550000000\"}").status());
    assertEquals(400, send("POST", path, "{}").status());
    assertEquals(201, send("POST", path, "{\"conversationSid\": \"CHnonsense\"}").status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          POST | /sim/v1/calls | {bad | 400 | not well-formed
          POST | /sim/v1/calls | [] | 400 | keys and values
          POST | /sim/v1/calls | {} | 400 | 'from' is missing
          POST | /sim/v1/calls | {"from": "5558675310", "to": "+15017122661"} | 422 | not a number
          POST | /sim/v1/calls | {"from": "+15558675310", "to": "x"} | 422 | not a phone number
          POST | /sim/v1/calls | {"from": "+15558675310", "to": "+15550000001"} | 422 | no voice URL
          POST | /sim/v1/calls | {"from": "+15558675310", "to": "+15017122661", "cats": {}} | 400 | unknown key 'cats'
          POST | /sim/v1/calls | {"from": "+15558675310", "to": "+15017122661", "cast": {"a": "sleeps"}} | 400 | must be one of
          GET | /sim/v1/calls/CA123 | `` | 404 | not a call SID
          GET | /sim/v1/calls/CA00000000000000000000000000000000 | `` | 404 | there is no call
          GET | /sim/v1/calls/CA00000000000000000000000000000000/timeline | `` | 404 | there is no call
          POST | /sim/v1/calls/CA00000000000000000000000000000000/acts | {"party": "worker", "act": "answer"} | 404 | there is no call
          POST | /sim/v1/clock/advance | {"by": "soon"} | 400 | a duration such as
          POST | /sim/v1/clock/advance | {} | 400 | 'by' is missing
          POST | /sim/v1/clock/holds | {} | 400 | 'name' is missing
          DELETE | /sim/v1/clock/holds?name=x | `` | 404 | nobody holds
          GET | /sim/v1/journal?after=x | `` | 400 | whole number
          GET | /sim/v1/nothing | `` | 404 | not found
          DELETE | /sim/v1/worlds/AC1 | `` | 404 | there is no world
          GET | /sim/v1/worlds/AC1/clock | `` | 404 | there is no world
          """)
  void badInputIsAClearErrorAndTheServerLivesOn(
      String method, String path, String body, int status, String message) throws Exception {
    Reply reply = send(method, path, body);
    assertEquals(status, reply.status(), reply.body().toString());
    assertTrue(reply.error().contains(message), reply.error());
    assertEquals(200, get("/healthz").status());
  }

  @Test
  void aWrongMethodIs405() throws Exception {
    assertEquals(405, send("PUT", "/sim/v1/calls", "{}").status());
  }

  @Test
  void holdsAreTakenListedAndReleased() throws Exception {
    assertEquals(
        201, send("POST", "/sim/v1/clock/holds", "{\"name\": \"me\", \"lease\": \"5m\"}").status());
    JsonNode clock = get("/sim/v1/clock").body();
    assertEquals("stepped", clock.path("mode").asString());
    assertEquals("me", clock.path("holds").path(0).path("name").asString());
    assertEquals(204, send("DELETE", "/sim/v1/clock/holds?name=me", "").status());
  }

  @Test
  void theJournalIsPagedAndFilteredByCall() throws Exception {
    String sid = call();
    get("/sim/v1/clock");
    String other = call();
    JsonNode page = get("/sim/v1/journal?after=0&limit=3&call=" + other).body();
    assertEquals(3, page.path("entries").size());
    assertEquals(other, page.path("entries").path(0).path("call").asString());
    assertTrue(!sid.equals(other));
  }

  /** Page after page gives what one page gives, and none waits for its last entry to be written. */
  @Test
  void theJournalComesInPiecesAndInPages() throws Exception {
    call();
    call();
    HttpResponse<String> whole =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(server.url() + "/sim/v1/journal?limit=10000"))
                .build(),
            BodyHandlers.ofString());
    assertTrue(whole.headers().firstValue("content-length").isEmpty(), whole.headers()::toString);
    JsonNode all = JournalJson.mapper().readTree(whole.body());
    List<JsonNode> paged = new ArrayList<>();
    long last = 0;
    for (JsonNode page = all; !page.path("entries").isEmpty(); last = page.path("last").asLong()) {
      page = get("/sim/v1/journal?limit=7&after=" + last).body();
      page.path("entries").forEach(paged::add);
    }
    List<JsonNode> entries = List.copyOf(all.path("entries").values());
    assertTrue(entries.size() > 7, entries::toString);
    assertEquals(entries.getLast().path("number").asLong(), all.path("last").asLong());
    assertEquals(entries, paged.subList(0, entries.size())); // the calls may have gone on
  }

  @Test
  void theJournalStreamsAsItIsWritten() throws Exception {
    HttpResponse<java.io.InputStream> stream =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(server.url() + "/sim/v1/journal/stream")).build(),
            BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertEquals(": ready", lines.readLine());
      String sid = call();
      String line = "";
      while (!line.startsWith("data: ")) {
        line = lines.readLine();
      }
      assertTrue(line.contains(sid), line);
    }
  }

  @Test
  void aResetLeavesNothing() throws Exception {
    String before = call();
    assertEquals(204, send("POST", "/sim/v1/reset", "").status());
    assertEquals(0, get("/sim/v1/calls").body().path("calls").size());
    assertEquals(404, get("/sim/v1/calls/" + before).status());
    assertEquals(before, call(), "the same seed gives the same call again");
  }

  @Test
  void anotherWorldHasItsOwnClockAndCalls() throws Exception {
    Reply made =
        send(
            "POST",
            "/sim/v1/worlds",
            "{\"seed\": 9, \"config\": {\"numbers\": [{\"number\": \"+15017122661\", \"voiceUrl\": \""
                + app.url()
                + "/voice\"}]}}");
    assertEquals(201, made.status(), made.body().toString());
    String base = "/sim/v1/worlds/" + made.body().path("accountSid").asString();
    assertEquals(200, send("POST", base + "/clock/advance", "{\"by\": \"1h\"}").status());
    assertEquals("2026-01-01T10:00:00Z", get(base + "/clock").body().path("now").asString());
    assertEquals("2026-01-01T09:00:00Z", get("/sim/v1/clock").body().path("now").asString());
    assertEquals(
        201,
        send("POST", base + "/calls", "{\"from\": \"+15558675310\", \"to\": \"+15017122661\"}")
            .status());
    assertEquals(0, get("/sim/v1/calls").body().path("calls").size());
    assertEquals(409, send("POST", "/sim/v1/worlds", "{\"seed\": 9}").status());
    assertEquals(204, send("DELETE", base, "").status());
    assertEquals(404, get(base + "/clock").status());
  }

  @Test
  void aPortInUseIsSaid() throws Exception {
    ConfigFile config = new ConfigFile();
    config.port = server.port();
    CannotListen e =
        assertThrows(
            CannotListen.class, () -> RingbackServer.start(config, seed -> new WorldDraft()));
    assertTrue(String.valueOf(e.getMessage()).contains(" is in use"), e.getMessage());
  }

  /** An app that calls the control API from within its own handler is served at once. */
  @Test
  void aHandlerMayActOnTheCallItIsAskedFor() throws Exception {
    CountDownLatch acted = new CountDownLatch(1);
    app.at(
        "/voice",
        request -> {
          try {
            JsonNode calls = get("/sim/v1/calls").body().path("calls");
            String sid = calls.path(0).path("callSid").asString();
            assertEquals(
                202,
                send(
                        "POST",
                        "/sim/v1/calls/" + sid + "/acts",
                        "{\"party\": \"customer\", \"act\": \"hangup\"}")
                    .status());
            acted.countDown();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return WebApp.twiml("<Response/>");
        });
    String sid = call();
    acted.await();
    JsonNode shown = get("/sim/v1/calls/" + sid + "?wait=10s").body();
    assertEquals("canceled", shown.path("status").asString());
  }
}
