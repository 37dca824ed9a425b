package dev.ringback.cli;

import static dev.ringback.cli.Commands.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cli.Commands.Run;
import dev.ringback.server.WebApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first calls a newcomer places, with {@code ringback call}, {@code run} and {@code check}. */
@Timeout(60)
class FirstCallTest {
  private static final String CONNECT =
      "<Response><Connect%s><Conversation serviceInstanceSid=\"IS0123456789abcdef0123456789abcdef\""
          + "%s/></Connect></Response>";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  FirstCallTest() {}

  private static Run call(WebApp app, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "call", "--from", "+15558675310", "--to", "+15017122661", "--clock", "skipping"));
    arguments.addAll(List.of("--voice-url", app.url() + "/voice"));
    arguments.addAll(Arrays.asList(more));
    return run(arguments.toArray(String[]::new));
  }

  private static Run callWith(Path config, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "call", "--from", "+15558675310", "--to", "+15017122661", "--clock", "skipping"));
    arguments.addAll(List.of("-c", config.toString()));
    arguments.addAll(Arrays.asList(more));
    return run(arguments.toArray(String[]::new));
  }

  private static MockResponse status(int code) {
    return new MockResponse.Builder().code(code).body("no").build();
  }

  private Path config(String yaml) throws IOException {
    return Files.writeString(folder.resolve("ringback.yaml"), yaml);
  }

  // Without an action the call ends

  @Test
  void aConnectWithoutActionEndsTheCall() {
    try (WebApp app = new WebApp().at("/voice", CONNECT.formatted("", ""))) {
      Run run = call(app);
      assertEquals(0, run.exit(), run.out());
      assertEquals(1, app.requests.size());
      assertEquals(1, run.lines("is dialled as").size(), run.out());
      assertEquals(1, run.lines("call ends completed").size(), run.out());
    }
  }

  @Test
  void checkSaysWhatWillFollow() throws IOException {
    Path file = Files.writeString(folder.resolve("c.xml"), CONNECT.formatted("", ""));
    Run run = run("check", file.toString());
    assertEquals(0, run.exit());
    assertEquals(
        file
            + ":1:11: NOTICE ringback: when the session ends, the call ends: <Connect> has no"
            + " action, and no verb follows it; give it an action to learn the Result\n",
        run.out());
    Path bad =
        Files.writeString(
            folder.resolve("bad.xml"), "<Response><Redirect>ftp://a.test/</Redirect></Response>");
    Run refused = run("check", bad.toString());
    assertEquals(1, refused.exit());
    assertTrue(refused.out().contains(":1:11: ERROR 11100: <Redirect>:"), refused.out());
    Path warned =
        Files.writeString(
            folder.resolve("warned.xml"),
            "<Response><Redirect methd='GET'>/a?b=100%</Redirect></Response>");
    assertEquals(0, run("check", warned.toString()).exit());
    assertEquals(1, run("check", warned.toString(), "--fail-on", "warning").exit());
  }

  @Test
  void checkAsksAsTwilioWould() {
    try (WebApp app =
        new WebApp()
            .at(
                "/voice",
                request ->
                    request.getMethod().equals("POST") && body(request).equals("Digits=1")
                        ? WebApp.twiml("<Response/>")
                        : status(405))) {
      Run post = run("check", app.url() + "/voice", "--method", "POST", "--form", "Digits=1");
      assertEquals(0, post.exit(), post.out());
      Run get = run("check", app.url() + "/voice", "--form", "Digits=1");
      assertEquals(1, get.exit(), get.out());
      assertTrue(get.out().contains("answered HTTP 405: no"), get.out());
      assertEquals("Digits=1", app.requests.getLast().getUrl().query());
    }
  }

  private static String body(RecordedRequest request) {
    return request.getBody() == null ? "" : request.getBody().string(StandardCharsets.UTF_8);
  }

  // What people do

  @Test
  void theVoicemailExampleEndsAsInLife() {
    try (WebApp app =
        new WebApp()
            .at("/voice", CONNECT.formatted(" action=\"/after\"", " inboundTimeout=\"20\""))
            .at(
                "/after",
                "<Response><Say>Please leave a message after the tone. Thank you!</Say>"
                    + "<Record recordingStatusCallback=\"/voicemail\"/></Response>")) {
      Run run = call(app, "--worker", "ignores");
      assertEquals(0, run.exit(), run.out());
      assertEquals(1, app.to("/voicemail").size());
      assertEquals(1, run.lines("RecordingDuration=5  Digits=hangup").size(), run.out());
      assertTrue(run.out().lines().count() < 30, run.out());
    }
  }

  /** {@code --worker} is about workers; whoever else is called behaves as configured. */
  @Test
  void aNumberThatIsCalledKeepsItsCast() throws IOException {
    try (WebApp app =
        new WebApp()
            .at("/voice", CONNECT.formatted(" action=\"/after\"", " inboundTimeout=\"5\""))
            .at("/after", "<Response><Dial action=\"/dialled\">+33199998888</Dial></Response>")
            .at("/dialled", "<Response/>")) {
      Path config =
          config(
              """
              numbers: [{number: "+15017122661", voiceUrl: "%s/voice"}]
              customers: [{number: "+33199998888", cast: {answers: {after: 3s, talks: 7s}}}]
              """
                  .formatted(app.url()));
      Run run = callWith(config, "--worker", "ignores");
      assertEquals(0, run.exit(), run.out());
      assertEquals(1, run.lines("DialCallStatus=completed  DialCallDuration=7").size(), run.out());
      assertEquals(1, run.lines("  +33199998888 answers").size(), run.out());
      assertEquals(
          1, run.lines("  worker   client:").stream().filter(l -> l.contains("rings")).count());
      assertEquals(1, run.lines("  customer +15558675310 calls +15017122661").size(), run.out());
    }
  }

  // The exit code has one rule

  @Test
  void whatTheAppAnswersToItsWebhooksDecides() throws IOException {
    for (String broken : List.of("/pre", "/routing", "/status")) {
      try (WebApp app =
          new WebApp()
              .at("/voice", CONNECT.formatted(" action=\"/after\"", " statusCallback=\"/status\""))
              .at("/after", "<Response/>")
              .at(broken, request -> status(403))) {
        String routing = broken.equals("/routing") ? "custom, url: \"%s/routing\"" : "pool";
        Path config =
            config(
                """
                numbers: [{number: "+15017122661", voiceUrl: "%s/voice"}]
                frontline:
                  routing: {mode: %s}
                  webhooks: {pre: "%s/pre"}
                """
                    .formatted(app.url(), routing.formatted(app.url()), app.url()));
        Run run = callWith(config);
        assertEquals(1, run.exit(), broken + "\n" + run.out());
        assertEquals(1, run.lines("its auth token must be").size(), broken + "\n" + run.out());
        assertTrue(
            run.lines("the URL that it validates must be " + app.url() + broken).size() == 1,
            broken + "\n" + run.out());
      }
    }
  }

  @Test
  void musicThatCannotBeHadIsAWarning() {
    try (WebApp app =
        new WebApp()
            .at("/voice", "<Response><Play>/gone.mp3</Play><Say>Hello</Say></Response>")
            .at("/gone.mp3", request -> status(404))) {
      Run run = call(app);
      assertEquals(0, run.exit(), run.out());
      assertEquals(1, run.lines("! 11200").size(), run.out());
    }
    try (WebApp app =
        new WebApp()
            .at("/voice", "<Response><Play>/gone.mp3</Play></Response>")
            .at("/gone.mp3", request -> status(404))) {
      Run run = call(app);
      assertEquals(1, run.exit(), run.out());
      assertEquals(1, run.lines("✗ 11200").size(), run.out());
    }
  }

  // REST and recordings while a call goes on without a server

  @Test
  void theAppReachesTwilioWhileTheCallGoesOn() {
    List<Integer> seen = new CopyOnWriteArrayList<>();
    try (WebApp app =
        new WebApp()
            .at("/voice", CONNECT.formatted(" action=\"/after\"", " record=\"record-from-answer\""))
            .at("/after", request -> fetchRecording(request, seen))) {
      Run run = call(app);
      assertEquals(0, run.exit(), run.out());
      assertEquals(1, seen.size());
      assertTrue(seen.getFirst() == 200 || seen.getFirst() == 404, seen.toString());
    }
  }

  private static MockResponse fetchRecording(RecordedRequest request, List<Integer> seen) {
    String url =
        Arrays.stream(body(request).split("&"))
            .filter(pair -> pair.startsWith("RecordingUrl="))
            .map(pair ->
                java.net.URLDecoder.decode(
                    pair.substring("RecordingUrl=".length()), StandardCharsets.UTF_8))
            .findFirst()
            .orElseThrow();
    try {
      seen.add(
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
              .statusCode());
    } catch (IOException e) {
      seen.add(-1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return WebApp.twiml("<Response/>");
  }

  // How much is printed

  @Test
  void aCallFitsAScreenUnlessMoreIsAsked() {
    try (WebApp app =
        new WebApp()
            .at(
                "/voice",
                CONNECT.formatted(
                    " action=\"/after\"",
                    " statusCallback=\"/status\" statusCallbackEvent=\"call-initiated"
                        + " call-ringing call-answered call-completed\""))
            .at("/after", "<Response><Hangup/></Response>")) {
      Run usual = call(app);
      assertTrue(usual.out().lines().count() <= 36, usual.out());
      assertEquals(1, usual.lines("Result=session-success  DialCallStatus=completed").size());
      assertFalse(usual.out().contains("CallbackSource"), usual.out());
      Run verbose = call(app, "--verbose");
      assertTrue(verbose.out().contains("WorkerInitiated=false"), verbose.out());
      assertTrue(verbose.out().lines().count() > usual.out().lines().count());
      Run quiet = call(app, "-q");
      assertEquals(2, quiet.out().lines().count(), quiet.out());
      assertEquals(1, quiet.lines("call ends completed").size(), quiet.out());
    }
  }

  @Test
  void whatTheAppSaysMovesNoCursor() {
    String evil = "\u001b[31mred\u0007 \u009b1m \u202eturned";
    try (WebApp app =
        new WebApp().at("/voice", r -> new MockResponse.Builder().code(500).body(evil).build())) {
      Run run = call(app);
      assertEquals(1, run.exit());
      assertTrue(run.out().contains("\\x1b[31mred\\x07 \\x9b1m \\u202eturned"), run.out());
      assertTrue(
          run.out().chars().allMatch(c -> c == '\n' || !Character.isISOControl(c)), run.out());
    }
  }

  /** In virtual time nobody comes to the queue, so the call would wait for ever. */
  @Test
  void aCallToWhichNothingMoreHappensIsLeft() {
    try (WebApp app = new WebApp().at("/voice", "<Response><Enqueue>sales</Enqueue></Response>")) {
      Run run = call(app);
      assertEquals(0, run.exit(), run.out());
      assertEquals(
          1,
          run.lines("next: waits in queue 'sales' until a <Dial><Queue> takes the call out")
              .size());
      assertTrue(run.err().contains("nothing more happens by itself"), run.err());
    }
  }

  @Test
  void verboseHasEveryParameter() {
    try (WebApp app = new WebApp().at("/voice", "<Response><Hangup/></Response>")) {
      Run run = call(app, "--verbose");
      for (String pair : body(app.to("/voice").getFirst()).split("&", -1)) {
        assertTrue(run.out().contains(pair.split("=", 2)[0] + "="), pair + "\n" + run.out());
      }
    }
  }

  /** A device or a pipe stays what it is. */
  @Test
  void aReportGoesThroughALinkAndIntoADevice() throws IOException {
    String scenario =
        Files.writeString(
                folder.resolve("s.yaml"),
                """
                scenario: s
                when: [{call: {from: "+15558675310", to: "+15017122661"}}]
                then: [{request: voice}]
                """)
            .toString();
    Path report = Files.writeString(folder.resolve("r.xml"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.xml"), report);
    try (WebApp app = new WebApp().at("/voice", "<Response><Reject/></Response>")) {
      assertEquals(0, run("run", scenario, "--app", app.url(), "--report", link.toString()).exit());
      assertTrue(Files.isSymbolicLink(link));
      assertTrue(Files.readString(report).contains("<testsuite"));
    }
  }

  @Test
  void roundsThatRepeatAreFolded() {
    try (WebApp app =
        new WebApp()
            .at("/voice", "<Response><Say>Hi</Say><Redirect>/voice</Redirect></Response>")) {
      Run run = call(app);
      assertEquals(1, run.exit());
      assertEquals(1, run.lines("has answered the same document 5 times").size(), run.out());
      assertEquals(1, run.lines("✗ ringback too-many-documents: ").size(), run.out());
      assertTrue(run.lines("… the same ").size() >= 1, run.out());
      assertTrue(run.out().lines().count() < 40, run.out());
    }
  }

  // Files

  @Test
  void foldersOfOutputsAreMadeBeforeAnythingPlays() throws IOException {
    String scenario =
        Files.writeString(
                folder.resolve("s.yaml"),
                """
                scenario: s
                when: [{call: {from: "+15558675310", to: "+15017122661"}}]
                then: [{request: voice}]
                """)
            .toString();
    try (WebApp app = new WebApp().at("/voice", "<Response><Reject/></Response>")) {
      Path report = folder.resolve("made/x/r.xml");
      Path journal = folder.resolve("made/j");
      Run run =
          run(
              "run",
              scenario,
              "--app",
              app.url(),
              "--report",
              report.toString(),
              "--journal",
              journal.toString());
      assertEquals(0, run.exit(), run.out() + run.err());
      assertTrue(Files.readString(report).contains("<testcase"));
      try (var files = Files.list(journal)) {
        assertEquals(1, files.count());
      }
      int before = app.requests.size();
      Path taken = Files.writeString(folder.resolve("taken"), "a file");
      for (String[] options :
          new String[][] {
            {"--report", taken.resolve("r.xml").toString()},
            {"--report", folder.toString()},
            {"--journal", taken.toString()},
            {"--recordings", taken.resolve("x").toString()}
          }) {
        Run refused = run("run", scenario, "--app", app.url(), options[0], options[1]);
        assertEquals(2, refused.exit(), refused.out() + refused.err());
        assertTrue(refused.err().contains(options[0]), refused.err());
      }
      assertEquals(before, app.requests.size(), "something was played");
    }
  }

  // The shipped scenarios

  @Test
  void withoutArgumentsTheShippedScenariosPlayAgainstTheSampleApp() {
    String before = System.setProperty("ringback.root", "..");
    try {
      Run run = run("run");
      assertEquals(0, run.exit(), run.out() + run.err());
      assertTrue(run.out().contains("0 failed"), run.out());
      Run named = run("run", "../scenarios/results");
      assertEquals(0, named.exit(), named.out() + named.err());
      assertEquals(7, named.lines("✓").size());
    } finally {
      if (before == null) {
        System.clearProperty("ringback.root");
      } else {
        System.setProperty("ringback.root", before);
      }
    }
  }
}
