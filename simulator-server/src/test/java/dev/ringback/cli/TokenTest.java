package dev.ringback.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.security.RequestValidator;
import dev.ringback.config.AccountFile;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.KnownAccount;
import dev.ringback.config.WorldDraft;
import dev.ringback.engine.WorldSettings;
import dev.ringback.fidelity.Fact;
import dev.ringback.json.JournalJson;
import dev.ringback.server.RingbackServer;
import dev.ringback.server.WebApp;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Yaml;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The account's token: drawn, configured, or as the app has it; and how commands find it. */
@Timeout(60)
class TokenTest {
  private static final String SID = "AC0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "fedcba9876543210fedcba9876543210";

  @TempDir Path folder;
  private Path home;

  @SuppressWarnings("NullAway.Init")
  TokenTest() {}

  @BeforeEach
  void at() {
    home = folder.resolve("home");
    System.setProperty("ringback.home", home.toString());
  }

  @AfterEach
  void away() {
    System.clearProperty("ringback.home");
  }

  private static RingbackServer serve(String yaml) throws Exception {
    return RingbackServer.start(
        ConfigFile.read(Yaml.parse("ringback.yaml", "server: {port: 0}\n" + yaml)),
        seed -> {
          WorldDraft draft = new WorldDraft();
          draft.seed = seed;
          return draft;
        });
  }

  @Test
  @Fact("sids.auth-token")
  void itIsNewAtEachStartAndIdentifiersAreNot() throws Exception {
    try (RingbackServer one = serve("");
        RingbackServer two = serve("")) {
      WorldSettings first = one.world().settings();
      WorldSettings second = two.world().settings();
      assertEquals(first.account(), second.account());
      assertEquals(first.testAccount(), second.testAccount());
      assertNotEquals(first.authToken(), second.authToken());
      assertNotEquals(first.testToken(), second.testToken());
      assertNotEquals(first.authToken(), first.testToken());
      assertTrue(first.authToken().matches("[0-9a-f]{32}"), first.authToken());
    }
  }

  private static JsonNode another(RingbackServer server, String body) throws Exception {
    HttpResponse<String> made =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.url() + "/sim/v1/worlds"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(201, made.statusCode(), made.body());
    return JournalJson.mapper().readTree(made.body());
  }

  @Test
  void worldsMadeOverHttpHaveTheirOwn() throws Exception {
    try (RingbackServer one = serve("");
        RingbackServer two = serve("")) {
      JsonNode first = another(one, "{\"seed\": 7}");
      JsonNode second = another(two, "{\"seed\": 7}");
      assertEquals(first.path("accountSid"), second.path("accountSid"));
      assertNotEquals(first.path("authToken"), second.path("authToken"));
      String configured =
          "{\"seed\": 8, \"config\": {\"account\": {\"authToken\": \"%s\"}}}".formatted(TOKEN);
      assertEquals(TOKEN, another(one, configured).path("authToken").asString());
    }
  }

  @Test
  void whatIsConfiguredGoesBeforeTheEnvironment() throws Exception {
    KnownAccount environment =
        KnownAccount.of(
            Map.of("TWILIO_ACCOUNT_SID", SID, "TWILIO_AUTH_TOKEN", TOKEN, "OTHER", "x"));
    WorldDraft plain = new WorldDraft();
    plain.account(environment);
    assertEquals(SID, plain.settings().account().value());
    assertEquals(TOKEN, plain.settings().authToken());
    String sid = SID.replace('0', 'f');
    String token = TOKEN.replace('f', '0');
    WorldDraft configured =
        ConfigFile.read(
                Yaml.parse("c", "account: {sid: %s, authToken: \"%s\"}".formatted(sid, token)))
            .world;
    configured.account(environment);
    assertEquals(sid, configured.settings().account().value());
    assertEquals(token, configured.settings().authToken());
    WorldDraft empty = new WorldDraft();
    empty.account(KnownAccount.of(Map.of("TWILIO_ACCOUNT_SID", "", "TWILIO_AUTH_TOKEN", "")));
    assertEquals(new WorldDraft().settings().account(), empty.settings().account());
  }

  private static String problem(Map<String, String> environment) {
    try {
      KnownAccount.of(environment);
      return "none";
    } catch (BadInput e) {
      return e.problems().getFirst().toString();
    }
  }

  @Test
  void theEnvironmentIsChecked() {
    String sid = problem(Map.of("TWILIO_ACCOUNT_SID", "ACxxx"));
    assertTrue(sid.startsWith("TWILIO_ACCOUNT_SID: must be a SID: AC and 32"), sid);
    String token = problem(Map.of("TWILIO_AUTH_TOKEN", "swordfish"));
    assertTrue(token.startsWith("TWILIO_AUTH_TOKEN: must be 32 hexadecimal digits"), token);
    assertFalse(token.contains("swordfish"), token);
  }

  private List<Path> left() throws Exception {
    if (!Files.isDirectory(home)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(home)) {
      return files.toList();
    }
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aRunningServerIsFoundByItsPortAndForgottenWhenItStops() throws Exception {
    try (RingbackServer server = serve("")) {
      Path file = home.resolve("server-" + server.port() + ".json");
      assertEquals("rw-------", permissions(file));
      assertEquals("rwx------", permissions(home));
      WorldSettings settings = server.world().settings();
      AccountFile.Entry found = AccountFile.find(home, server.port()).orElseThrow();
      assertEquals(settings.account().value(), found.accountSid());
      assertEquals(settings.authToken(), found.authToken());
      assertEquals(found, AccountFile.find(home).orElseThrow());
      try (RingbackServer second = serve("")) {
        assertEquals(2, left().size());
        assertTrue(AccountFile.find(home).isEmpty(), "which of the two?");
        assertTrue(AccountFile.find(home, second.port()).isPresent());
      }
    }
    assertEquals(List.of(), left());
  }

  @Test
  void staleAndBrokenFilesDoNoHarm() throws Exception {
    Files.createDirectories(home);
    Files.writeString(
        home.resolve("server-4010.json"),
        "{\"port\":4010,\"pid\":%d,\"accountSid\":\"%s\",\"authToken\":\"%s\"}"
            .formatted(Integer.MAX_VALUE, SID, TOKEN));
    Files.writeString(home.resolve("server-4011.json"), "nonsense");
    assertTrue(AccountFile.find(home).isEmpty());
    assertTrue(AccountFile.find(home, 4011).isEmpty());
    try (RingbackServer server = serve("")) {
      assertEquals(server.port(), AccountFile.find(home).orElseThrow().port());
    }
    Files.createDirectories(folder.resolve("x"));
    System.setProperty("ringback.home", Files.createFile(folder.resolve("x/file")).toString());
    try (RingbackServer server = serve("")) { // where nothing can be written it still serves
      assertTrue(server.port() > 0);
    }
  }

  // The commands

  private static String run(String... arguments) {
    Commands.Run run = Commands.run(arguments);
    assertEquals(0, run.exit(), run::said);
    return run.said();
  }

  private static boolean isSignedBy(String token, RecordedRequest request) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : java.util.Objects.requireNonNull(request.getBody()).utf8().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      form.put(
          URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return new RequestValidator(token)
        .validate(
            "http://" + request.getHeaders().get("Host") + request.getTarget(),
            form,
            String.valueOf(request.getHeaders().get("X-Twilio-Signature")));
  }

  /** An app that was started with a server's token can be called without that server, too. */
  @Test
  @Fact("signature.primary-token")
  void callAndRunSignAsTheServerOnThisMachineDoes() throws Exception {
    Path scenario =
        Files.writeString(
            folder.resolve("s.yaml"),
            """
            scenario: s
            when: [{call: {from: "+15558675310", to: "+15017122661"}}]
            then: [{request: voice}]
            """);
    try (WebApp app = new WebApp().at("/voice", "<Response><Reject/></Response>")) {
      String[] call = {
        "call",
        "--from",
        "+15558675310",
        "--to",
        "+15017122661",
        "--clock",
        "skipping",
        "--voice-url",
        app.url() + "/voice"
      };
      String[] play = {"run", scenario.toString(), "--app", app.url(), "--port", "0"};
      String token;
      try (RingbackServer server = serve("")) {
        token = server.world().settings().authToken();
        run(call);
        run(play);
      }
      assertEquals(2, app.requests.size());
      assertTrue(app.requests.stream().allMatch(r -> isSignedBy(token, r)));
      run(call);
      run(play);
      assertTrue(app.requests.stream().skip(2).noneMatch(r -> isSignedBy(token, r)), "drawn anew");
    }
  }

  /** Drawn tokens sign what is sent, and are in no journal. */
  @Test
  void journalsOfRunsAreTheSameAllTheSame() throws Exception {
    Path scenario =
        Files.writeString(
            folder.resolve("s.yaml"),
            """
            scenario: s
            when: [{call: {from: "+15558675310", to: "+15017122661"}}]
            then: [{request: voice}]
            """);
    String port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = Integer.toString(free.getLocalPort()); // it is in the recordings' URLs
    }
    try (WebApp app =
        new WebApp()
            .at("/voice", "<Response><Record action='/after'/></Response>")
            .at("/after", "<Response><Hangup/></Response>")) {
      for (String journal : List.of("one", "two")) {
        run(
            "run",
            scenario.toString(),
            "--app",
            app.url(),
            "--port",
            port,
            "--journal",
            folder.resolve(journal).toString());
      }
      assertNotEquals(
          app.to("/voice").getFirst().getHeaders().get("X-Twilio-Signature"),
          app.to("/voice").getLast().getHeaders().get("X-Twilio-Signature"));
    }
    try (Stream<Path> files = Files.list(folder.resolve("one"))) {
      for (Path file : files.toList()) {
        assertEquals(-1, Files.mismatch(file, folder.resolve("two").resolve(file.getFileName())));
      }
    }
  }

  // As a process

  private static Process serveAsProcess(Path home, Map<String, String> environment)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.ringback.cli.Ringback",
            "serve",
            "--port",
            "0",
            "--json");
    builder.environment().put("RINGBACK_HOME", home.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  @Test
  void theServerTakesTheAccountOfItsEnvironmentAndCleansUp() throws Exception {
    Process serve =
        serveAsProcess(home, Map.of("TWILIO_ACCOUNT_SID", SID, "TWILIO_AUTH_TOKEN", TOKEN));
    try (var out = serve.inputReader()) {
      JsonNode announced = JournalJson.mapper().readTree(out.readLine());
      assertEquals(SID, announced.path("accountSid").asString());
      assertEquals(TOKEN, announced.path("authToken").asString());
      int port = URI.create(announced.path("url").asString()).getPort();
      assertEquals(TOKEN, AccountFile.find(home, port).orElseThrow().authToken());
      serve.destroy(); // as Ctrl-C
      assertTrue(serve.waitFor(20, TimeUnit.SECONDS));
      assertEquals(List.of(), left());
    } finally {
      serve.destroyForcibly();
    }
  }

  @Test
  void aWrongEnvironmentIsExitTwo() throws Exception {
    Process serve = serveAsProcess(home, Map.of("TWILIO_AUTH_TOKEN", "swordfish"));
    try (var err = serve.errorReader()) {
      String line = err.readLine();
      assertTrue(line.startsWith("ringback: TWILIO_AUTH_TOKEN: must be"), line);
      assertTrue(serve.waitFor(20, TimeUnit.SECONDS));
      assertEquals(2, serve.exitValue());
    } finally {
      serve.destroyForcibly();
    }
  }
}
