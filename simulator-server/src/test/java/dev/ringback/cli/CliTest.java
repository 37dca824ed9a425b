package dev.ringback.cli;

import static dev.ringback.cli.Commands.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.callback.Param;
import dev.ringback.callback.Signature;
import dev.ringback.cli.Commands.Run;
import dev.ringback.fidelity.Fact;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.server.WebApp;
import dev.ringback.voice.RequestKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit codes, and what a person reads. */
@Timeout(60)
class CliTest {
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  CliTest() {}

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void shellsAreToldAllCommandsAndOptions() throws Exception {
    for (String shell : List.of("bash", "zsh", "fish")) {
      Run printed = Commands.run("completion", shell);
      assertEquals(0, printed.exit(), printed::err);
      for (String name : Ringback.commandLine().getSubcommands().keySet()) {
        assertTrue(printed.out().contains(name), shell + " knows " + name);
      }
      assertTrue(printed.out().contains("wait-for-app"), shell);
    }
    Path script =
        Files.writeString(folder.resolve("c.sh"), Commands.run("completion", "bash").out());
    Process bash = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
    assertEquals(0, bash.waitFor());
    // It knows the words that options and parameters take.
    Process completed =
        new ProcessBuilder(
                "bash",
                "-c",
                """
                source %s
                for line in "schema " "completion b" "serve --clock s"; do
                  COMP_WORDS=(ringback ${line% *} "${line##* }") COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                  COMPREPLY=(); _complete_ringback; echo "${COMPREPLY[*]}"
                done
                """
                    .replace("%s", script.toString()))
            .start();
    assertEquals(
        List.of("scenario config", "bash", "skipping stepped"),
        completed.inputReader().lines().toList());
    assertEquals(2, Commands.run("completion", "tcsh").exit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | Unmatched argument",
        "serve --port 99999 | must be from 0 to 65535",
        "serve --clock sideways | must be one of real, skipping, stepped, not 'sideways'",
        "serve --clock skiping | did you mean 'skipping'?",
        "serve -c /dev/zero | larger than 1024 kB",
        "check /dev/zero | larger than 1024 kB",
        "serve --host 203.0.113.7 | is no address of this machine",
        "run --app http://127.0.0.1:1 ../scenarios/results | nothing listens at http://127.0.0.1:1",
        "run --wait-for-app 3s . | waits for the app of --app",
        "replay --wait-for-app 3s . | waits for the app of --app",
        "call --from +15558675310 --to +15017122661 --quiet --verbose --voice-url http://localhost:1/ | exclude each other",
        "serve --speed fast | must be a number above 0",
        "serve --clock skipping --speed 2 | goes with a real clock only",
        "serve --voice-url nowhere | must be an absolute http(s) URL",
        "serve --map a=b | must be PUBLIC=LOCAL",
        "serve -c no-such-file.yaml | there is no such file",
        "serve --host 0.0.0.0 | 0.0.0.0 lets other machines in, so the auth token must be one that you chose",
        "serve --host :: --port 0 | set account.authToken in ringback.yaml or TWILIO_AUTH_TOKEN",
        "call --to +15017122661 | Missing required option: '--from",
        "call --from 555 --to +15017122661 --voice-url http://localhost:1/ | must be a number in E.164",
        "call --from +15558675310 --to 1 --voice-url http://localhost:1/ | must be a number in E.164",
        "call --from +15558675310 --to +15017122661 --worker sleeps --voice-url http://localhost:1/ | must be one of answers, declines, busy, ignores, unreachable, by-hand, not 'sleeps'",
        "call --from +15558675310 --to +15017122661 --after soon --voice-url http://localhost:1/ | must be a duration such as",
        "call --from +15558675310 --to +15017122661 --worker busy --talk 3s --voice-url http://localhost:1/ | go with --worker answers only",
        "call --from +15558675310 --to +15017122661 --server http://localhost:1 | no Ringback answers",
        "call --from +15558675310 --to +15017122661 --voice-url http://localhost:1/ --do {act:jump} | say when",
        "call --from +15558675310 --to +15017122661 --voice-url http://localhost:1/ --do [] | must be",
        "call --from +15558675310 --to +15017122661 --server http://localhost:1 --recordings x | without --server",
        "run no-such-folder | there is no such file or folder",
        "run --shard 3/2 . | has no part 3 of 2",
        "run --app nowhere . | must be an absolute http(s) URL",
        "check no-such-file.xml | there is no such file",
      })
  void badInputIsExitTwoAndASentence(String arguments, String message) {
    Run run = run(arguments.split(" ", -1));
    assertEquals(2, run.exit(), run.err());
    assertTrue(run.err().contains(message), run.err());
  }

  @Test
  void theSignatureDoctorNamesTheCauseAndTheFix() throws Exception {
    String token = "0123456789abcdef0123456789abcdef";
    String signed =
        new Signature(token)
            .of(
                RequestKind.VOICE,
                "https://example.com/voice",
                List.of(new Param("CallSid", "CA1")));
    Run right =
        run(
            "signature",
            "--url",
            "https://example.com/voice",
            "--form",
            "CallSid=CA1",
            "--signature",
            signed,
            "--token",
            token);
    assertEquals(0, right.exit(), right.err());
    assertTrue(right.out().contains("the signature is right"), right.out());
    Run wrong =
        run(
            "signature",
            "--url",
            "http://example.com/voice",
            "--body",
            file("body.txt", "CallSid=CA1"),
            "--signature",
            signed,
            "--token",
            token);
    assertEquals(1, wrong.exit(), wrong.err());
    assertTrue(wrong.out().contains("the other scheme"), wrong.out());
    assertTrue(wrong.out().contains("trust proxy"), wrong.out());
    assertEquals(2, run("signature", "--url", "x", "--form", "nothing", "--signature", "y").exit());
  }

  @Test
  void anUnknownKeyNamesTheNearestWithFileLineAndKey() throws Exception {
    String file = file("ringback.yaml", "seed: 1\nserver:\n  prot: 1\nworkers: []\n");
    Run run = run("serve", "-c", file);
    assertEquals(2, run.exit());
    assertEquals(
        "ringback: " + file + ":3: server.prot: unknown key 'prot'; did you mean 'port'?\n",
        run.err());
  }

  @Test
  void whatTheAccountIsToBeIsCheckedKeyByKey() throws Exception {
    String file =
        file(
            "ringback.yaml",
            """
            account:
              apiKeys: [{sid: SK123, secret: s}, {sid: SK0123456789abcdef0123456789abcdef}]
            rest: {callsPerSecond: 0, maxConcurrentRequests: many}
            frontline:
              routing: {mode: custom}
              webhooks: {pre: "nowhere", filters: [onConversationAded]}
            """);
    Run run = run("serve", "-c", file);
    assertEquals(2, run.exit());
    for (String said :
        List.of(
            "account.apiKeys[0].sid:",
            "account.apiKeys[1].secret:",
            "rest.callsPerSecond:",
            "rest.maxConcurrentRequests:",
            "frontline.routing.mode: custom needs the url that is asked",
            "frontline.webhooks.pre:",
            "there is no event 'onConversationAded'; did you mean onConversationAdd?")) {
      assertTrue(run.err().contains(said), () -> said + " is not in\n" + run.err());
    }
  }

  @Test
  void whereRequestsMayGoIsChecked() throws Exception {
    String file =
        file(
            "ringback.yaml",
            """
            server: {maxLiveCalls: 0}
            egress: {only: listen, allow: ["http://a.test", "a.test:80", a.test, "[fd00::5]"], deny: []}
            """);
    Run run = run("serve", "-c", file);
    assertEquals(2, run.exit());
    for (String said :
        List.of(
            "server.maxLiveCalls: must be a whole number from 1 to 999999",
            "did you mean 'listed'?",
            "without a scheme or a port, not 'http://a.test'",
            "without a scheme or a port, not 'a.test:80'",
            "egress.deny: unknown key 'deny'")) {
      assertTrue(run.err().contains(said), () -> said + " is not in\n" + run.err());
    }
    assertFalse(run.err().contains("not 'a.test'"), run.err());
    assertFalse(run.err().contains("not '[fd00::5]'"), run.err());
  }

  /** The port is taken, so that it ends. */
  @Test
  void whoeverListensForOthersIsToldWhatThatOpens() throws Exception {
    String file = file("ringback.yaml", "account: {authToken: 0123456789abcdef0123456789abcdef}\n");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Run open = run("serve", "-c", file, "--host", "0.0.0.0", "--port", port);
      assertTrue(
          open.err().contains("0.0.0.0 lets other machines in: anyone who reaches"), open.err());
      assertTrue(open.err().contains("/sim/v1, which asks for no token"), open.err());
      Run closed = run("serve", "-c", file, "--port", port);
      assertFalse(closed.err().contains("lets other machines in"), closed.err());
    }
  }

  @Test
  void theLauncherEndsWhenMemoryRunsOut() throws Exception {
    String launcher = Files.readString(Path.of("../ringback"));
    assertTrue(launcher.contains(" -XX:+ExitOnOutOfMemoryError "), launcher);
  }

  @Test
  void theCertificateToTrust() throws Exception {
    Path home = folder.resolve("home");
    Run run = run("ca", "--home", home.toString());
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().startsWith("-----BEGIN CERTIFICATE-----"), run.out());
    assertEquals(run.out(), Files.readString(home.resolve("ca.pem")));
    assertEquals(
        home.resolve("ca.p12") + System.lineSeparator(),
        run("ca", "--home", home.toString(), "--truststore").out());
    Files.writeString(home.resolve("ca-key.pem"), "nonsense");
    Run broken = run("ca", "--home", home.toString());
    assertEquals(1, broken.exit());
    assertTrue(broken.err().contains("delete it"), broken.err());
  }

  /** A scenario's app is told when its REST calls cannot be answered. */
  @Test
  void aPortInUseForTheRestCallsOfAnApp() throws Exception {
    String scenario =
        file(
            "s.yaml",
            """
            scenario: s
            when: [{call: {from: "+15558675310", to: "+15017122661"}}]
            then: [{request: voice}]
            """);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        WebApp app = new WebApp().at("/voice", "<Response><Reject/></Response>")) {
      String port = Integer.toString(taken.getLocalPort());
      Run run = run("run", scenario, "--app", app.url(), "--port", port);
      assertEquals(0, run.exit(), run.out() + run.err());
      assertTrue(run.err().contains("port " + port + " on 127.0.0.1 is in use"), run.err());
      assertTrue(run.err().contains("REST calls are answered at http://localhost:"), run.err());
      assertEquals(2, run("run", scenario, "--app", app.url(), "--port", "70000").exit());
      Run free = run("run", scenario, "--app", app.url(), "--port", "0");
      assertEquals(0, free.exit(), free.out() + free.err());
    }
  }

  @Test
  void directionsWordsAndRecordingsOfACall() throws Exception {
    try (WebApp app =
        new WebApp()
            .at(
                "/voice",
                "<Response><Gather action='/got'><Say>Press one</Say></Gather></Response>")
            .at("/got", "<Response><Record action='/r' transcribeCallback='/text'/></Response>")
            .at("/r", "<Response><Hangup/></Response>")) {
      Run run =
          run(
              "call",
              "--from",
              "+15558675310",
              "--to",
              "+15017122661",
              "--clock",
              "skipping",
              "--voice-url",
              app.url() + "/voice",
              "--do",
              "{on: Press one, act: press, digits: '1#'}",
              "--says",
              "please call me back soon",
              "--recordings",
              folder.resolve("audio").toString());
      assertEquals(0, run.exit(), run.err());
      assertTrue(run.out().contains("presses 1#"), run.out());
      assertTrue(run.out().contains("TranscriptionText=please call me back soon"), run.out());
      try (Stream<Path> files = Files.list(folder.resolve("audio"))) {
        Path wav = files.findFirst().orElseThrow();
        assertEquals(44 + 2 * 16_000, Files.size(wav));
      }
    }
  }

  @Test
  void aCallThatRunsToItsEndIsExitZero() {
    try (WebApp app =
        new WebApp()
            .at("/voice", WorldFixture.connect(""))
            .at("/action", "<Response><Hangup/></Response>")) {
      Run run =
          run(
              "call",
              "--from",
              "+15558675310",
              "--to",
              "+15017122661",
              "--clock",
              "skipping",
              "--worker",
              "answers",
              "--after",
              "4s",
              "--talk",
              "30s",
              "--voice-url",
              app.url() + "/voice");
      assertEquals(0, run.exit(), run.out() + run.err());
      assertTrue(run.out().contains("session ends session-success / completed"), run.out());
      assertTrue(run.out().contains("00:34.000"), run.out());
    }
  }

  @ParameterizedTest
  @CsvSource({"declines, busy", "busy, busy", "ignores, no-answer", "unreachable, failed"})
  void theWorkerOfACallDoesAsItIsTold(String worker, String status) {
    try (WebApp app =
        new WebApp()
            .at("/voice", WorldFixture.connect(""))
            .at("/action", "<Response><Hangup/></Response>")) {
      Run run =
          run(
              "call",
              "--from",
              "+15558675310",
              "--to",
              "+15017122661",
              "--clock",
              "skipping",
              "--worker",
              worker,
              "--voice-url",
              app.url() + "/voice");
      assertEquals(0, run.exit(), run.out() + run.err());
      assertTrue(run.out().contains("DialCallStatus=" + status), run.out());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | text/plain | oops | 11200",
        "200 | application/json | {} | 12300",
        "200 | text/xml | <Response> | 12100",
        "200 | text/xml | <response/> | 12102",
        "200 | text/xml | <Response><Connect><Conversation/></Connect></Response> | 32501",
      })
  @Fact({
    "content.error-status-is-11200",
    "content.no-xml-is-12100",
    "content.other-root-is-12102",
    "content.other-type-is-12300",
    "errors.code-12100",
    "errors.code-12300",
    "errors.code-32501"
  })
  void aCallThatTheAppFailsIsExitOneAndNamesTheCode(
      int status, String type, String body, String code) {
    try (WebApp app =
        new WebApp()
            .at(
                "/voice",
                (RecordedRequest r) ->
                    r.getBody() != null && r.getBody().utf8().contains("Result=")
                        ? WebApp.twiml("<Response/>")
                        : new MockResponse.Builder()
                            .code(status)
                            .addHeader("Content-Type", type)
                            .body(body)
                            .build())) {
      Run run =
          run(
              "call",
              "--from",
              "+15558675310",
              "--to",
              "+15017122661",
              "--clock",
              "skipping",
              "--voice-url",
              app.url() + "/voice");
      assertEquals(1, run.exit(), run.out() + run.err());
      assertTrue(run.out().contains("✗ " + code), run.out());
    }
  }

  @Test
  @Fact("errors.code-11202")
  void aVoiceUrlThatRefusesConnectionsIsALineWithTheCode() throws Exception {
    Run run =
        run(
            "call",
            "--from",
            "+15558675310",
            "--to",
            "+15017122661",
            "--clock",
            "skipping",
            "--voice-url",
            "http://localhost:" + freePort() + "/voice");
    assertEquals(1, run.exit());
    assertTrue(run.out().contains("✗ 11202"), run.out());
    assertTrue(run.out().contains("refused the connection"), run.out());
  }

  @Test
  void checkTellsErrorsFromWarnings() throws Exception {
    String clean = file("clean.xml", "<Response><Say>Hi</Say></Response>");
    assertEquals(new Run(0, "", clean + ": nothing to remark\n"), run("check", clean));
    String warning = file("warning.xml", "<Response>\n  <Sing/>\n</Response>");
    Run warned = run("check", warning);
    assertEquals(0, warned.exit());
    assertEquals(
        warning + ":2:3: WARNING 12200: <Sing> is not allowed in <Response>; it is skipped\n",
        warned.out());
    String error = file("error.xml", "{\"say\": 1}");
    Run failed = run("check", error);
    assertEquals(1, failed.exit());
    assertTrue(failed.out().startsWith(error + ":1:1: ERROR 12100: "), failed.out());
    assertTrue(run("check", "--json", error).out().contains("\"code\":\"12100\""));
  }

  @Test
  void checkReadsFromAUrl() {
    try (WebApp app = new WebApp().at("/x", "<Response><Sing/></Response>")) {
      assertEquals(0, run("check", app.url() + "/x").exit());
      assertEquals(1, run("check", app.url() + "/missing").exit());
    }
  }

  @Test
  void runTellsPassedFailedAndWrongFiles() throws Exception {
    file("app.txt", "answers: [{path: /voice, twiml: <Response><Hangup/></Response>}]");
    String passing =
        """
        scenario: hangs up
        given: {app: app.txt}
        when: [{call: {from: "+15558675310", to: "+15017122661"}}]
        then: [{call: {ends: completed}}]
        """;
    file("a.yaml", passing);
    Path report = folder.resolve("report.xml");
    Path journals = folder.resolve("journals");
    Run passed =
        run(
            "run",
            folder.toString(),
            "--report",
            report.toString(),
            "--journal",
            journals.toString());
    assertEquals(0, passed.exit(), passed.out() + passed.err());
    assertTrue(Files.readString(report).contains("tests=\"1\" failures=\"0\""));
    try (var files = Files.list(journals)) {
      assertEquals(1, files.count());
    }

    Path again = folder.resolve("again");
    run("run", folder.toString(), "--journal", again.toString());
    try (var files = Files.list(journals)) {
      for (Path first : files.toList()) {
        assertEquals(-1, Files.mismatch(first, again.resolve(first.getFileName())));
      }
    }

    file("b.yaml", passing.replace("ends: completed", "ends: busy"));
    Run failed = run("run", folder.toString(), "--parallel", "2", "--report", report.toString());
    assertEquals(1, failed.exit());
    assertTrue(failed.out().contains("expected call: ends busy"), failed.out());
    assertTrue(failed.out().contains("seed 42; again:  ringback run"), failed.out());
    assertTrue(failed.out().contains("1 passed, 1 failed"), failed.out());
    assertTrue(Files.readString(report).contains("failures=\"1\""));
    // Which part has which depends on what earlier runs took.
    assertEquals(
        1,
        run("run", folder.toString(), "--shard", "1/2").exit()
            + run("run", folder.toString(), "--shard", "2/2").exit());

    file("c.yaml", passing.replace("when:", "wen:").replace("ends: completed", "ends: well"));
    Run wrong = run("run", folder.toString());
    assertEquals(2, wrong.exit());
    assertTrue(
        wrong.err().contains("c.yaml:3: wen: unknown key 'wen'; did you mean 'when'?"),
        wrong.err());
    assertTrue(wrong.err().contains("must be one of queued,"), wrong.err());
  }
}
