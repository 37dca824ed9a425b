package dev.ringback.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cli.Commands;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.engine.World;
import dev.ringback.json.JournalJson;
import dev.ringback.server.RingbackServer;
import dev.ringback.server.WebApp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Snapshots by name over the control API, and those from which a kept world starts. */
@Timeout(60)
class SnapshotTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  SnapshotTest() {}

  private int snapshotEvery = 20_000;

  private RingbackServer start(WebApp app, boolean kept) throws Exception {
    ConfigFile read = ConfigFile.read(configured(app));
    read.port = 0;
    if (!kept) {
      return RingbackServer.start(read, SnapshotTest::draft);
    }
    StateStore store = StateStore.open(folder.resolve("state"));
    try {
      return RingbackServer.start(read, SnapshotTest::draft, Optional.of(store));
    } catch (StateProblem e) {
      store.close();
      throw e;
    }
  }

  private Path configured(WebApp app) throws Exception {
    return Files.writeString(
        folder.resolve("ringback.yaml"),
        """
        clock: {mode: stepped}
        server: {publicUrl: "http://localhost:4999"}
        state: {snapshotEvery: %d}
        numbers: [{number: "+15017122661", voiceUrl: "%s/voice"}]
        """
            .formatted(snapshotEvery, app.url()));
  }

  private static WorldDraft draft(long seed) {
    WorldDraft draft = new WorldDraft();
    draft.seed = seed;
    draft.clock = draft.clock.withMode("stepped");
    return draft;
  }

  private static HttpResponse<String> send(
      RingbackServer server, String method, String path, String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(RingbackServer server, String method, String path, String body)
      throws Exception {
    HttpResponse<String> answer = send(server, method, path, body);
    assertEquals(2, answer.statusCode() / 100, answer::body);
    return JournalJson.mapper().readTree(answer.body());
  }

  private static String call(RingbackServer server) throws Exception {
    return json(
            server,
            "POST",
            "/sim/v1/calls",
            "{\"from\": \"+15558675310\", \"to\": \"+15017122661\"}")
        .path("callSid")
        .asString();
  }

  private static String press(RingbackServer server, String call, String digit) throws Exception {
    assertEquals(
        202,
        send(
                server,
                "POST",
                "/sim/v1/calls/" + call + "/acts",
                "{\"party\": \"customer\", \"act\": \"press\", \"digits\": \"" + digit + "\"}")
            .statusCode());
    json(server, "POST", "/sim/v1/clock/advance", "{\"by\": \"9s\"}");
    return json(server, "GET", "/sim/v1/calls/" + call, "").path("status").asString();
  }

  private static List<String> journal(World world) {
    return world.journal().all().stream().map(JournalJson::write).toList();
  }

  private static WebApp app() throws Exception {
    return new WebApp()
        .at("/voice", "<Response><Gather numDigits='1' timeout='30' action='/pressed'/></Response>")
        .at("/pressed", "<Response><Say>Bye</Say></Response>");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTestJumpsToACallThatGathersAsOftenAsItWants(boolean kept) throws Exception {
    try (WebApp app = app();
        RingbackServer server = start(app, kept)) {
      String call = call(server);
      json(server, "POST", "/sim/v1/clock/advance", "{\"by\": \"3s\"}");
      JsonNode taken = json(server, "POST", "/sim/v1/snapshots", "{\"name\": \"gathers\"}");
      assertEquals("gathers", taken.path("name").asString());
      assertTrue(taken.path("bytes").asInt() > 1_000, taken::toString);
      List<String> then = journal(server.world());
      for (int i = 1; i <= 3; i++) {
        assertEquals("completed", press(server, call, "1"));
        assertEquals(i, app.to("/pressed").size());
        JsonNode restored = json(server, "POST", "/sim/v1/snapshots/gathers/restore", "");
        assertEquals(taken, restored);
        assertEquals(then, journal(server.world()));
        assertEquals(
            "in-progress",
            json(server, "GET", "/sim/v1/calls/" + call, "").path("status").asString());
      }
      assertEquals(1, app.to("/voice").size(), "nothing is asked again");
    }
  }

  @Test
  void theyAreListedReplacedDeletedAndUnknown() throws Exception {
    try (WebApp app = app();
        RingbackServer server = start(app, false)) {
      json(server, "POST", "/sim/v1/snapshots", "{\"name\": \"a b\"}");
      json(server, "POST", "/sim/v1/snapshots", "{\"name\": \"c\"}");
      json(server, "POST", "/sim/v1/snapshots", "{\"name\": \"a b\"}");
      assertEquals(List.of("c", "a b"), names(server));
      json(server, "POST", "/sim/v1/snapshots/a%20b/restore", "");
      assertEquals(204, send(server, "DELETE", "/sim/v1/snapshots/a%20b", "").statusCode());
      assertEquals(List.of("c"), names(server));
      for (String method : List.of("POST", "DELETE")) {
        HttpResponse<String> unknown =
            send(
                server,
                method,
                "/sim/v1/snapshots/a%20b" + (method.equals("POST") ? "/restore" : ""),
                "");
        assertEquals(404, unknown.statusCode());
        assertTrue(unknown.body().contains("there is no snapshot 'a b'"), unknown::body);
      }
      for (String bad :
          List.of("{}", "{\"name\": \"\"}", "{\"name\": \"a/b\"}", "{\"nam\": \"x\"}")) {
        HttpResponse<String> refused = send(server, "POST", "/sim/v1/snapshots", bad);
        assertEquals(400, refused.statusCode(), bad);
        assertTrue(refused.body().contains("name"), refused::body);
      }
    }
  }

  private static List<String> names(RingbackServer server) throws Exception {
    return json(server, "GET", "/sim/v1/snapshots", "")
        .path("snapshots")
        .valueStream()
        .map(one -> one.path("name").asString())
        .toList();
  }

  @Test
  void whileARequestChangesTheWorldNoneIsTaken() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    try (WebApp app =
            new WebApp()
                .at(
                    "/voice",
                    request -> {
                      arrived.countDown();
                      await(answers);
                      return WebApp.twiml("<Response/>");
                    });
        RingbackServer server = start(app, false)) {
      call(server);
      CompletableFuture<HttpResponse<String>> advance =
          HTTP.sendAsync(
              HttpRequest.newBuilder(URI.create(server.url() + "/sim/v1/clock/advance"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"by\": \"9s\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      await(arrived);
      HttpResponse<String> refused;
      do { // until the advance has come
        refused = send(server, "POST", "/sim/v1/snapshots", "{\"name\": \"x\"}");
      } while (refused.statusCode() == 201);
      assertEquals(409, refused.statusCode(), refused::body);
      assertTrue(
          refused.body().contains("POST /sim/v1/clock/advance is not answered yet"),
          refused.body());
      answers.countDown();
      assertEquals(200, advance.join().statusCode());
      json(server, "POST", "/sim/v1/snapshots", "{\"name\": \"x\"}");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theyOutliveARestart() throws Exception {
    try (WebApp app = app()) {
      String call;
      List<String> then;
      List<String> after;
      try (RingbackServer server = start(app, true)) {
        call = call(server);
        json(server, "POST", "/sim/v1/clock/advance", "{\"by\": \"3s\"}");
        then = journal(server.world());
        json(server, "POST", "/sim/v1/snapshots", "{\"name\": \"gathers\"}");
        assertEquals("completed", press(server, call, "1"));
        json(server, "POST", "/sim/v1/snapshots/gathers/restore", "");
        assertEquals("completed", press(server, call, "2"));
        after = journal(server.world());
      }
      try (RingbackServer server = start(app, true)) {
        assertEquals(after, journal(server.world()));
        assertEquals(List.of("gathers"), names(server));
        json(server, "POST", "/sim/v1/snapshots/gathers/restore", "");
        assertEquals(then, journal(server.world()));
        assertEquals("completed", press(server, call, "3"));
      }
      try (RingbackServer server = start(app, true)) {
        assertEquals(
            "completed",
            json(server, "GET", "/sim/v1/calls/" + call, "").path("status").asString());
        assertEquals(3, app.to("/pressed").size());
      }
    }
  }

  // Where a start goes on

  /** A server whose world has lived a while; gives its journal. */
  private List<String> lived(WebApp app) throws Exception {
    try (RingbackServer server = start(app, true)) {
      String call = call(server);
      json(server, "POST", "/sim/v1/clock/advance", "{\"by\": \"3s\"}");
      json(server, "POST", "/sim/v1/snapshots", "{\"name\": \"gathers\"}");
      assertEquals("completed", press(server, call, "1"));
      call(server);
      json(server, "POST", "/sim/v1/clock/advance", "{\"by\": \"3s\"}");
      return journal(server.world());
    }
  }

  private interface Surgery {
    void on(Database database, long world) throws Exception;
  }

  private void operate(Surgery surgery) throws Exception {
    try (Database database = StateFile.open(folder.resolve("state"))) {
      surgery.on(database, database.worlds().getFirst().id());
    }
  }

  private void sql(String statement) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("state").resolve("ringback.db"));
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }

  private void goesOnWith(List<String> then, WebApp app) throws Exception {
    try (RingbackServer server = start(app, true)) {
      assertEquals(then, journal(server.world()));
      String call =
          json(server, "GET", "/sim/v1/calls", "").path("calls").path(0).path("callSid").asString();
      assertEquals("completed", press(server, call, "1"));
      json(server, "POST", "/sim/v1/snapshots/gathers/restore", "");
    }
  }

  @Test
  void aStartGoesOnFromTheLastSnapshotAndNotFromTheFirstLine() throws Exception {
    snapshotEvery = 5;
    try (WebApp app = app()) {
      List<String> then = lived(app);
      operate((database, world) -> {
        List<SnapshotTable.Row> starts =
            database.snapshots(world).stream().filter(row -> row.what().start()).toList();
        assertEquals(1, starts.size(), "older ones are gone");
        assertTrue(starts.getFirst().after() > 3, starts::toString);
      });
      sql(
          "DELETE FROM history WHERE number <= (SELECT max(after) FROM snapshot WHERE start)"); // not read
      goesOnWith(then, app);
    }
  }

  @Test
  void aLongHistoryIsDroppedWithTheNextStart() throws Exception {
    snapshotEvery = 5;
    try (WebApp app = app()) {
      List<String> then;
      try (StateStore store = StateStore.open(folder.resolve("state"))) {
        store.database().limitHistory(1);
        ConfigFile read = ConfigFile.read(configured(app));
        read.port = 0;
        try (RingbackServer server =
            RingbackServer.start(read, SnapshotTest::draft, Optional.of(store))) {
          call(server);
          json(server, "POST", "/sim/v1/clock/advance", "{\"by\": \"3s\"}");
          json(server, "POST", "/sim/v1/snapshots", "{\"name\": \"gathers\"}");
          then = journal(server.world());
        }
      }
      operate((database, world) -> assertTrue(database.first(world) != 1));
      // And it can be taken elsewhere.
      Path file = folder.resolve("state.jsonl");
      Path state = folder.resolve("state");
      assertEquals(
          0, Commands.run("state", "export", file.toString(), "--state", state.toString()).exit());
      Files.move(state, folder.resolve("before"));
      assertEquals(
          0, Commands.run("state", "import", file.toString(), "--state", state.toString()).exit());
      goesOnWith(then, app);
    }
  }

  @Test
  void aDamagedStartCostsNothingWhileTheHistoryIsWhole() throws Exception {
    snapshotEvery = 5;
    try (WebApp app = app()) {
      List<String> then = lived(app);
      sql("UPDATE snapshot SET bytes = zeroblob(length(bytes)) WHERE start");
      goesOnWith(then, app);
    }
  }

  @Test
  void anotherBuildLivesTheHistoryAndNeverReadsASnapshot() throws Exception {
    snapshotEvery = 5;
    try (WebApp app = app()) {
      List<String> then = lived(app);
      operate(SnapshotTest::asOfAnotherBuild);
      try (RingbackServer server = start(app, true)) {
        assertEquals(then, journal(server.world()));
        HttpResponse<String> refused =
            send(server, "POST", "/sim/v1/snapshots/gathers/restore", "");
        assertEquals(503, refused.statusCode());
        assertTrue(refused.body().contains("taken by another build"), refused::body);
      }
      sql("DELETE FROM history WHERE number <= 2");
      operate(SnapshotTest::asOfAnotherBuild);
      StateProblem problem = assertThrows(StateProblem.class, () -> start(app, true).close());
      assertTrue(
          String.valueOf(problem.getMessage()).contains("was kept by another build"),
          problem::getMessage);
    }
  }

  private static void asOfAnotherBuild(Database database, long world) throws Exception {
    for (SnapshotTable.Row row : database.snapshots(world)) {
      StoredSnapshot what = row.what();
      StoredSnapshot others =
          new StoredSnapshot(
              what.number(),
              what.name(),
              what.start(),
              new StoredSnapshot.Moment("another", what.time(), what.taken()),
              what.requests(),
              what.size());
      database.replace(world, new SnapshotTable.Row(others, row.after(), row.packed()));
    }
  }

  @Test
  void damageBeforeASnapshotCostsNothingAfterIt() throws Exception {
    snapshotEvery = 5;
    try (WebApp app = app()) {
      List<String> then = lived(app);
      sql("UPDATE history SET lines = zeroblob(length(lines)) WHERE number = 2");
      Commands.Run repaired =
          Commands.run("state", "repair", "--state", folder.resolve("state").toString());
      assertTrue(
          repaired.said().contains("record 2 of the history is damaged")
              && repaired.said().contains("it goes on from what it was at"),
          repaired.said());
      goesOnWith(then, app);
    }
  }

  @Test
  void aRequestThatOnlyLooksButLeavesARemarkIsNotCutInTwoByASnapshot() throws Exception {
    snapshotEvery = 1;
    try (WebApp app = app()) {
      List<String> then;
      try (RingbackServer server = start(app, true)) {
        String account = server.world().settings().account().value();
        String login =
            Base64.getEncoder()
                .encodeToString(
                    (account + ":" + server.world().settings().authToken())
                        .getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 60; i++) {
          HttpRequest request =
              HttpRequest.newBuilder(
                      URI.create(
                          server.url()
                              + "/2010-04-01/Accounts/"
                              + account
                              + ".json?Foo"
                              + i
                              + "=1"))
                  .header("Authorization", "Basic " + login)
                  .build();
          assertEquals(200, HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
        }
        then = journal(server.world());
        assertTrue(then.size() >= 60, then::toString);
      }
      try (RingbackServer server = start(app, true)) {
        assertEquals(then, journal(server.world()));
      }
    }
  }

  @Test
  void aStartThatIsRefusedTakesNoSnapshotAndEnds() throws Exception {
    snapshotEvery = 1;
    try (WebApp app = app()) {
      lived(app);
      sql("DELETE FROM snapshot WHERE start");
      sql("UPDATE history SET lines = x'78' WHERE number = (SELECT max(number) FROM history)");
      StateProblem problem = assertThrows(StateProblem.class, () -> start(app, true).close());
      assertTrue(String.valueOf(problem.getMessage()).contains("is damaged"), problem::getMessage);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELETE FROM history WHERE number = (SELECT max(number) FROM history) | its end is missing
          DELETE FROM history | its end is missing
          DELETE FROM world | there were 1 account(s)
          DELETE FROM snapshot WHERE name = 'gathers' | of 1 snapshots with a name 0 are whole
          UPDATE snapshot SET bytes = zeroblob(10) WHERE name = 'gathers' | of 1 snapshots with a name 0 are whole
          UPDATE snapshot SET name = 'other' WHERE name = 'gathers' | of 1 snapshots with a name 0 are whole
          DELETE FROM census | there were 0 account(s)
          """)
  void whatIsMissingIsMissedAndRepaired(String damage, String said) throws Exception {
    try (WebApp app = app()) {
      lived(app);
      sql(damage.strip());
      StateProblem problem = assertThrows(StateProblem.class, () -> start(app, true).close());
      assertTrue(String.valueOf(problem.getMessage()).contains(said.strip()), problem::getMessage);
      Commands.Run repaired =
          Commands.run("state", "repair", "--state", folder.resolve("state").toString());
      assertTrue(repaired.said().contains(said.strip()), repaired.said());
      try (RingbackServer server = start(app, true)) {
        assertEquals(200, send(server, "GET", "/healthz", "").statusCode());
      }
    }
  }

  @Test
  void aDamagedSnapshotThatTheWorldBecameAgainIsDamage() throws Exception {
    try (WebApp app = app()) {
      List<String> then = lived(app);
      try (RingbackServer server = start(app, true)) {
        json(server, "POST", "/sim/v1/snapshots/gathers/restore", "");
        call(server);
      }
      sql("DELETE FROM snapshot WHERE name = 'gathers'");
      sql("UPDATE census SET named = 0");
      StateProblem problem = assertThrows(StateProblem.class, () -> start(app, true).close());
      assertTrue(
          String.valueOf(problem.getMessage()).contains("is missing or damaged"),
          problem::getMessage);
      Commands.Run repaired =
          Commands.run("state", "repair", "--state", folder.resolve("state").toString());
      assertTrue(repaired.said().contains("is missing or damaged"), repaired.said());
      try (RingbackServer server = start(app, true)) {
        assertEquals(then, journal(server.world()).subList(0, then.size()));
      }
    }
  }

  @Test
  void aWorldThatWasBegunAndDidNothingBegins() throws Exception {
    try (WebApp app = app()) {
      ConfigFile read = ConfigFile.read(configured(app));
      try (StateStore store = StateStore.open(folder.resolve("state"))) {
        read.world.publicUrl = "http://localhost:4999";
        store.begin(read.world.settings());
      }
      for (int i = 0; i < 2; i++) {
        try (RingbackServer server = start(app, true)) {
          call(server);
          assertEquals(1 + i, json(server, "GET", "/sim/v1/calls", "").path("calls").size());
        }
      }
    }
  }

  @Test
  void whenTheFirstAccountIsLostItBeginsAnewAndOthersGoOn() throws Exception {
    try (WebApp app = app()) {
      lived(app);
      String other;
      try (RingbackServer server = start(app, true)) {
        other = json(server, "POST", "/sim/v1/worlds", "{}").path("accountSid").asString();
        json(server, "POST", "/sim/v1/worlds/" + other + "/clock/advance", "{\"by\": \"1h\"}");
      }
      sql("UPDATE world SET settings = '{' WHERE id = 1");
      Commands.Run repaired =
          Commands.run("state", "repair", "--state", folder.resolve("state").toString());
      assertTrue(repaired.said().contains("all of it is lost"), repaired.said());
      for (int i = 0; i < 2; i++) {
        try (RingbackServer server = start(app, true)) {
          assertEquals(
              "2026-01-01T10:00:00Z",
              json(server, "GET", "/sim/v1/worlds/" + other + "/clock", "").path("now").asString());
          assertEquals(List.of(), journal(server.world()));
        }
      }
    }
  }

  /** As the version before wrote it, which neither counted nor took snapshots. */
  @Test
  void aFileOfFormatOneIsTakenOverAndCountedFromThen() throws Exception {
    try (WebApp app = app()) {
      List<String> then = lived(app);
      for (String statement :
          List.of("DROP TABLE census", "DROP TABLE snapshot", "PRAGMA user_version = 1")) {
        sql(statement);
      }
      try (RingbackServer server = start(app, true)) {
        assertEquals(then, journal(server.world()));
        call(server);
      }
      sql("DELETE FROM history WHERE number = (SELECT max(number) FROM history)");
      StateProblem problem = assertThrows(StateProblem.class, () -> start(app, true).close());
      assertTrue(
          String.valueOf(problem.getMessage()).contains("its end is missing"), problem::getMessage);
    }
  }
}
