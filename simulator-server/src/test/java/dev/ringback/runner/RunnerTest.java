package dev.ringback.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cli.Commands;
import dev.ringback.cli.Commands.Run;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.play.Player;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.server.WebApp;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Many scenarios: which of them, how often, what is told of them. */
@Timeout(120)
class RunnerTest {
  @TempDir Path folder;
  private WebApp app;

  @SuppressWarnings("NullAway.Init")
  RunnerTest() {}

  @BeforeEach
  void start() throws Exception {
    app =
        new WebApp()
            .at("/voice", WorldFixture.connect(""))
            .at("/action", "<Response><Hangup/></Response>");
    scenario("a", "[smoke]", "Hangup");
    scenario("b", "[smoke, slow]", "Hangup");
    scenario("c", "[]", "Hangup");
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private Path scenario(String name, String tags, String verb) throws Exception {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        scenario: scenario %s
        tags: %s
        given:
          conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice@example.com}]
        when:
          - call: {from: "+15558675310", to: "+15017122661"}
        then:
          - request: voice
          - request: action
            answer: {verbs: [%s]}
        """
            .formatted(name, tags, verb));
  }

  private Run run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("run", folder.toString()));
    arguments.addAll(List.of("--app", app.url(), "--port", "0"));
    arguments.addAll(List.of(options));
    return Commands.run(arguments.toArray(String[]::new));
  }

  private static List<String> played(Run run) {
    return run.out()
        .lines()
        .filter(line -> line.matches("[✓✗] .*"))
        .map(line -> line.replaceFirst("  \\(.*", ""))
        .toList();
  }

  // Which

  @Test
  void byTitleTagAndFile() {
    assertEquals(List.of("✓ scenario b"), played(run("--grep", "io b$")));
    assertEquals(List.of("✓ scenario a", "✓ scenario b"), played(run("--tag", "smoke")));
    assertEquals(List.of("✓ scenario a", "✓ scenario c"), played(run("--tag", "!slow")));
    assertEquals(
        List.of("✓ scenario a"), played(run("--tag", "smoke", "--tag", "!slow", "-g", "scenario")));
    Run none = run("--grep", "nothing");
    assertEquals(2, none.exit());
    assertTrue(none.err().contains("--grep: fits none of the 3 scenarios"), none.err());
    assertEquals(2, run("--grep", "(").exit());
  }

  @Test
  void aListPlaysNothing() {
    Run list = run("--list", "--tag", "slow");
    assertEquals(0, list.exit());
    assertEquals(
        folder.resolve("b.yaml") + "  scenario b  [slow, smoke]",
        list.out().strip().replace("[smoke, slow]", "[slow, smoke]"));
    assertEquals(0, app.to("/voice").size());
  }

  @Test
  void everyScenarioIsInOneShard() {
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      all.addAll(played(run("--shard", i + "/2")));
    }
    assertEquals(
        List.of("✓ scenario a", "✓ scenario b", "✓ scenario c"), all.stream().sorted().toList());
  }

  @Test
  void whatFailedLastIsPlayedAgain() throws Exception {
    scenario("b", "[]", "Say");
    assertEquals(1, run().exit());
    assertEquals(List.of("✗ scenario b"), played(run("--last-failed")));
    scenario("b", "[]", "Hangup");
    assertEquals(List.of("✓ scenario b"), played(run("--last-failed")));
  }

  // How

  @Test
  void afterAFailureNoneBegins() throws Exception {
    scenario("a", "[]", "Say");
    Run run = run("--fail-fast");
    assertEquals(1, run.exit());
    assertTrue(run.out().contains("- scenario b  (not played)"), run.out());
    assertTrue(run.out().contains("0 passed, 1 failed, 2 not played"), run.out());
  }

  @Test
  void whatIsNotPlayedInTimeFailsTheRun() {
    Run run = run("--time-budget", "0s");
    assertEquals(1, run.exit());
    assertTrue(run.out().contains("0 passed, 0 failed, 3 not played"), run.out());
  }

  @Test
  void onceMoreAfterAFailureIsFlaky() {
    AtomicInteger asked = new AtomicInteger();
    app.at(
        "/action",
        r ->
            asked.getAndIncrement() == 0
                ? WebApp.twiml("<Response><Say>no</Say></Response>")
                : WebApp.twiml("<Response><Hangup/></Response>"));
    Run run = run("--retries", "2", "--grep", "scenario a");
    assertEquals(0, run.exit(), run.out());
    assertTrue(run.out().contains("flaky: it passed at try 2"), run.out());
    assertTrue(run.out().contains("1 passed, 0 failed, 1 flaky"), run.out());
    app.at("/action", "<Response><Say>no</Say></Response>");
    assertEquals(1, run("--retries", "2", "--grep", "scenario a").exit());
  }

  @Test
  void whatDiffersFromRunToRunIsSaid() {
    Run same = run("--repeat", "20", "--grep", "scenario a");
    assertEquals(0, same.exit(), same.out());
    assertTrue(same.out().contains("20 times the same"), same.out());
    AtomicInteger asked = new AtomicInteger();
    app.at(
        "/voice",
        r ->
            WebApp.twiml(
                WorldFixture.connect(
                    "inboundTimeout='" + (20 + asked.getAndIncrement() / 3) + "'")));
    Run run = run("--repeat", "20", "--grep", "scenario a");
    assertEquals(1, run.exit());
    assertTrue(
        run.out()
            .contains(
                "request 1, voice at 0.000s (POST "
                    + app.url()
                    + "/voice); ≠ answer.Conversation.inboundTimeout: was '20', is now '21'"),
        run.out());
    assertTrue(run.out().contains("run 4 differs from the first"), run.out());
  }

  @Test
  void resultsDoNotDependOnHowManyPlayAtOnce() {
    String one = run("--json").out().replaceAll("\"tookMs\":\\d+", "");
    for (int i = 0; i < 2; i++) {
      assertEquals(one, run("--json", "--parallel", "8").out().replaceAll("\"tookMs\":\\d+", ""));
    }
  }

  @Test
  void everyTimeOfARepeatMustPass() {
    AtomicInteger asked = new AtomicInteger();
    app.at(
        "/action",
        r ->
            asked.getAndIncrement() == 0
                ? WebApp.twiml("<Response><Say>no</Say></Response>")
                : WebApp.twiml("<Response><Hangup/></Response>"));
    Run run = run("--repeat", "3", "--grep", "scenario a");
    assertEquals(1, run.exit(), run.out());
    assertTrue(run.out().contains("0 passed, 1 failed"), run.out());
  }

  @Test
  void noFailureFallsBetweenTwoShards() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      scenario(name, "[]", "Say");
    }
    assertEquals(1, run().exit());
    scenario("a", "[]", "Hangup");
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      all.addAll(played(run("--last-failed", "--shard", i + "/2")));
    }
    assertEquals(
        List.of("✓ scenario a", "✗ scenario b", "✗ scenario c"), all.stream().sorted().toList());
  }

  @Test
  void rowsOfOneTitleAreToldApart() throws Exception {
    Files.writeString(
        folder.resolve("a.yaml"),
        Files.readString(folder.resolve("a.yaml"))
            .replace("tags: [smoke]", "tags: [smoke]\nexamples: [{verb: Say}, {verb: Hangup}]")
            .replace("scenario a", "\"scenario ${verb}\"")
            .replace("[Hangup]", "[\"${verb}\"]")
            .replace("${verb}\"\n", "a ${verb}\"\n"));
    String text =
        Files.readString(folder.resolve("a.yaml")).replaceFirst("\"scenario [^\"]*\"", "same");
    Files.writeString(folder.resolve("a.yaml"), text);
    assertEquals(
        List.of("✗ same {verb=Say}", "✓ same {verb=Hangup}"), played(run("--grep", "same")));
    assertEquals(List.of("✗ same {verb=Say}"), played(run("--last-failed")));
  }

  @Test
  void whatIsWrongWithAnAppIsSaidBeforeAnythingPlays() throws Exception {
    Files.writeString(
        folder.resolve("c.yaml"),
        Files.readString(folder.resolve("c.yaml"))
            .replace("given:\n", "given:\n  app: none.yaml\n"));
    assertEquals(0, run().exit(), "with --app the canned one is not asked for");
    for (String name : List.of("a", "b")) {
      Files.delete(folder.resolve(name + ".yaml"));
    }
    Run run = Commands.run("run", folder.toString());
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("none.yaml: there is no such file"), run.err());
    assertEquals("", run.out());
    scenario("c", "[]", "Hangup");
    Run without = Commands.run("run", folder.toString());
    assertEquals(2, without.exit());
    assertTrue(without.err().contains("the scenario brings no app of its own"), without.err());
    assertEquals("", without.out());
  }

  @Test
  void optionsThatExcludeEachOther() {
    assertEquals(2, run("--repeat", "2", "--retries", "1").exit());
    assertEquals(2, run("--json", "--tap").exit());
    assertEquals(2, run("--repeat", "0").exit());
    assertEquals(2, run("--time-budget", "soon").exit());
  }

  // The app is started here

  private Run start(String... command) {
    List<String> arguments =
        new ArrayList<>(
            List.of("run", folder.toString(), "--port", "0", "--wait-for-app", "20s", "--"));
    arguments.addAll(List.of(command));
    return Commands.run(arguments.toArray(String[]::new));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  @Test
  void anAppIsStartedAndStopped() throws Exception {
    Path source =
        Files.writeString(
            folder.resolve("App.java"),
            """
            import com.sun.net.httpserver.HttpServer;
            import java.net.InetSocketAddress;
            import java.nio.file.*;
            public class App {
              public static void main(String[] a) throws Exception {
                Files.writeString(Path.of(a[0]), ProcessHandle.current().pid() + " "
                    + System.getenv("TWILIO_AUTH_TOKEN") + " " + System.getenv("HTTP_PROXY")
                    + " " + System.getenv("TWILIO_ACCOUNT_SID"));
                HttpServer server = HttpServer.create(
                    new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("PORT"))), 0);
                server.createContext("/", e -> {
                  String xml = e.getRequestURI().getPath().equals("/voice")
                      ? "<Response><Connect action='/action'><Conversation serviceInstanceSid='IS0123456789abcdef0123456789abcdef'/></Connect></Response>"
                      : "<Response><Hangup/></Response>";
                  e.getRequestBody().readAllBytes();
                  e.getResponseHeaders().add("Content-Type", "text/xml");
                  e.sendResponseHeaders(200, xml.length());
                  e.getResponseBody().write(xml.getBytes());
                  e.close();
                });
                server.start();
              }
            }
            """);
    Path told = folder.resolve("told.txt");
    Run run = start(java(), source.toString(), told.toString());
    assertEquals(0, run.exit(), run::said);
    assertEquals(3, played(run).size());
    String[] words = Files.readString(told).split(" ", -1);
    assertTrue(words[1].matches("[0-9a-f]{32}"), words[1]);
    assertTrue(words[2].startsWith("http://localhost:"), words[2]);
    assertTrue(words[3].matches("AC[0-9a-f]{32}"), words[3]);
    assertFalse(
        ProcessHandle.of(Long.parseLong(words[0])).map(ProcessHandle::isAlive).orElse(false),
        "it still runs");
  }

  @Test
  void anotherAppThatListensAlreadyIsNotTested() {
    Run run =
        Commands.run("run", folder.toString(), "--app", app.url(), "--port", "0", "--", "false");
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("something listens at " + app.url() + " already"), run.err());
    assertEquals(0, app.to("/voice").size());
  }

  /** A shell that leaves its app in the background, and is gone. */
  @Test
  void whatWasStartedInTheBackgroundIsStoppedToo() throws Exception {
    Path told = folder.resolve("pid.txt");
    Run run = start("sh", "-c", "(sleep 300 & echo $! > " + told + ") ; exit 0");
    assertEquals(2, run.exit());
    long pid = Long.parseLong(Files.readString(told).strip());
    org.awaitility.Awaitility.await()
        .until(() -> ProcessHandle.of(pid).map(h -> !h.isAlive()).orElse(true));
  }

  @Test
  void anAppThatDoesNotComeUpIsExitTwo() {
    Run run = start("sh", "-c", "echo no database; exit 3");
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("has ended with exit code 3 before it listened"), run.err());
    assertTrue(run.err().contains("no database"), run.err());
    run = start("no-such-command-at-all");
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("cannot be started"), run.err());
  }

  // What is told

  @Test
  void theFirstLineOfAFailureIsItsCause() throws Exception {
    app.at("/action", r -> new MockResponse.Builder().code(500).body("no database").build());
    Run run = run("--grep", "scenario a");
    List<String> lines = run.out().lines().toList();
    assertEquals("  action at 12.000s: answered HTTP 500: no database", lines.get(1));
    assertEquals(
        "  " + folder.resolve("a.yaml") + ":9: expected request: action, answer.verbs: [Hangup]",
        lines.get(2));
  }

  @Test
  void tap() throws Exception {
    scenario("b", "[]", "Say");
    Run run = run("--tap");
    assertEquals(1, run.exit());
    List<String> lines = run.out().lines().toList();
    assertEquals(List.of("TAP version 14", "1..3", "ok 1 - scenario a"), lines.subList(0, 3));
    assertEquals("not ok 2 - scenario b", lines.get(3));
    assertEquals(
        "  message: \"action: answer.verbs: expected [Say], was '[Hangup]'\"", lines.get(5));
    assertEquals("ok 3 - scenario c", lines.getLast());
  }

  @Test
  void junit() throws Exception {
    scenario("b", "[]", "Say");
    Path report = folder.resolve("report.xml");
    run("--report", report.toString(), "--fail-fast");
    Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
    Element root = xml.getDocumentElement();
    assertEquals("testsuites", root.getTagName());
    assertEquals("3", root.getAttribute("tests"));
    assertEquals("1", root.getAttribute("failures"));
    Element suite = (Element) xml.getElementsByTagName("testsuite").item(1);
    assertTrue(
        suite.getAttribute("timestamp").matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d"));
    Element failure = (Element) xml.getElementsByTagName("failure").item(0);
    assertEquals(
        "action: answer.verbs: expected [Say], was '[Hangup]'", failure.getAttribute("message"));
    assertTrue(failure.getTextContent().contains("b.yaml:9: expected"), failure.getTextContent());
    String output = xml.getElementsByTagName("system-out").item(1).getTextContent();
    assertTrue(output.contains("→ action"), output);
    assertTrue(output.contains("seed 42; again:  ringback run"), output);
    assertEquals(1, xml.getElementsByTagName("error").getLength(), "what was not played");
    assertEquals("1", root.getAttribute("errors"));
  }

  /** Failed, not played, passed, and with coverage: as CI servers want it. */
  @Test
  void theReportIsAsItsSchemaSays() throws Exception {
    Files.writeString(
        scenario("b", "[]", "Say"),
        Files.readString(folder.resolve("b.yaml")).replace("scenario b", "\"b \\0<&]]>\\e\""));
    Path report = folder.resolve("report.xml");
    run("--report", report.toString(), "--fail-fast", "--require-coverage", "busy");
    Validator validator =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(RunnerTest.class.getResource("/junit-report.xsd"))
            .newValidator();
    validator.validate(new StreamSource(report.toFile()));
    String wrong = Files.readString(report).replaceFirst("timestamp=\"", "timestamp=\"x");
    assertThrows(
        SAXException.class,
        () -> validator.validate(new StreamSource(new StringReader(wrong))),
        "the schema has been seen to refuse");
  }

  @Test
  void gitHubShowsFailuresBesideTheCodeAndInTheSummary() throws Exception {
    scenario("b", "[]", "Say");
    Path summary = folder.resolve("summary.md");
    StringWriter log = new StringWriter();
    GitHubReport report =
        GitHubReport.of(
            Map.of("GITHUB_STEP_SUMMARY", summary.toString()), new PrintWriter(log, true));
    List<ScenarioFile> files = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      files.add(ScenarioReader.read(folder.resolve(name + ".yaml")));
    }
    List<Outcome> outcomes =
        new Runner(new Player(app.url()), new Runner.Plan(1, 1, 0, false, null))
            .run(files, report::played);
    report.ends(
        new Results(
            outcomes, Duration.ofSeconds(1), Results.coverageOf(outcomes), "busy is not met"));
    assertEquals(2, log.toString().lines().count(), log.toString());
    assertTrue(log.toString().contains("::error title=coverage::busy is not met"), log.toString());
    assertTrue(
        log.toString()
            .startsWith(
                "::error file=%s,line=9,title=scenario b::action: answer.verbs: expected [Say], was"
                    .formatted(folder.resolve("b.yaml"))),
        log.toString());
    String text = Files.readString(summary);
    assertTrue(text.contains("1 of 2 scenarios passed in 1.0 s"), text);
    assertTrue(text.contains("| ✗ | scenario b | action: answer.verbs: expected [Say]"), text);
    assertTrue(text.contains("| Result | session-success | dialed-call-incomplete, "), text);
    assertTrue(text.contains("| verbs | Connect, Hangup | "), text);
    assertTrue(GitHubReport.isWanted(Map.of("GITHUB_ACTIONS", "true")));
    assertFalse(GitHubReport.isWanted(Map.of()));
  }

  // Coverage

  @Test
  void everyReportTellsOfTheCoverage() throws Exception {
    Run tap = run("--tap", "--coverage");
    assertTrue(tap.out().contains("\n# coverage of the contract: "), tap.out());
    Run json = run("--json", "--coverage", "--grep", "scenario a");
    assertTrue(json.out().contains("\"Result=session-success\":1"), json.out());
    assertTrue(json.out().contains("\"Conversation.serviceInstanceSid\":1"), json.out());
    Path report = folder.resolve("report.xml");
    run("--report", report.toString(), "--coverage");
    String xml = Files.readString(report);
    assertTrue(xml.contains("<property name=\"Result=session-success\" value=\"3\"/>"), xml);
    assertTrue(xml.contains("<property name=\"Result=internal-error\" value=\"0\"/>"), xml);
    assertTrue(xml.contains("<property name=\"written Hangup\" value=\"3\"/>"), xml);
    assertTrue(xml.contains("✓ session-success ×3"), xml);
    run("--report", report.toString());
    assertFalse(Files.readString(report).contains("coverage"), "nobody asked");
    assertTrue(json.out().contains("\"never\":[\"Result=dialed-call-incomplete\""), json.out());
    Run unmet = run("--tap", "--report", report.toString(), "--require-coverage", "busy");
    assertEquals(1, unmet.exit());
    assertTrue(unmet.out().startsWith("TAP version 14\n1..4\n"), unmet.out());
    assertTrue(unmet.out().contains("not ok 4 - the coverage that is required"), unmet.out());
    String failed = Files.readString(report);
    assertTrue(failed.contains("tests=\"4\" failures=\"1\""), failed);
    assertTrue(
        failed.contains("<failure message=\"--require-coverage busy is not met; never: busy\""),
        failed);
  }

  @Test
  void whatOfTheContractWasMet() {
    Run run = run("--coverage");
    assertEquals(0, run.exit());
    assertTrue(run.out().contains("✓ session-success ×3  ✗ dialed-call-incomplete"), run.out());
    assertTrue(
        Pattern.compile("never written +Say, ").matcher(run.out()).find()
            || run.out().contains("never written"),
        run.out());
    assertTrue(run.out().contains("Conversation ×3 (serviceInstanceSid)"), run.out());
    assertEquals(0, run("--require-coverage", "session-success,DialCallStatus=completed").exit());
    Run missing = run("--require-coverage", "session-success,busy,fallback");
    assertEquals(1, missing.exit());
    assertTrue(missing.err().contains("is not met; never: busy, fallback"), missing.err());
    assertEquals(1, run("--require-coverage", "90%").exit());
    assertEquals(0, run("--require-coverage", "5").exit());
    Run wrong = run("--require-coverage", "bussy");
    assertEquals(2, wrong.exit());
    assertTrue(wrong.err().contains("did you mean 'busy'?"), wrong.err());
  }
}
