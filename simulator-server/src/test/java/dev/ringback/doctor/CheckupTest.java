package dev.ringback.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cli.Commands;
import dev.ringback.config.AccountFile;
import dev.ringback.config.ConfigFile;
import dev.ringback.doctor.Finding.Health;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.WorldSettings;
import dev.ringback.proxy.LocalAuthority;
import dev.ringback.server.WebApp;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor against real ports, files and variables; each trouble is made here. */
class CheckupTest {
  @TempDir Path home;

  private Finding finding(
      String subject, Map<String, String> environment, int port, String... app) {
    return at(Clock.systemUTC(), subject, environment, port, app);
  }

  private Finding at(
      Clock clock, String subject, Map<String, String> environment, int port, String... app) {
    return new Checkup(environment, home, "127.0.0.1", port, List.of(app), clock)
        .findings().stream().filter(f -> f.subject().equals(subject)).findFirst().orElseThrow();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aPortInUseIsWrongAndAFreeOneIsNot() throws Exception {
    int free = freePort();
    assertEquals(Health.OK, finding("port", Map.of(), free).health());
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Finding finding = finding("port", Map.of(), taken.getLocalPort());
      assertEquals(Health.WRONG, finding.health(), finding.toString());
      assertTrue(finding.advice().contains("--port 0"), finding.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://proxy.example:3128 |                     | NOTE",
        "http://proxy.example:3128 | localhost           | NOTE",
        "http://proxy.example:3128 | localhost,127.0.0.1 | OK",
        "http://proxy.example:3128 | *                   | OK",
        "http://localhost:4010     |                     | OK"
      })
  void aProxyThatTakesRequestsForThisMachineIsNoted(String proxy, String without, Health health) {
    Map<String, String> environment =
        Map.of("HTTP_PROXY", proxy, "NO_PROXY", without == null ? "" : without);
    assertEquals(health, finding("proxy", environment, 4010).health());
  }

  @Test
  void anAuthorityThatHasExpiredOrIsBrokenIsWrong() throws Exception {
    assertEquals(Health.OK, finding("ca", Map.of(), 0).health());
    LocalAuthority authority = LocalAuthority.in(home);
    assertEquals(Health.OK, finding("ca", Map.of(), 0).health());
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(3_660));
    assertEquals(Health.WRONG, at(later, "ca", Map.of(), 0).health());
    Files.writeString(authority.certificateFile(), "nothing");
    assertEquals(Health.WRONG, finding("ca", Map.of(), 0).health());
  }

  @Test
  void aHomeThatIsNoFolderOrAKeyThatIsNoneIsWrong() throws Exception {
    Path file = Files.writeString(home.resolve("file"), "");
    Finding noFolder =
        new Checkup(Map.of(), file, "127.0.0.1", 0, List.of(), Clock.systemUTC())
            .findings().stream().filter(f -> f.subject().equals("ca")).findFirst().orElseThrow();
    assertEquals(Health.WRONG, noFolder.health(), noFolder::toString);
    LocalAuthority.in(home);
    Files.writeString(home.resolve("ca-key.pem"), "garbage");
    assertEquals(Health.WRONG, finding("ca", Map.of(), 0).health());
  }

  @Test
  void aTokenThatTheServerDoesNotHaveIsWrong() {
    String token = "0123456789abcdef0123456789abcdef";
    WorldSettings settings = WorldSettings.ofSeed(1, new ClockMode.Stepped());
    assertTrue(!settings.authToken().equals(token));
    try (AccountFile server = AccountFile.write(home, 4444, settings).orElseThrow()) {
      Map<String, String> environment = Map.of("TWILIO_AUTH_TOKEN", token);
      Finding wrong = finding("token", environment, 4444);
      assertEquals(Health.WRONG, wrong.health(), wrong::toString);
      assertTrue(!wrong.toString().contains(token), "a secret is not printed");
      assertEquals(Health.OK, finding("token", environment, 4445).health(), server::toString);
    }
  }

  @Test
  void theMapLeadsToTheAppAndAWrongConfigurationIsAFinding() throws Exception {
    String free = Integer.toString(freePort());
    try (WebApp app = new WebApp()) {
      Commands.Run run =
          Commands.run(
              "doctor",
              "--port",
              free,
              "--map",
              "https://my.example=" + app.url(),
              "--app",
              "https://my.example/voice");
      assertEquals(0, run.exit(), run.said());
      Path config = Files.writeString(home.resolve("ringback.yaml"), "nubmers: []");
      Commands.Run wrong =
          Commands.run("doctor", "--port", free, "--app", app.url(), "-c", config.toString());
      assertEquals(1, wrong.exit(), wrong.said());
      assertEquals(1, wrong.lines("wrong  config").size(), wrong.out());
      assertEquals(1, wrong.lines("ok     app").size(), wrong.out());
    }
  }

  @Test
  void aClockOfThePastIsWrong() {
    Clock past = Clock.fixed(Instant.parse("1970-01-02T00:00:00Z"), ZoneOffset.UTC);
    assertEquals(Health.WRONG, at(past, "clock", Map.of(), 0).health());
    assertEquals(Health.OK, finding("clock", Map.of(), 0).health());
  }

  @Test
  void theTokenIsKnownOrNotOrWrong() {
    assertEquals(Health.NOTE, finding("token", Map.of(), 0).health());
    String token = "0123456789abcdef0123456789abcdef";
    Finding known = finding("token", Map.of("TWILIO_AUTH_TOKEN", token), 0);
    assertEquals(Health.OK, known.health());
    assertTrue(!known.toString().contains(token), "a secret is not printed");
    Finding wrong = finding("token", Map.of("TWILIO_AUTH_TOKEN", "hunter2"), 0);
    assertEquals(Health.WRONG, wrong.health());
    assertTrue(!wrong.toString().contains("hunter2"), "a secret is not printed");
  }

  @Test
  void anAppThatIsDownIsWrong() throws Exception {
    try (WebApp app = new WebApp()) {
      assertEquals(Health.OK, finding("app", Map.of(), 0, app.url() + "/voice").health());
    }
    Finding down = finding("app", Map.of(), 0, "http://127.0.0.1:" + freePort() + "/voice");
    assertEquals(Health.WRONG, down.health());
    assertEquals(Health.NOTE, finding("app", Map.of(), 0).health());
    assertEquals(Health.NOTE, Checkup.java(21, "Any").health());
    assertEquals(Health.OK, Checkup.java(25, "Any").health());
  }

  @Test
  void theCommandSaysSoAndEndsAccordingly() throws Exception {
    String free = Integer.toString(freePort());
    try (WebApp app = new WebApp()) {
      Commands.Run well = Commands.run("doctor", "--app", app.url(), "--port", free);
      assertEquals(0, well.exit(), well.said());
      assertEquals(
          1, well.lines("ok     app    something listens at " + app.url()).size(), well.out());
      Commands.Run down =
          Commands.run(
              "doctor", "--app", "http://127.0.0.1:" + freePort(), "--port", free, "--json");
      assertEquals(1, down.exit(), down.said());
      assertTrue(
          down.out().contains("\"health\":\"wrong\"")
              || down.out().contains("\"health\":\"WRONG\""),
          down.out());
    }
    assertEquals(2, Commands.run("doctor", "--app", "nowhere").exit());
  }

  @ParameterizedTest
  @CsvSource({
    "package.json, For Node:, npm start",
    "pom.xml, For Java:, spring-boot:run",
    "composer.json, For PHP:, sh -c 'php -S localhost:$PORT'",
    "pyproject.toml, For Python:, python app.py",
    "Pipfile, For Python:, pipenv run python app.py",
    "requirements.txt, For Python:, python app.py",
    "README.md, For an app of any kind:, start-my-app"
  })
  void initWritesWhatThatKindOfProjectNeeds(String file, String said, String start)
      throws Exception {
    Files.writeString(home.resolve(file), "{}");
    Commands.Run run = Commands.run("init", home.toString());
    assertEquals(0, run.exit(), run.said());
    assertTrue(run.out().startsWith(said), run.out());
    assertTrue(run.out().contains(start), run.out());
    ConfigFile.read(home.resolve("ringback.yaml")); // it is right
    Path scenario = home.resolve("scenarios/first-call.yaml");
    Commands.Run listed =
        Commands.run("run", "--list", "--app", "http://localhost:1", scenario.toString());
    assertEquals(0, listed.exit(), listed.said());
    assertTrue(Files.readString(home.resolve(".github/workflows/ringback.yml")).contains(start));
    Files.writeString(scenario, "mine");
    Commands.Run again = Commands.run("init", home.toString());
    assertEquals(0, again.exit());
    assertEquals("mine", Files.readString(scenario));
    assertEquals(3, again.lines("is there").size(), again.out());
  }

  @ParameterizedTest
  @CsvSource({
    "package.json, , npm install",
    "package.json, package-lock.json, npm ci",
    "package.json, pnpm-lock.yaml, pnpm install --frozen-lockfile",
    "package.json, yarn.lock, yarn install",
    "pyproject.toml, , pip install .",
    "pyproject.toml, requirements.txt, pip install -r requirements.txt"
  })
  void theWorkflowInstallsWithTheProjectsTool(String file, String lock, String install)
      throws Exception {
    Files.writeString(home.resolve(file), "{}");
    if (lock != null) {
      Files.writeString(home.resolve(lock), "");
    }
    Files.createSymbolicLink(home.resolve("ringback.yaml"), home.resolve("elsewhere.yaml"));
    assertEquals(0, Commands.run("init", home.toString()).exit());
    String workflow = Files.readString(home.resolve(".github/workflows/ringback.yml"));
    assertTrue(
        workflow.contains("run: " + install) || workflow.contains("&& " + install), workflow);
    assertTrue(Files.isSymbolicLink(home.resolve("ringback.yaml")), "what is there stays");
  }

  /** What it writes is played, and fails where the app is wrong. */
  @Test
  void theFirstScenarioPassesWithAnAppAndFailsWithoutOne() throws Exception {
    Commands.run("init", home.toString());
    String scenario = home.resolve("scenarios/first-call.yaml").toString();
    try (WebApp app =
        new WebApp()
            .at(
                "/voice",
                "<Response><Connect><Conversation serviceInstanceSid=\"IS0123456789abcdef0123456789abcdef\"/></Connect></Response>")) {
      Commands.Run run = Commands.run("run", scenario, "--app", app.url(), "--port", "0");
      assertEquals(0, run.exit(), run.said());
    }
    try (WebApp app = new WebApp()) {
      assertEquals(1, Commands.run("run", scenario, "--app", app.url(), "--port", "0").exit());
    }
    assertEquals(2, Commands.run("init", home.resolve("nowhere").toString()).exit());
  }
}
