package dev.ringback.state;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.json.JournalJson;
import dev.ringback.server.WebApp;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A server is killed at random moments, again and again on one folder, while a client changes
 * things and an app answers: what was acknowledged is there, no callback is invented, and each
 * journal is whole (docs/DURABILITY.md).
 */
@Timeout(5400)
class KilledServerTest {
  private static final int ROUNDS = Integer.getInteger("ringback.kills", 30);
  private static final long SEED = Long.getLong("ringback.seed", 1);
  private static final int CLIENTS = 3;
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String SERVICE = "IS0123456789abcdef0123456789abcdef";

  private static final List<String> DOCUMENTS =
      List.of(
          "<Say>Hello</Say><Pause length='2'/><Hangup/>",
          "<Gather numDigits='1' timeout='3' action='/gathered'><Say>Press one</Say></Gather><Redirect>/voice?more</Redirect>",
          "<Record maxLength='3' action='/recorded' recordingStatusCallback='/recording'/>",
          "<Dial timeout='5' action='/dialled'><Number statusCallback='/leg' statusCallbackEvent='initiated ringing answered completed'>+15558675311</Number></Dial>",
          "<Connect action='/after'><Conversation serviceInstanceSid='"
              + SERVICE
              + "' inboundAutocreation='true' inboundTimeout='6' record='record-from-answer' recordingStatusCallback='/recording' statusCallback='/status' statusCallbackEvent='call-initiated call-ringing call-answered call-completed'/></Connect>",
          "<Enqueue waitUrl='/wait' action='/left'>q</Enqueue>",
          "<Dial><Conference statusCallback='/conference' statusCallbackEvent='start end join leave'>room</Conference></Dial>",
          "<Reject/>");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Paths that must be answered with 200 by any server on that folder. */
  private final List<String> acknowledged = new CopyOnWriteArrayList<>();

  private final List<String> conversations = new CopyOnWriteArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<String> snapshots = new CopyOnWriteArrayList<>();

  @TempDir Path folder;
  private String account = "";

  @SuppressWarnings("NullAway.Init")
  KilledServerTest() {}

  /** The child, and where it answers. */
  private record Server(Process process, String url) {
    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }

  private Server start(WebApp app, int snapshotEvery) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("ringback.yaml"),
            """
            account: {authToken: %s}
            clock: {mode: real, speed: 20}
            server: {publicUrl: "http://localhost:4999"}
            rest: {callsPerSecond: 100}
            state: {snapshotEvery: %d}
            numbers: [{number: "+15017122661", voiceUrl: "%s/voice", statusCallback: "%s/end"}]
            frontline: {service: %s, routing: {mode: pool, pool: [alice]}, webhooks: {post: "%s/post", filters: [onConversationAdded, onMessageAdded, onParticipantAdded]}}
            workers: [{identity: alice, cast: {answers: {after: 2s, talks: 4s}}}]
            conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice}]
            """
                .formatted(TOKEN, snapshotEvery, app.url(), app.url(), SERVICE, app.url()));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dringback.home=" + folder.resolve("home"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.ringback.cli.Ringback",
                "serve",
                "-c",
                config.toString(),
                "--port",
                "0",
                "--json",
                "--state",
                folder.resolve("state").toString())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    if (line == null) {
      throw new AssertionError("it did not start: " + Files.readString(folder.resolve("errors")));
    }
    JsonNode ready = JournalJson.mapper().readTree(line);
    account = ready.path("accountSid").asString();
    return new Server(process, ready.path("url").asString());
  }

  private static MockResponse document(RecordedRequest request) {
    String call = parameters(request).getOrDefault("CallSid", "");
    int which = Math.floorMod((call + request.getUrl().query()).hashCode(), DOCUMENTS.size());
    return WebApp.twiml("<Response>" + DOCUMENTS.get(which) + "</Response>");
  }

  private static Map<String, String> parameters(RecordedRequest request) {
    Map<String, String> form = new HashMap<>();
    String body = Objects.requireNonNull(request.getBody()).utf8();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            pair.substring(0, equals),
            java.net.URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  @Test
  void whatWasAcknowledgedIsThereAndNothingIsInvented() throws Exception {
    String again =
        "again: scripts/mvn -pl simulator-server test -Dtest=KilledServerTest -Dringback.kills=%d -Dringback.seed=%d"
            .formatted(ROUNDS, SEED);
    Random random = new Random(SEED);
    try (WebApp app = new WebApp()) {
      app.at("/voice", KilledServerTest::document)
          .at("/wait", "<Response><Say>wait</Say><Pause length='3'/><Leave/></Response>");
      for (int round = 0; round < ROUNDS; round++) {
        // One in three has no start but the first line.
        Server server = start(app, round % 3 == 0 ? 1_000_000 : 10 + 20 * (round % 3));
        try {
          check(server, app, "round " + round + "; " + again);
          use(server, random);
        } finally {
          server.kill();
        }
      }
      Server server = start(app, 1_000_000);
      try {
        check(server, app, "at the end; " + again);
        ends(server, app);
      } finally {
        server.kill();
      }
      assertTrue(acknowledged.size() > ROUNDS, acknowledged::toString);
    }
  }

  // The client

  /** Clients change things until so much was acknowledged; then nobody waits for the others. */
  private void use(Server server, Random random) throws InterruptedException {
    AtomicInteger left = new AtomicInteger(2 + random.nextInt(12));
    CountDownLatch enough = new CountDownLatch(1);
    for (int i = 0; i < CLIENTS; i++) {
      Random own = new Random(random.nextLong());
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (enough.getCount() > 0) {
                change(server.url(), own);
                if (left.decrementAndGet() <= 0) {
                  enough.countDown();
                }
              }
            } catch (IOException | InterruptedException e) {
              enough.countDown(); // it was killed
            }
          });
    }
    assertTrue(enough.await(60, SECONDS), "nothing is acknowledged");
  }

  private void change(String url, Random random) throws IOException, InterruptedException {
    switch (random.nextInt(9)) {
      case 0, 1 -> {
        JsonNode placed =
            send(
                url,
                "POST",
                "/sim/v1/calls",
                "{\"from\":\"+1555867%04d\",\"to\":\"+15017122661\"}"
                    .formatted(random.nextInt(20) * 10));
        called(placed.path("callSid").asString());
      }
      case 2 -> {
        JsonNode placed =
            send(
                url,
                "POST",
                api("/Calls.json"),
                "From=%2B15017122661&To=%2B15558675310&Url="
                    + "http%3A%2F%2Flocalhost%3A1%2Fvoice");
        called(placed.path("sid").asString());
      }
      case 3 -> {
        String call = any(calls, random);
        if (call != null) {
          send(
              url,
              "POST",
              "/sim/v1/calls/" + call + "/acts",
              "{\"party\":\"customer\",\"act\":\"hangup\"}");
        }
      }
      case 4, 5 -> {
        JsonNode made =
            send(
                url,
                "POST",
                "/conversations/v1/Services/" + SERVICE + "/Conversations",
                "FriendlyName=x");
        String sid = made.path("sid").asString();
        if (!sid.isEmpty()) {
          conversations.add(sid);
          acknowledged.add("/conversations/v1/Services/" + SERVICE + "/Conversations/" + sid);
        }
      }
      case 6 -> {
        String name = "s" + random.nextInt(1 << 20);
        JsonNode taken = send(url, "POST", "/sim/v1/snapshots", "{\"name\":\"" + name + "\"}");
        if (!taken.path("name").asString().isEmpty()) {
          snapshots.add(name);
        }
      }
      case 7 -> {
        String conversation = any(conversations, random);
        if (conversation != null) {
          String path =
              "/conversations/v1/Services/"
                  + SERVICE
                  + "/Conversations/"
                  + conversation
                  + "/Messages";
          JsonNode made = send(url, "POST", path, "Author=alice&Body=hello");
          if (!made.path("sid").asString().isEmpty()) {
            acknowledged.add(path + "/" + made.path("sid").asString());
          }
        }
      }
      default -> {
        JsonNode made =
            send(url, "POST", api("/Queues.json"), "FriendlyName=q" + random.nextInt(1 << 20));
        if (!made.path("sid").asString().isEmpty()) {
          acknowledged.add(api("/Queues/" + made.path("sid").asString() + ".json"));
        }
      }
    }
  }

  private void called(String sid) {
    if (!sid.isEmpty()) {
      calls.add(sid);
      acknowledged.add("/sim/v1/calls/" + sid);
    }
  }

  private static @Nullable String any(List<String> list, Random random) {
    List<String> now = List.copyOf(list);
    return now.isEmpty() ? null : now.get(random.nextInt(now.size()));
  }

  private String api(String below) {
    return "/2010-04-01/Accounts/" + account + below;
  }

  /** The answer's body when it is a 2xx; otherwise an empty object. */
  private JsonNode send(String url, String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response = answer(url, method, path, body);
    return JournalJson.mapper()
        .readTree(
            response.statusCode() / 100 == 2 && !response.body().isEmpty()
                ? response.body()
                : "{}");
  }

  private HttpResponse<String> answer(String url, String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    String login = account + ":" + TOKEN;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(30))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    if (body != null) {
      request.header(
          "Content-Type",
          body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded");
    }
    return http.send(
        request
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  // The promise

  private void check(Server server, WebApp app, String when) throws Exception {
    for (String path : acknowledged) {
      assertEquals(200, answer(server.url(), "GET", path, null).statusCode(), path + " " + when);
    }
    Set<String> names = new HashSet<>();
    send(server.url(), "GET", "/sim/v1/snapshots", null)
        .path("snapshots")
        .forEach(one -> names.add(one.path("name").asString()));
    assertTrue(names.containsAll(snapshots), () -> names + " " + snapshots + " " + when);
    List<RecordedRequest> answered = List.copyOf(app.requests); // it goes on meanwhile
    Set<String> known = new HashSet<>();
    List<Long> numbers = new ArrayList<>();
    Map<String, Long> ofCalls = new HashMap<>();
    for (JsonNode entry : journal(server)) {
      numbers.add(entry.path("number").asLong());
      String call = entry.path("call").asString("");
      if (!call.isEmpty()) {
        assertEquals(
            ofCalls.merge(call, 1L, Long::sum),
            entry.path("callNumber").asLong(),
            call + " " + when);
      }
      if (entry.path("fact").path("type").asString().equals("Requested")) {
        known.add(token(entry.path("fact")));
      }
    }
    for (int i = 0; i < numbers.size(); i++) {
      assertEquals(i + 1, numbers.get(i), "the journal's numbers " + when);
    }
    for (RecordedRequest seen : answered) {
      assertTrue(known.contains(token(seen)), () -> "invented: " + token(seen) + " " + when);
    }
  }

  private List<JsonNode> journal(Server server) throws Exception {
    List<JsonNode> entries = new ArrayList<>();
    long after = 0;
    while (true) {
      JsonNode page = send(server.url(), "GET", "/sim/v1/journal?limit=10000&after=" + after, null);
      page.path("entries").forEach(entries::add);
      if (page.path("entries").isEmpty()) {
        return entries;
      }
      after = page.path("last").asLong();
    }
  }

  /** What tells a request from others: where it went and with what. */
  private static String token(JsonNode requested) {
    Map<String, String> form = new HashMap<>();
    requested
        .path("form")
        .path("params")
        .forEach(param -> form.put(param.path("name").asString(), param.path("value").asString()));
    String url = requested.path("url").asString();
    return url.substring(url.indexOf('/', 8)) + " " + new java.util.TreeMap<>(form);
  }

  private static String token(RecordedRequest seen) {
    String query = seen.getUrl().encodedQuery();
    return seen.getUrl().encodedPath()
        + (query == null ? "" : "?" + query)
        + " "
        + new java.util.TreeMap<>(parameters(seen));
  }

  /** Every call ends, and what it asked for was answered; sequence numbers are without a gap. */
  private void ends(Server server, WebApp app) throws Exception {
    for (String call : calls) {
      answer(
          server.url(),
          "POST",
          "/sim/v1/calls/" + call + "/acts",
          "{\"party\":\"customer\",\"act\":\"hangup\"}");
    }
    await()
        .atMost(60, SECONDS)
        .until(() -> {
          for (String call : calls) {
            JsonNode now = send(server.url(), "GET", "/sim/v1/calls/" + call, null);
            if (!now.path("over").asBoolean()) {
              return false;
            }
          }
          return true;
        });
    Map<String, Set<Integer>> numbers = new HashMap<>();
    for (RecordedRequest seen : app.to("/status")) {
      Map<String, String> form = parameters(seen);
      numbers
          .computeIfAbsent(form.getOrDefault("DialCallSid", ""), c -> new TreeSet<>())
          .add(Integer.valueOf(form.getOrDefault("SequenceNumber", "0")));
    }
    numbers.forEach((leg, all) ->
        assertEquals(all.size(), all.stream().mapToInt(n -> n).max().orElse(0), leg + all));
  }
}
