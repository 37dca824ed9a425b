package dev.ringback.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.json.JournalJson;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Three nodes on loopback with a PostgreSQL; nodes are killed, leave and come back while clients
 * place calls in many worlds: nothing acknowledged is lost, journals are whole, and the app saw no
 * callback that no journal has (docs/CLUSTER.md).
 */
@Timeout(1200)
class ClusterTest {
  private static final int NODES = 3;
  private static final int WORLDS = Integer.getInteger("ringback.cluster.worlds", 12);
  private static final int ROUNDS = Integer.getInteger("ringback.cluster.rounds", 2);
  private static final long SEED = Long.getLong("ringback.seed", 1);
  private static final int CLIENTS = 3;
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> worlds = new CopyOnWriteArrayList<>();

  /** Paths that any node must answer with 200. */
  private final List<String> acknowledged = new CopyOnWriteArrayList<>();

  /** What the clients may still do: they share the machine with the nodes. */
  private final Semaphore tries = new Semaphore(0);

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  ClusterTest() {}

  @Test
  void nothingAcknowledgedIsLostWhileNodesComeAndGo() throws Exception {
    String again =
        "again: scripts/mvn -pl simulator-cluster test -Dtest=ClusterTest -Dringback.seed=" + SEED;
    Random random = new Random(SEED);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        RecordingApp app = new RecordingApp();
        Nodes nodes = new Nodes(folder, postgres.getJdbcUrl("postgres", "postgres"), NODES)) {
      configure(app);
      nodes.start(0);
      nodes.start(1, 2);
      begin(nodes, app);
      String anew = endsAndBeginsAnew(nodes);
      anyNodeShowsAll(nodes);
      anyNodeAnswersAsTheWorldsOwn(nodes);
      nodesPlaceLoad(nodes);
      AtomicBoolean goesOn = new AtomicBoolean(true);
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random own = new Random(random.nextLong());
        clients.add(Thread.ofVirtual().start(() -> use(nodes, own, goesOn)));
      }
      for (int round = 0; round < ROUNDS; round++) {
        more(10);
        int node = nodes.alive().get(random.nextInt(NODES));
        switch (round % 3) {
          case 0 -> nodes.kill(node);
          case 1 -> nodes.stop(node);
          default -> nodes.freeze(node); // the others take it out, and it ends when it goes on
        }
        more(5);
        nodes.start(node);
      }
      more(5);
      goesOn.set(false);
      for (Thread client : clients) {
        client.join();
      }
      check(nodes, app, again);
      HttpResponse<String> kept = get(nodes.url(0), anew + "/snapshots");
      assertEquals("{\"snapshots\":[]}", kept.body(), again);
      formsNoSecondCluster(nodes);
    }
  }

  /** A world that was deleted is gone on all nodes; one of the same account has nothing of it. */
  private String endsAndBeginsAnew(Nodes nodes) throws Exception {
    HttpResponse<String> made = send(nodes.url(0), "POST", "/sim/v1/worlds", "{\"seed\": 77}");
    assertEquals(201, made.statusCode(), made::body);
    assertEquals(409, send(nodes.url(1), "POST", "/sim/v1/worlds", "{\"seed\": 77}").statusCode());
    String world =
        "/sim/v1/worlds/"
            + JournalJson.mapper().readTree(made.body()).path("accountSid").asString();
    HttpResponse<String> named =
        send(nodes.url(1), "POST", world + "/snapshots", "{\"name\": \"x\"}");
    assertEquals(201, named.statusCode(), named::body);
    assertEquals(204, send(nodes.url(2), "DELETE", world, "").statusCode());
    for (int node = 0; node < NODES; node++) {
      assertEquals(404, get(nodes.url(node), world + "/calls").statusCode());
    }
    assertEquals(201, send(nodes.url(1), "POST", "/sim/v1/worlds", "{\"seed\": 77}").statusCode());
    assertEquals("{\"snapshots\":[]}", get(nodes.url(2), world + "/snapshots").body());
    return world;
  }

  private void anyNodeShowsAll(Nodes nodes) throws Exception {
    for (int node = 0; node < NODES; node++) {
      Set<String> shown = new HashSet<>();
      JsonNode cluster =
          JournalJson.mapper().readTree(get(nodes.url(node), "/sim/v1/cluster").body());
      for (JsonNode one : cluster.path("nodes")) {
        assertEquals("up", one.path("status").asString(), cluster::toString);
        one.path("worlds").forEach(world -> shown.add(world.path("accountSid").asString()));
      }
      assertEquals(NODES, cluster.path("nodes").size(), cluster::toString);
      assertTrue(shown.containsAll(worlds), () -> worlds + " in " + cluster);
      String account = get(nodes.url(node), "/sim/v1/account").body();
      assertTrue(worlds.stream().allMatch(account::contains), account);
      String metrics = get(nodes.url(node), "/metrics?nodes=all").body();
      long total = 0;
      for (int other = 0; other < NODES; other++) {
        String label = "{node=\"" + nodes.url(other) + "\"} ";
        assertTrue(metrics.contains("ringback_node_up" + label + "1\n"), metrics);
        String count = metrics.split(Pattern.quote("\nringback_worlds" + label), 2)[1];
        total += (long) Double.parseDouble(count.substring(0, count.indexOf('\n')));
      }
      assertEquals(WORLDS + 2L, total, metrics); // and the first one, and one begun anew
      assertEquals(1, metrics.split("# TYPE ringback_worlds ", -1).length - 1, metrics);
    }
  }

  /** Keys sign in, the control API asks for nobody, and headers are those of the world's node. */
  private void anyNodeAnswersAsTheWorldsOwn(Nodes nodes) throws Exception {
    HttpResponse<String> made = send(nodes.url(0), "POST", "/sim/v1/worlds", "{\"seed\": 78}");
    JsonNode account = JournalJson.mapper().readTree(made.body());
    String sid = account.path("accountSid").asString();
    String token = account.path("authToken").asString();
    String keys = "/2010-04-01/Accounts/" + sid + "/Keys.json";
    HttpResponse<String> key =
        http.send(
            signed(nodes.url(1) + keys, sid, token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(201, key.statusCode(), key::body);
    JsonNode login = JournalJson.mapper().readTree(key.body());
    Set<String> shapes = new HashSet<>();
    for (int node = 0; node < NODES; node++) {
      HttpResponse<String> listed =
          http.send(
              signed(
                      nodes.url(node) + "/conversations/v1/Conversations",
                      login.path("sid").asString(),
                      login.path("secret").asString())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(200, listed.statusCode(), listed::body);
      HttpResponse<String> clock =
          http.send(
              signed(nodes.url(node) + "/sim/v1/clock", sid, token).build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(200, clock.statusCode(), clock::body);
      HttpResponse<String> one =
          http.send(
              signed(nodes.url(node) + keys, sid, token).build(),
              HttpResponse.BodyHandlers.ofString());
      shapes.add(
          one.headers().allValues("Content-Type")
              + " "
              + one.headers().allValues("Date").size()
              + one.headers().allValues("Content-Length"));
    }
    assertEquals(1, shapes.size(), shapes::toString);
    assertEquals(204, send(nodes.url(0), "DELETE", "/sim/v1/worlds/" + sid, "").statusCode());
  }

  private static HttpRequest.Builder signed(String url, String user, String password) {
    String login =
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Basic " + login);
  }

  /**
   * Each node has its part, and there is one summary; a word of what is wrong, and nothing begins.
   */
  private void nodesPlaceLoad(Nodes nodes) throws Exception {
    Path shared =
        Files.writeString(
            Files.createDirectories(folder.resolve("load")).resolve("shared.yaml"),
            "conversations: [{customer: \"+15558675310\", number: \"+15017122661\", worker: alice@example.com}]");
    Path plan =
        Files.writeString(
            Files.createDirectories(folder.resolve("load/plans")).resolve("plan.yaml"),
            """
            scenario: A call
            given: {use: ../%s, urls: {voice: /bye}}
            when:
              - call: {from: "+15558675310", to: "+15017122661"}
            then:
              - request: voice
            """
                .formatted(shared.getFileName()));
    try (RecordingApp app = new RecordingApp()) {
      List<String> load =
          List.of(
              "load",
              plan.toString(),
              "--app",
              app.url(),
              "--rate",
              "50",
              "--calls",
              "31",
              "--clock",
              "skipping",
              "--cluster",
              "--server",
              nodes.url(1));
      Nodes.Said said = nodes.command(load);
      assertEquals(0, said.exit(), said::toString);
      assertTrue(said.out().startsWith("31 calls in "), said::toString);
      assertTrue(said.out().contains(" 31 ended, 0 failed"), said::toString);
      assertEquals(
          31,
          app.asked.stream().filter(asked -> asked.startsWith("/bye ")).count(),
          said::toString);
      for (int node = 0; node < NODES; node++) {
        assertEquals(404, get(nodes.url(node), LoadRoutes.PATH + "/1").statusCode(), "told once");
      }
      List<String> never = new ArrayList<>(load);
      never.addAll(List.of("--until", "p99>1s"));
      assertEquals(2, nodes.command(never).exit());
      List<String> elsewhere = new ArrayList<>(load);
      elsewhere.set(3, "http://192.0.2.1:3000");
      assertTrue(nodes.command(elsewhere).toString().contains("--allow 192.0.2.1"));
      HttpResponse<String> refused =
          send(nodes.url(0), "POST", LoadRoutes.PATH, "{\"version\": 1, \"files\": {}}");
      assertEquals(400, refused.statusCode(), refused::body);
    }
  }

  /** Each end of it is 2 and a sentence, and no trace of a stack. */
  @Test
  void whatANodeCannotDoIsSaid() throws Exception {
    Files.writeString(folder.resolve("ringback.yaml"), "account: {authToken: %s}".formatted(TOKEN));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        Nodes nodes = new Nodes(folder, postgres.getJdbcUrl("postgres", "postgres"), 1);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      String said = nodes.refused(port, "127.0.0.1:" + port);
      assertTrue(said.contains("cannot be listened to on port " + port), said);
      assertTrue(!said.contains("\tat "), said);
    }
  }

  private static void formsNoSecondCluster(Nodes nodes) throws Exception {
    String said = nodes.refused(1, "127.0.0.1:1");
    assertTrue(said.contains("other nodes use this database"), said);
  }

  @Test
  void aDatabaseThatIsNotThereIsSaid() throws Exception {
    Files.writeString(folder.resolve("ringback.yaml"), "account: {authToken: %s}".formatted(TOKEN));
    try (Nodes nodes = new Nodes(folder, "jdbc:postgresql://127.0.0.1:1/none", 1)) {
      String said = nodes.refused(1, "127.0.0.1:1");
      assertTrue(said.contains("the database cannot be used"), said);
    }
  }

  private void configure(RecordingApp app) throws IOException {
    Files.writeString(
        folder.resolve("ringback.yaml"),
        """
        account: {authToken: %s}
        clock: {mode: real, speed: 10}
        server: {publicUrl: "http://localhost:4999"}
        state: {snapshotEvery: 60}
        numbers: [{number: "+15017122661", voiceUrl: "%s/voice", statusCallback: "%s/end"}]
        """
            .formatted(TOKEN, app.url(), app.url()));
  }

  private void begin(Nodes nodes, RecordingApp app) throws Exception {
    for (int i = 0; i < WORLDS; i++) {
      HttpResponse<String> made =
          send(
              nodes.url(i % NODES),
              "POST",
              "/sim/v1/worlds",
              "{\"config\": {\"numbers\": [{\"number\": \"+15017122661\", \"voiceUrl\": \"%s/voice\", \"statusCallback\": \"%s/end\"}]}}"
                  .formatted(app.url(), app.url()));
      assertEquals(201, made.statusCode(), made::body);
      worlds.add(JournalJson.mapper().readTree(made.body()).path("accountSid").asString());
    }
  }

  /** Until so much more was acknowledged; meanwhile the clients may do a little at a time. */
  private void more(int many) {
    int before = acknowledged.size();
    await()
        .atMost(120, SECONDS)
        .until(() -> {
          tries.release(CLIENTS);
          return acknowledged.size() >= before + many;
        });
  }

  private void use(Nodes nodes, Random random, AtomicBoolean goesOn) {
    while (goesOn.get()) {
      List<Integer> alive = nodes.alive();
      String url = nodes.url(alive.get(random.nextInt(alive.size())));
      String world = "/sim/v1/worlds/" + worlds.get(random.nextInt(worlds.size()));
      try {
        if (!tries.tryAcquire(1, SECONDS)) {
          continue;
        }
        if (random.nextInt(4) != 0) {
          HttpResponse<String> placed =
              send(
                  url,
                  "POST",
                  world + "/calls",
                  "{\"from\": \"+15558675310\", \"to\": \"+15017122661\"}");
          if (placed.statusCode() == 201) {
            acknowledged.add(
                world
                    + "/calls/"
                    + JournalJson.mapper().readTree(placed.body()).path("callSid").asString());
          }
        } else if (!acknowledged.isEmpty()) {
          String call = acknowledged.get(random.nextInt(acknowledged.size()));
          send(url, "POST", call + "/acts", "{\"party\": \"customer\", \"act\": \"hangup\"}");
        }
      } catch (IOException e) {
        // That node is gone.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private HttpResponse<String> send(String url, String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** As clients do: 503 says that it may be tried again. */
  private HttpResponse<String> get(String url, String path) throws Exception {
    HttpResponse<String> first = send(url, "GET", path, "");
    if (first.statusCode() != 503) {
      return first;
    }
    return await()
        .atMost(60, SECONDS)
        .until(() -> send(url, "GET", path, ""), answer -> answer.statusCode() != 503);
  }

  private void check(Nodes nodes, RecordingApp app, String again) throws Exception {
    for (int i = 0; i < acknowledged.size(); i++) {
      String path = acknowledged.get(i);
      HttpResponse<String> answer = get(nodes.url(i % NODES), path);
      assertEquals(200, answer.statusCode(), () -> path + " " + answer.body() + " " + again);
    }
    List<String> asked = List.copyOf(app.asked); // it goes on meanwhile
    Set<String> known = new HashSet<>();
    for (String world : worlds) {
      List<Long> numbers = new ArrayList<>();
      for (JsonNode entry : journal(nodes.url(0), world)) {
        numbers.add(entry.path("number").asLong());
        if (entry.path("fact").path("type").asString().equals("Requested")) {
          known.add(token(entry.path("fact")));
        }
      }
      for (int i = 0; i < numbers.size(); i++) {
        assertEquals(i + 1, numbers.get(i), "the journal of " + world + "; " + again);
      }
    }
    for (String request : asked) {
      assertTrue(known.contains(request), () -> "invented: " + request + "; " + again);
    }
  }

  private List<JsonNode> journal(String url, String world) throws Exception {
    List<JsonNode> entries = new ArrayList<>();
    long after = 0;
    while (true) {
      HttpResponse<String> answer =
          get(url, "/sim/v1/worlds/%s/journal?limit=10000&after=%d".formatted(world, after));
      assertEquals(200, answer.statusCode(), answer::body);
      JsonNode page = JournalJson.mapper().readTree(answer.body());
      page.path("entries").forEach(entries::add);
      if (page.path("entries").isEmpty()) {
        return entries;
      }
      after = page.path("last").asLong();
    }
  }

  private static String token(JsonNode requested) {
    Map<String, String> form = new HashMap<>();
    requested
        .path("form")
        .path("params")
        .forEach(param -> form.put(param.path("name").asString(), param.path("value").asString()));
    String url = requested.path("url").asString();
    return RecordingApp.token(url.substring(url.indexOf('/', 8)), form);
  }
}
