package dev.ringback.load;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cli.Commands;
import dev.ringback.cli.Commands.Run;
import dev.ringback.json.JournalJson;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.server.WebApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ringback load}, against apps behind real sockets on this machine. */
class LoadCommandTest {
  private static final String HANGS_UP = "<Response><Hangup/></Response>";

  /** The connection ends where the answer should be. */
  private static final MockResponse BROKEN =
      new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();

  @TempDir Path folder;

  private String scenario(String then) throws IOException {
    return Files.writeString(
            folder.resolve("plan.yaml"),
            """
            scenario: A call
            when:
              - call: {from: "+15558675310", to: "+15017122661"}
            then:
              - request: voice
            %s
            """
                .formatted(then.indent(2)))
        .toString();
  }

  /** Load of the plain scenario on that app. */
  private Run load(WebApp app, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("load", scenario(""), "--app", app.url()));
    all.addAll(List.of(options));
    return Commands.run(all.toArray(String[]::new));
  }

  private static LoadResult read(Path file) throws IOException {
    return JournalJson.mapper().readValue(Files.readString(file), LoadResult.class);
  }

  private static LoadResult.Latencies voice(LoadResult result) {
    return Objects.requireNonNull(result.requests().get("voice"));
  }

  @Test
  void everyCallIsPlacedAndItsAnswersAreTimed() throws Exception {
    Path json = folder.resolve("load.json");
    Path csv = folder.resolve("load.csv");
    Path html = folder.resolve("load.html");
    try (WebApp app = new WebApp().at("/voice", HANGS_UP)) {
      Run run =
          Commands.run(
              "load",
              scenario("- call: {ends: completed}") + "=3",
              "--app",
              app.url(),
              "--rate",
              "200",
              "--calls",
              "60",
              "--json",
              json.toString(),
              "--csv",
              csv.toString(),
              "--html",
              html.toString());
      assertEquals(0, run.exit(), run.said());
      assertEquals(60, app.to("/voice").size());
      LoadResult result = read(json);
      assertEquals(60, result.calls().begun());
      assertEquals(60, result.calls().ended());
      assertEquals(0, result.calls().failed());
      assertEquals(60, result.endings().get("completed"));
      LoadResult.Latencies voice = voice(result);
      assertEquals(60, voice.count());
      assertTrue(0 < voice.p50() && voice.p50() <= voice.p99() && voice.p99() <= voice.max());
      assertEquals(60, result.series().stream().mapToLong(LoadResult.Second::begun).sum());
      assertTrue(run.out().contains("60 calls in"), run.out());
      assertEquals("second,begun,ended,failed,live,requests,p50_ms,p99_ms", lines(csv).getFirst());
      String page = Files.readString(html);
      assertTrue(page.contains("<polyline") && page.contains("<td>voice</td><td>60</td>"), page);
      assertTrue(!page.contains("<script"), "it has no script");
    }
  }

  @Test
  void whatIsKnownIsToldWhenItIsStopped() throws Exception {
    Path json = folder.resolve("load.json");
    Path out = folder.resolve("out");
    try (WebApp app = new WebApp().at("/voice", HANGS_UP)) {
      Process load =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.ringback.cli.Ringback",
                  "load",
                  scenario(""),
                  "--app",
                  app.url(),
                  "--rate",
                  "50",
                  "--calls",
                  "100000",
                  "--json",
                  json.toString())
              .redirectOutput(out.toFile())
              .start();
      try {
        await().atMost(40, SECONDS).until(() -> app.to("/voice").size() > 20);
      } finally {
        load.destroy(); // as Ctrl-C, but for the signal's number
      }
      assertEquals(128 + 15, load.waitFor());
      LoadResult result = read(json);
      assertEquals(100_000, result.calls().planned());
      assertTrue(result.calls().begun() > 10, result.calls()::toString);
      assertTrue(result.calls().begun() >= result.calls().ended(), result.calls()::toString);
      String said = Files.readString(out);
      assertTrue(said.contains(result.calls().begun() + " of 100000 calls in"), said);
    }
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  /** A green means green: the calls of an app that is broken fail, and say why. */
  @Test
  void anAppThatFailsIsSeen() throws Exception {
    try (WebApp app =
        new WebApp().at("/voice", r -> new MockResponse.Builder().code(500).build())) {
      Run run = load(app, "--rate", "100", "--calls", "20");
      assertEquals(1, run.exit(), run.said());
      assertEquals(1, run.lines("errors        20 × HTTP 500").size(), run.out());
      assertTrue(run.out().contains("20 ended, 20 failed"), run.out());
    }
  }

  /** The clock starts when a call is due, not when the app has time for it. */
  @Test
  void aSlowAppDoesNotSlowTheArrivals() throws Exception {
    Path json = folder.resolve("load.json");
    try (WebApp app =
        new WebApp()
            .at(
                "/voice",
                r ->
                    new MockResponse.Builder()
                        .addHeader("Content-Type", "text/xml")
                        .body(HANGS_UP)
                        .headersDelay(1, TimeUnit.SECONDS)
                        .build())) {
      Run run = load(app, "--rate", "40", "--calls", "40", "--json", json.toString());
      assertEquals(0, run.exit(), run.said());
      LoadResult result = read(json);
      assertTrue(result.calls().mostLive() >= 30, "most live: " + result.calls().mostLive());
      assertTrue(result.seconds() < 6, "all at once: " + result.seconds());
      assertTrue(voice(result).p50() >= 1_000, result.requests().toString());
    }
  }

  @Test
  void theRateIsRaisedUntilTheAppIsTooSlow() throws Exception {
    Path json = folder.resolve("load.json");
    try (WebApp app =
        new WebApp()
            .at(
                "/voice",
                r ->
                    new MockResponse.Builder()
                        .addHeader("Content-Type", "text/xml")
                        .body(HANGS_UP)
                        .headersDelay(300, TimeUnit.MILLISECONDS)
                        .build())) {
      Run run =
          load(
              app,
              "--rate",
              "20",
              "--calls",
              "100000",
              "--until",
              "p50>250ms",
              "--step",
              "1s",
              "--json",
              json.toString());
      assertEquals(0, run.exit(), run.said());
      LoadResult.FoundLimit limit = Objects.requireNonNull(read(json).limit());
      assertEquals("p50>250ms", limit.text());
      assertEquals(0, limit.rate());
      assertEquals(20, limit.beyond());
      assertTrue(run.out().contains("the first rate that was tried"), run.out());
    }
  }

  /** Failures are quick: they are no latencies, and they are a limit. */
  @Test
  void anAppThatFailsAtARateHasReachedItsLimit() throws Exception {
    for (MockResponse bad : List.of(new MockResponse.Builder().code(500).build(), BROKEN)) {
      Path json = folder.resolve("load.json");
      try (WebApp app = new WebApp().at("/voice", r -> bad)) {
        Run run =
            load(
                app,
                "--rate",
                "20",
                "--calls",
                "100000",
                "--until",
                "p99>9s",
                "--step",
                "1s",
                "--json",
                json.toString());
        assertEquals(1, run.exit(), run.said());
        LoadResult.FoundLimit limit = Objects.requireNonNull(read(json).limit());
        assertEquals("more than 1% of the requests failed", limit.text());
      }
    }
  }

  @Test
  void requestsThatWereNotAnsweredHaveNoLatency() throws Exception {
    Path json = folder.resolve("load.json");
    try (WebApp app = new WebApp().at("/voice", r -> BROKEN)) {
      Run run = load(app, "--calls", "5", "--json", json.toString());
      assertEquals(1, run.exit(), run.said());
      assertEquals(Map.of(), read(json).requests());
      assertTrue(!read(json).errors().isEmpty(), run.out());
      assertEquals(1, read(json).causes().size(), "one cause, whenever it struck");
    }
  }

  @Test
  void aLimitThatWasNotReachedIsSaid() throws Exception {
    try (WebApp app = new WebApp().at("/voice", HANGS_UP)) {
      Run run = load(app, "--rate", "20", "--calls", "70", "--until", "p99>9s", "--step", "1s");
      assertEquals(0, run.exit(), run.said());
      assertTrue(run.out().contains("p99>9s not reached up to "), run.out());
    }
  }

  @Test
  void whatCannotBeAddedUpIsRefused() throws Exception {
    Path json = folder.resolve("load.json");
    try (WebApp app = new WebApp().at("/voice", HANGS_UP)) {
      assertEquals(0, load(app, "--calls", "3", "--json", json.toString()).exit());
      Run same = load(app, "--csv", json.toString(), "--json", json.toString());
      assertEquals(2, same.exit(), same.said());
    }
    Run twice = Commands.run("load", "merge", json.toString(), json.toString());
    assertEquals(2, twice.exit(), twice.said());
    String good = Files.readString(json);
    Path other = folder.resolve("other.json");
    for (String wrong :
        List.of(
            good.replace("\"ended\":3", "\"ended\":-5"),
            good.replaceFirst("\"histogram\":\"..", "\"histogram\":\"AA"),
            good.replaceFirst("\"histogram\":\"[^\"]*", "\"histogram\":\"HAAAABQAAA=="))) {
      Files.writeString(other, wrong);
      Run run = Commands.run("load", "merge", json.toString(), other.toString());
      assertEquals(2, run.exit(), run.said());
      assertTrue(run.said().contains("other.json"), run.said());
    }
  }

  /** A call that goes on for long has been answered long before: its latencies count at once. */
  @Test
  void theLimitIsFoundWhileTheCallsAreStillLive() throws Exception {
    Path json = folder.resolve("load.json");
    try (WebApp app =
        new WebApp()
            .at(
                "/voice",
                r ->
                    new MockResponse.Builder()
                        .addHeader("Content-Type", "text/xml")
                        .body("<Response><Pause length=\"4\"/></Response>")
                        .headersDelay(300, TimeUnit.MILLISECONDS)
                        .build())) {
      Run run =
          load(
              app,
              "--rate",
              "20",
              "--calls",
              "100000",
              "--until",
              "p50>250ms",
              "--step",
              "1s",
              "--json",
              json.toString());
      assertEquals(0, run.exit(), run.said());
      LoadResult result = read(json);
      assertEquals(20, Objects.requireNonNull(result.limit()).beyond());
      assertTrue(result.calls().begun() < 60, "begun: " + result.calls());
      assertTrue(
          result.series().stream().limit(3).mapToLong(LoadResult.Second::requests).sum() > 0,
          result.series().toString());
    }
  }

  @Test
  void shardsPlayAllCallsBetweenThemAndAddUp() throws Exception {
    try (WebApp app = new WebApp().at("/voice", HANGS_UP)) {
      String plan = scenario("");
      for (int part = 1; part <= 3; part++) {
        Run run =
            Commands.run(
                "load",
                plan,
                "--app",
                app.url(),
                "--rate",
                "100",
                "--calls",
                "31",
                "--shard",
                part + "/3",
                "--json",
                folder.resolve(part + ".json").toString());
        assertEquals(0, run.exit(), run.said());
      }
      assertEquals(31, app.to("/voice").size());
      Path sum = folder.resolve("sum.json");
      Run merged =
          Commands.run(
              "load",
              "merge",
              folder.resolve("1.json").toString(),
              folder.resolve("2.json").toString(),
              folder.resolve("3.json").toString(),
              "--json",
              sum.toString());
      assertEquals(0, merged.exit(), merged.said());
      assertEquals(31, read(sum).calls().ended());
      assertEquals(31, voice(read(sum)).count());
      assertEquals(31, app.to("/voice").stream().map(LoadCommandTest::callSid).distinct().count());
    }
  }

  private static String callSid(RecordedRequest request) {
    String body = request.getBody().utf8();
    return body.substring(body.indexOf("CallSid=")).split("&", 2)[0];
  }

  @Test
  void weightsDecideHowOftenAScenarioIsPlayed() throws Exception {
    List<CallPlan> plans = List.of(new CallPlan(plan("a"), 3), new CallPlan(plan("b"), 1));
    assertEquals(
        List.of("a", "a", "b", "a"), CallPlan.round(plans).stream().map(s -> s.name()).toList());
  }

  private ScenarioFile plan(String name) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            scenario: %s
            when:
              - call: {from: "+15558675310", to: "+15017122661"}
            then:
              - request: voice
            """
                .formatted(name));
    return ScenarioReader.read(file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rate 0 | --rate: must be above 0",
        "--calls 0 | --calls: must be from 1",
        "--ramp soon | --ramp: must be a duration",
        "--until p99 | --until: must be a percentile and a latency",
        "--step 5s | --step: is of --until",
        "--until p99>1s --ramp 3s | --ramp: and --until exclude each other",
        "--shard 4/3 | --shard: has no part 4 of 3",
        "--clock stepped | --clock: must be real or skipping",
        "--app http://192.0.2.1:80 | say --allow 192.0.2.1",
        "--app http://127.0.0.1:1 | nothing listens at http://127.0.0.1:1"
      })
  void wrongUseEndsBeforeAnyCall(String arguments, String said) throws Exception {
    String[] more = arguments.split(" ");
    try (WebApp app = new WebApp().at("/voice", HANGS_UP)) {
      ArrayList<String> all = new ArrayList<>(List.of("load", scenario("")));
      all.addAll(List.of(more));
      if (!arguments.startsWith("--app")) {
        all.addAll(List.of("--app", app.url()));
      }
      Run run = Commands.run(all.toArray(new String[0]));
      assertEquals(2, run.exit(), run.said());
      assertTrue(run.err().contains(said), run.err());
      assertEquals(0, app.requests.size());
    }
  }

  @Test
  void whatIsNoResultIsNotMerged() throws Exception {
    Path file = Files.writeString(folder.resolve("x.json"), "{\"version\": 7}");
    Run run = Commands.run("load", "merge", file.toString());
    assertEquals(2, run.exit(), run.said());
    assertEquals(2, Commands.run("load", "merge").exit());
    Run other = Commands.run("load", "merge", file.toString(), "--rate", "5");
    assertEquals(2, other.exit());
    assertTrue(other.err().contains("--rate: is for a run"), other.err());
    assertEquals(2, Commands.run("load", "merge", "nowhere.json").exit());
  }
}
