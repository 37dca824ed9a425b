package dev.ringback.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.twilio.security.RequestValidator;
import dev.ringback.cli.Commands;
import dev.ringback.cli.Commands.Run;
import dev.ringback.config.KnownAccount;
import dev.ringback.id.Sid;
import dev.ringback.json.JournalJson;
import dev.ringback.play.Player;
import dev.ringback.scenariofile.ScenarioReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Apps with one mistake each: {@code explore} finds it without being told, and the scenario that it
 * writes fails against the mistaken app and passes against the healthy one. On healthy apps it
 * finds nothing.
 */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class MutantAppsTest {
  /** An app with everything that an advisor's line has, and a menu before it. */
  private static final String VOICE =
      "/voice?statusCallback=/status&statusCallbackEvent=call-initiated+call-answered+call-completed"
          + "&url=/whisper&record=record-from-answer&inboundTimeout=20";

  private static final String MENU =
      """
      <Response><Gather action="/chosen" numDigits="1"><Say>Press 1 for your advisor or 2 to leave \
      a message.</Say></Gather><Say>Goodbye.</Say></Response>\
      """;

  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final KnownAccount ACCOUNT =
      new KnownAccount(new Sid("AC0123456789abcdef0123456789abcdef"), TOKEN);
  private static final RequestValidator VALIDATOR = new RequestValidator(TOKEN);

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Integer> seen = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private HttpServer sample;
  private HttpServer front;
  private volatile Break how = (asked, right) -> right;
  private volatile Break mended = (asked, right) -> right;
  private volatile Predicate<String> checked = path -> false;

  @SuppressWarnings("NullAway.Init")
  MutantAppsTest() {}

  record Answer(int status, String type, String body) {
    Answer with(String other) {
      return new Answer(status, type, other);
    }

    Answer replaced(String what, String by) {
      assertTrue(body.contains(what), () -> what + " is not in " + body);
      return with(body.replace(what, by));
    }
  }

  /** What an app is asked. */
  record Asked(String path, String form) {
    boolean tells(String parameter) {
      return form.contains(parameter);
    }

    String value(String name) {
      for (String pair : form.split("&", -1)) {
        if (pair.startsWith(name + "=")) {
          return pair.substring(name.length() + 1);
        }
      }
      return "";
    }
  }

  interface Break {
    Answer of(Asked asked, Answer right) throws IOException, InterruptedException;
  }

  @BeforeEach
  void start() throws IOException {
    sample = AdvisorLine.start(0);
    front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    front.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    front.createContext("/", this::answer);
    front.start();
  }

  @AfterEach
  void stop() {
    front.stop(0);
    sample.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] form = exchange.getRequestBody().readAllBytes();
      Asked asked =
          new Asked(exchange.getRequestURI().getPath(), new String(form, StandardCharsets.UTF_8));
      Answer answer =
          checked.test(asked.path()) && !isSigned(exchange, asked.form())
              ? new Answer(403, "text/plain", "not from Twilio")
              : how.of(asked, right(exchange, asked, form));
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      if (!answer.type().isEmpty()) {
        exchange.getResponseHeaders().add("Content-Type", answer.type());
      }
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      new ByteArrayInputStream(body).transferTo(exchange.getResponseBody());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As Twilio's own library sees it. */
  private static boolean isSigned(HttpExchange exchange, String form) {
    Map<String, String> params = new HashMap<>();
    for (String pair : form.isEmpty() ? new String[0] : form.split("&", -1)) {
      String[] both = pair.split("=", 2);
      params.put(
          URLDecoder.decode(both[0], StandardCharsets.UTF_8),
          URLDecoder.decode(both[1], StandardCharsets.UTF_8));
    }
    return VALIDATOR.validate(
        "http://" + exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI(),
        params,
        String.valueOf(exchange.getRequestHeaders().getFirst("X-Twilio-Signature")));
  }

  /** What the healthy app says. */
  private Answer right(HttpExchange exchange, Asked asked, byte[] form)
      throws IOException, InterruptedException {
    switch (asked.path()) {
      case "/menu" -> {
        return new Answer(200, "text/xml", MENU);
      }
      case "/chosen" -> {
        return new Answer(
            200,
            "text/xml",
            switch (asked.value("Digits")) {
              case "1" ->
                  "<Response><Redirect>" + VOICE.replace("&", "&amp;") + "</Redirect></Response>";
              case "2" ->
                  "<Response><Say>Please speak.</Say><Record action='/voicemail'/></Response>";
              default -> "<Response><Say>That is no choice. Goodbye.</Say></Response>";
            });
      }
      default -> {}
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:%d%s"
                        .formatted(sample.getAddress().getPort(), exchange.getRequestURI())))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(form));
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response
            .body()
            .replace(":" + sample.getAddress().getPort(), ":" + front.getAddress().getPort()));
  }

  private String url(String path) {
    return "http://localhost:" + front.getAddress().getPort() + path;
  }

  private Run explore(String path, String... more) {
    List<String> arguments = new ArrayList<>(List.of("explore", "--app", url(path)));
    arguments.addAll(List.of("--port", "0"));
    List<String> options = List.of(more);
    if (!options.contains("--seed")) {
      arguments.addAll(List.of("--seed", "1"));
    }
    if (!options.contains("-o")) {
      arguments.addAll(List.of("-o", folder.toString(), "--budget", "60s"));
    }
    arguments.addAll(options);
    return Commands.run(arguments.toArray(String[]::new));
  }

  // Healthy

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(strings = {"/voice", "/menu", "/greeting", VOICE})
  void nothingIsFoundInAHealthyApp(String path) {
    Run run = explore(path);
    assertEquals(0, run.exit(), run::said);
    assertTrue(run.out().startsWith("0 findings; "), run::said);
  }

  // Signatures: the app knows the token, as one in whose environment TWILIO_AUTH_TOKEN is does.

  private Exploration.Outcome explored(String path) throws Exception {
    return new Exploration(
            new Player(url(path)),
            ACCOUNT,
            new Exploration.Bounds(4, Duration.ofSeconds(60), 1),
            (courses, states, waiting, findings) -> {})
        .explore();
  }

  private boolean passes(String path, String scenario) throws Exception {
    return new Player(url(path))
        .play(ScenarioReader.parse(Path.of("found.yaml"), scenario).getFirst().withAccount(ACCOUNT))
        .verdict()
        .passed();
  }

  @Test
  void anAppThatChecksSignatures() throws Exception {
    checked = path -> true;
    Exploration.Outcome outcome = explored("/menu");
    assertEquals(List.of(), outcome.findings());
    assertEquals("checked", outcome.signatures());
  }

  /** It says so, and no more: on a developer's machine an app may. */
  @Test
  void anAppThatChecksNoSignature() {
    Run run = explore("/voice");
    assertEquals(0, run.exit(), run::said);
    assertTrue(run.out().contains("The app checks no X-Twilio-Signature"), run::said);
  }

  /** The usual reason for a 403, and what to do. */
  @Test
  void anAppWithAnotherToken() {
    checked = path -> true;
    Run run = explore("/voice");
    assertEquals(1, run.exit(), run::said);
    assertTrue(run.out().contains("the same TWILIO_AUTH_TOKEN"), run::said);
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {"/voice", "/after", "/voicemail", "/status", "/recording"})
  void anAppThatForgetsToCheckTheSignatureAtOnePath(String forgotten) throws Exception {
    checked = path -> !path.equals(forgotten);
    Exploration.Outcome outcome = explored(VOICE);
    assertEquals("partly-checked", outcome.signatures());
    assertEquals(1, outcome.findings().size(), outcome::toString);
    Exploration.Found found = outcome.findings().getFirst();
    assertEquals("forged-request", found.kind());
    assertEquals(true, found.again());
    assertFalse(passes(VOICE, found.scenario()), found::scenario);
    checked = any -> true;
    assertTrue(passes(VOICE, found.scenario()), found::scenario);
    front.stop(0);
    assertFalse(passes(VOICE, found.scenario()), "the app is down");
  }

  @Test
  void theSameSeedIsTheSame() {
    how = at("/after", r -> new Answer(500, "text/plain", "no database"));
    String first = explore("/menu", "--json").out();
    assertEquals(first, explore("/menu", "--json").out());
  }

  /** With no time at all for each part it comes to the same in the end. */
  @Test
  void whatStoppedGoesOn() throws Exception {
    how = at("/after", r -> new Answer(500, "text/plain", "no database"));
    JsonNode whole = JournalJson.mapper().readTree(explore("/menu", "--json").out());
    assertTrue(whole.path("whole").asBoolean(), whole::toString);
    Path parts = folder.resolve("parts");
    JsonNode part = whole;
    int times = 0;
    do {
      Run run = explore("/menu", "--json", "--budget", "150ms", "-o", parts.toString());
      part = JournalJson.mapper().readTree(run.out());
      assertEquals(times > 0, run.err().contains("goes on after"), run::said);
      times++;
    } while (!part.path("whole").asBoolean() && times < 200);
    assertTrue(times > 1, part::toString);
    assertEquals(whole.path("states"), part.path("states"));
    assertEquals(kinds(whole), kinds(part));
    assertTrue(Files.notExists(parts.resolve("explore.json")));
  }

  private static List<String> kinds(JsonNode explored) {
    List<String> kinds = new ArrayList<>();
    explored
        .path("findings")
        .forEach(finding ->
            kinds.add(finding.path("kind").asString() + " " + finding.path("where").asString()));
    return kinds;
  }

  // One mistake each

  private static Break at(String path, java.util.function.UnaryOperator<Answer> how) {
    return (asked, right) -> asked.path().equals(path) ? how.apply(right) : right;
  }

  private static Break when(
      String path, String told, java.util.function.UnaryOperator<Answer> how) {
    return (asked, right) ->
        asked.path().equals(path) && asked.tells(told) ? how.apply(right) : right;
  }

  private static final Answer ERROR = new Answer(500, "text/plain", "no database");
  private static final String HANGUP = "<Response><Hangup/></Response>";

  /** A mistake, and the kinds of finding of which one names it. */
  static Stream<Arguments> mutants() {
    return Stream.of(
        Arguments.of("answers 500", "/voice", at("/voice", r -> ERROR), "error-answer"),
        Arguments.of(
            "answers a page for people",
            "/voice",
            at("/voice", r -> new Answer(200, "text/html", "<html><title>Sign in</title></html>")),
            "invalid-twiml"),
        Arguments.of(
            "answers 403",
            "/voice",
            at("/after", r -> new Answer(403, "text/plain", "no")),
            "error-answer"),
        Arguments.of(
            "has the wrong action",
            "/voice",
            at("/voice", r -> r.replaced("\"/after\"", "\"/nowhere\"")),
            "cut-off invalid-twiml error-answer"),
        Arguments.of(
            "has no action",
            "/voice",
            at("/voice", r -> r.replaced(" action=\"/after\"", "")),
            "cut-off"),
        Arguments.of(
            "hangs up on who is not answered",
            "/voice",
            at("/after", r -> r.with(HANGUP)),
            "cut-off like-success"),
        Arguments.of(
            "thanks everybody for the talk",
            "/voice",
            at("/after", r -> r.with("<Response><Say>Thanks for talking.</Say></Response>")),
            "like-success"),
        Arguments.of(
            "fails when the worker is busy",
            "/voice",
            when("/after", "DialCallStatus=busy", r -> ERROR),
            "error-answer"),
        Arguments.of(
            "fails when the worker cannot be reached",
            "/voice",
            when("/after", "DialCallStatus=failed", r -> ERROR),
            "error-answer"),
        Arguments.of(
            "fails when the caller gives up",
            "/voice",
            when("/after", "DialCallStatus=canceled", r -> ERROR),
            "error-answer"),
        Arguments.of(
            "does not know internal errors",
            "/voice",
            when("/after", "Result=internal-error", r -> r.with("<Response/>")),
            "cut-off"),
        Arguments.of(
            "fails for a withheld number",
            "/voice",
            when("/voice", "From=anonymous", r -> ERROR),
            "error-answer"),
        Arguments.of(
            "cuts off strangers",
            "/voice",
            when("/after", "Result=no-other-participants", r -> r.with(HANGUP)),
            "cut-off"),
        Arguments.of(
            "misses the Record",
            "/voice",
            at("/after", r -> r.with(r.body().replaceAll("<Record[^>]*>", "<Recrod/>"))),
            "invalid-twiml"),
        Arguments.of(
            "writes an attribute wrong",
            VOICE,
            at("/voice", r -> r.replaced("\"20\"", "\"twenty\"")),
            "invalid-twiml"),
        Arguments.of(
            "answers broken XML",
            "/voice",
            when("/after", "incomplete", r -> r.with("<Response><Say>Hello</Response>")),
            "invalid-twiml"),
        Arguments.of(
            "answers JSON",
            "/voice",
            at("/voicemail", r -> new Answer(200, "application/json", "{}")),
            "invalid-twiml"),
        Arguments.of(
            "answers nothing", "/voice", at("/voicemail", r -> r.with("")), "invalid-twiml"),
        Arguments.of(
            "leads back to itself",
            "/menu",
            at("/chosen", r -> r.with("<Response><Redirect>/chosen</Redirect></Response>")),
            "loop invalid-twiml"),
        Arguments.of(
            "repeats its menu for ever",
            "/menu",
            at("/menu", r -> r.replaced("<Say>Goodbye.</Say>", "<Redirect>/menu</Redirect>")),
            "loop"),
        Arguments.of(
            "is silent for long",
            "/greeting",
            at("/greeting", r -> r.replaced("length=\"2\"", "length=\"30\"")),
            "silence"),
        Arguments.of(
            "waits for keys without a word",
            "/menu",
            at(
                "/menu",
                r ->
                    r.with(
                        "<Response><Gather timeout='20' action='/chosen'/><Say>Goodbye.</Say></Response>")),
            "silence"),
        Arguments.of(
            "refuses status callbacks",
            VOICE,
            when("/status", "Status=call-answered", r -> ERROR),
            "refused-callback"),
        Arguments.of(
            "refuses recording callbacks",
            "/voice",
            at("/recording", r -> new Answer(404, "text/plain", "no such page")),
            "refused-callback"),
        Arguments.of(
            "fails on a wrong key",
            "/menu",
            when("/chosen", "Digits=8", r -> ERROR),
            "error-answer"),
        Arguments.of(
            "fails after the second key",
            "/menu",
            when("/chosen", "Digits=2", r -> ERROR),
            "error-answer"),
        Arguments.of(
            "hangs up on who chooses nothing",
            "/menu",
            at("/menu", r -> r.replaced("<Say>Goodbye.</Say>", "<Redirect>/lost</Redirect>")),
            "cut-off invalid-twiml error-answer"),
        Arguments.of(
            "fails when the worker declines by key",
            VOICE,
            when("/choice", "Digits=9", r -> ERROR),
            "error-answer"),
        Arguments.of(
            "fails for strangers behind its menu",
            "/menu",
            when("/after", "Result=no-other-participants", r -> ERROR),
            "error-answer"),
        Arguments.of(
            "hangs up on a wrong key",
            "/menu",
            when("/chosen", "Digits=8", r -> r.with(HANGUP)),
            "cut-off"),
        Arguments.of(
            "repeats itself in other words",
            "/voice",
            at(
                "/after",
                r ->
                    r.with(
                        "<Response><Say>Again "
                            + System.nanoTime()
                            + "</Say><Redirect>/after</Redirect></Response>")),
            "loop"),
        Arguments.of(
            "has a broken voicemail", "/voice", at("/voicemail", r -> ERROR), "error-answer"));
  }

  private void finds(String path, String kinds) throws Exception {
    Run run = explore(path, "--json");
    assertEquals(1, run.exit(), run::said);
    List<String> found = new ArrayList<>();
    String file = "";
    for (JsonNode finding : JournalJson.mapper().readTree(run.out()).path("findings")) {
      found.add(finding.path("kind").asString());
      assertTrue(finding.path("again").asBoolean(), run::said);
      if (List.of(kinds.split(" ")).contains(finding.path("kind").asString()) && file.isEmpty()) {
        file = finding.path("file").asString();
      }
    }
    assertTrue(!file.isEmpty(), () -> kinds + " is not in " + found);
    String scenario = file;
    Run failing = Commands.run("run", scenario, "--app", url(path), "--port", "0");
    assertEquals(1, failing.exit(), failing::said);
    how = (asked, right) -> right;
    Run healthy = Commands.run("run", scenario, "--app", url(path), "--port", "0");
    assertEquals(0, healthy.exit(), () -> healthy.said() + read(scenario));
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @ParameterizedTest(name = "an app that {0}")
  @MethodSource("mutants")
  void theMistakeIsFound(String name, String path, Break mistake, String kinds) throws Exception {
    how = mistake;
    finds(path, kinds);
  }

  /** It waits for what is slow itself. */
  @Test
  @Tag("long")
  void anAppThatIsSlow() throws Exception {
    how =
        (asked, right) -> {
          if (asked.path().equals("/voicemail")) {
            new CountDownLatch(1).await(5_100, TimeUnit.MILLISECONDS);
          }
          return right;
        };
    Run run = explore("/voice", "--json", "--depth", "0");
    assertTrue(run.out().contains("\"kind\":\"slow\""), run::said);
  }

  /** Who called, by that key. */
  private Break remembers(Function<Asked, String> key) {
    return (asked, right) -> {
      if (asked.path().equals("/voice")) {
        seen.put(key.apply(asked), asked.value("From").hashCode());
      }
      return asked.path().equals("/after")
          ? right.with(
              "<Response><Say>Goodbye, caller " + seen.get(key.apply(asked)) + "</Say></Response>")
          : right;
    };
  }

  /** It keeps one caller for all. */
  @Test
  void callsThatAreMixedUp() throws Exception {
    how = remembers(asked -> "everybody");
    mended = remembers(asked -> asked.value("CallSid"));
    Run run = explore("/voice", "--json");
    assertTrue(run.out().contains("\"kind\":\"mixed-up\""), run::said);
    failsUntilMended("/voice", run, "mixed-up");
  }

  private void failsUntilMended(String path, Run run, String kind) throws Exception {
    for (JsonNode finding : JournalJson.mapper().readTree(run.out()).path("findings")) {
      if (finding.path("kind").asString().equals(kind)) {
        String scenario = finding.path("file").asString();
        Run failing = Commands.run("run", scenario, "--app", url(path), "--port", "0");
        assertEquals(1, failing.exit(), failing::said);
        how = mended;
        Run healthy = Commands.run("run", scenario, "--app", url(path), "--port", "0");
        assertEquals(0, healthy.exit(), () -> healthy.said() + read(scenario));
        return;
      }
    }
    fail(kind + " is not in " + run.said());
  }

  // Healthy, and another answer each time

  private static Break greets(Function<Asked, String> words) {
    return (asked, right) ->
        asked.path().equals("/voice")
            ? right.replaced("<Connect", "<Say>" + words.apply(asked) + "</Say><Connect")
            : right;
  }

  private Break varying(String name) {
    return switch (name) {
      case "counts" -> greets(asked -> "You are number " + count.incrementAndGet());
      case "knows who calls again" ->
          greets(asked -> seen.put(asked.value("From"), 1) == null ? "Welcome" : "Welcome back");
      case "knows customers" -> greets(asked -> "Hello " + asked.value("From").hashCode());
      case "has a token in its URLs" ->
          at("/voice", r -> r.replaced("\"/after\"", "\"/after?token=" + UUID.randomUUID() + "\""));
      default -> greets(asked -> List.of("Hello", "Hi").get(count.incrementAndGet() % 2));
    };
  }

  @ParameterizedTest(name = "an app that {0}")
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {
        "counts",
        "knows who calls again",
        "knows customers",
        "has a token in its URLs",
        "greets otherwise each time"
      })
  void anotherAnswerEachTimeIsNoFinding(String name) {
    how = varying(name);
    Run run = explore("/voice");
    assertEquals(0, run.exit(), run::said);
  }

  /** It is said, since what is not the same each time cannot be explored wholly. */
  @Test
  void anAppThatVariesIsNamed() {
    how = greets(asked -> "You are number " + count.incrementAndGet());
    Run run = explore("/voice");
    assertTrue(run.out().contains("answers the same request differently"), run::said);
  }

  /** What it remembers of a call is of that SID; the next time there are others. */
  @Test
  void anAppThatRemembersCallsIsExploredAgain() {
    how =
        (asked, right) ->
            asked.path().equals("/voice") && seen.put(asked.value("CallSid"), 1) != null
                ? ERROR
                : right;
    for (int times = 0; times < 2; times++) {
      Run run =
          Commands.run("explore", "--app", url("/voice"), "--port", "0", "-o", folder.toString());
      assertEquals(0, run.exit(), run::said);
    }
  }

  // Bounds

  @Test
  void noTimeAtAllIsRefused() {
    Run run = explore("/voice", "--budget", "0s", "-o", folder.toString());
    assertEquals(2, run.exit(), run::said);
    assertTrue(run.err().contains("--budget: leaves no time"), run::said);
  }

  /** One course, whose answer is waited for; what was found is not waited for again. */
  @Test
  @Tag("long")
  void anAppThatHangs() throws Exception {
    how =
        (asked, right) -> {
          new CountDownLatch(1).await(20, TimeUnit.SECONDS);
          return right;
        };
    long start = System.nanoTime();
    Run run = explore("/voice", "--json", "--budget", "5s", "-o", folder.toString());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertEquals(1, run.exit(), run::said);
    JsonNode findings = JournalJson.mapper().readTree(run.out()).path("findings");
    assertEquals(1, findings.size(), run::said);
    assertTrue(findings.path(0).path("again").isMissingNode(), run::said);
    assertTrue(took.toSeconds() < 25, took::toString);
  }

  @Test
  void whatWasMendedSinceIsNoFinding() throws Exception {
    how = at("/voice", r -> ERROR);
    Run part = explore("/voice", "--budget", "1ms", "-o", folder.toString());
    assertTrue(part.out().contains("to go on with"), part::said);
    how = (asked, right) -> right;
    Run rest = explore("/voice", "-o", folder.toString(), "--budget", "60s");
    assertEquals(0, rest.exit(), rest::said);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList(), "files of findings that are none any more");
    }
  }

  /** With menus of all sorts, each key that is named is pressed. */
  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource(
      delimiter = '|',
      value = {
        "For sales press 1. For support press 2. | 1 2",
        "Press 1, or press 2, or wait. | 1 2",
        "For sales, press 1. For support, 2. | 1 2",
        "For A press 7, for B press 9, to repeat press the star key. | 7 9 *",
        "Press one for sales, two for support, or zero to talk to somebody. | 1 2 0",
        "We are open from 8:30 to 17.45 on 3 days, call 020 7946 0018. Press 4 | 4",
        "Drücken Sie die Taste | 1 2 3 4 5 6 7 8 9 0 *",
      })
  void keysThatAreNamed(String prompt, String keys) {
    List<String> pressed = new Menu(prompt, Map.of("numDigits", "1")).pressed();
    assertTrue(pressed.containsAll(List.of(keys.split(" "))), pressed::toString);
  }

  @Test
  void numbersAndWords() {
    assertEquals(
        List.of("10", "20", "12"),
        new Menu("Press 10 for sales or 20 for support", Map.of("numDigits", "2")).pressed());
    Menu spoken = new Menu("Say it", Map.of("input", "speech", "hints", "sales, support"));
    assertEquals(List.of("sales", "support", "something else"), spoken.spoken());
    assertEquals(List.of(), spoken.pressed());
  }
}
