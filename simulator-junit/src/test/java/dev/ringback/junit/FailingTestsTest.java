package dev.ringback.junit;

import static dev.ringback.junit.Casts.ignores;
import static dev.ringback.junit.Requests.action;
import static dev.ringback.junit.Requests.voice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Tests that must fail do, and say why; when all are done nothing is left. */
@Isolated
class FailingTestsTest {
  private static String app = "";
  private HttpServer server;

  @SuppressWarnings("NullAway.Init")
  FailingTestsTest() {}

  /** An app whose action fails. */
  @BeforeEach
  void start() throws IOException {
    server = AdvisorLine.start(0);
    app = "http://localhost:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ExtendWith(RingbackExtension.class)
  static class Tests {
    @Test
    void assertsWrong(World world) {
      world.app(app).call("+15558675310", "+15017122661").worker(ignores()).expect(action());
      fail("what the test says");
    }

    @Test
    void callGoesOnWhenTheTestIsDone(World world) {
      world
          .voice(app + "/voice?action=/broken")
          .call("+15558675310", "+15017122661")
          .worker(ignores())
          .expect(voice());
    }

    @Test
    void waitsForWhatNeverComes(World world) throws IOException {
      world.app(nobody()).call("+15558675310", "+15017122661").expect(action());
    }

    @Test
    void asksNothing(World world) {
      world.app(app);
    }

    @Test
    void saysNoAddress(World world) {
      world.app("localhost:3000");
    }

    @Test
    void neverPlaces(World world) {
      world.app(app).call("+15558675310", "+15017122661");
    }

    @Test
    void appIsDown(World world) throws IOException {
      world.app(nobody()).call("+15558675310", "+15017122661").ends("completed");
    }

    @Test
    void appAnswersAnError(World world) {
      world.voice(app + "/broken").call("+15558675310", "+15017122661").ends("completed");
    }

    @Test
    void errorIsAllowed(World world) {
      world.voice(app + "/broken").allow("11200");
      world.call("+15558675310", "+15017122661").ends("completed");
    }

    @RingbackScenarios("../scenarios/requests/reject.yaml")
    void scenario(World world) throws IOException {
      world.app(nobody());
    }
  }

  @ExtendWith(RingbackExtension.class)
  static class OfNoTest {
    OfNoTest(World world) {}

    @Test
    void runs() {}
  }

  @ExtendWith(RingbackExtension.class)
  static class BeforeAllTests {
    @BeforeAll
    static void before(World world) {
      world.app(app);
    }

    @Test
    void runs() {}
  }

  @ExtendWith(RingbackExtension.class)
  static class StopsItsApp {
    private HttpServer own;

    @BeforeEach
    void start(World world) throws IOException {
      own = AdvisorLine.start(0);
      world.app("http://localhost:" + own.getAddress().getPort());
    }

    @AfterEach
    void stop() {
      own.stop(0);
    }

    @Test
    void callStillGoesOn(World world) {
      world.call("+15558675310", "+15017122661").worker(ignores()).expect(voice());
    }
  }

  private static String nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://localhost:" + free.getLocalPort();
    }
  }

  private static List<String> failures(EngineExecutionResults results) {
    List<String> failures = new ArrayList<>();
    for (Event event : results.testEvents().failed().list()) {
      event
          .getPayload(org.junit.platform.engine.TestExecutionResult.class)
          .flatMap(result -> result.getThrowable())
          .ifPresent(thrown ->
              failures.add(
                  event.getTestDescriptor().getDisplayName() + ": " + thrown.getMessage()));
    }
    return failures.stream().sorted().toList();
  }

  /** Without the JDK's own, and one of Okio's that ends by itself within a minute. */
  private static Set<String> threads() {
    Set<String> names = new TreeSet<>();
    Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name ->
            !name.startsWith("ForkJoin")
                && !name.matches(
                    "HTTP-Dispatcher|VirtualThread.*|Cleaner.*|process reaper|MasterPoller|awaitility.*|Okio Watchdog"))
        .forEach(names::add);
    return names;
  }

  @Test
  void theySayWhy() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Set<String> threads = threads();
    EngineExecutionResults results;
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      results = EngineTestKit.engine("junit-jupiter").selectors(selectClass(Tests.class)).execute();
    } finally {
      System.setErr(before);
    }
    List<String> failures = failures(results);
    String text = said.toString(StandardCharsets.UTF_8);
    assertEquals(1, results.testEvents().succeeded().count(), failures::toString);
    assertEquals(9, failures.size(), failures::toString);
    String all = String.join("\n", failures);
    for (String why :
        List.of(
            "callGoesOnWhenTheTestIsDone(World): Twilio raised the error 11200",
            "no action request came at all\n  why: Twilio raised the error 11202",
            "asksNothing(World): the test says where the app is, and no call is placed",
            "saysNoAddress(World): 'localhost:3000' is no address of an app",
            "appAnswersAnError(World): Twilio raised the error 11200",
            "appIsDown(World): Twilio raised the error 11202",
            "assertsWrong(World): what the test says",
            "neverPlaces(World): a call from +15558675310 was made, and nothing was waited for",
            "The line is closed, so the call is rejected and never answered: voice at 0.000s")) {
      assertTrue(all.contains(why), all);
    }
    assertTrue(text.contains("session ends dialed-call-incomplete / no-answer"), text);
    assertTrue(
        text.contains(
            "ringback run target/ringback/dev.ringback.junit.FailingTestsTest_Tests.assertsWrong"),
        text);
    assertTrue(
        Files.exists(
            Path.of(
                "target/ringback/dev.ringback.junit.FailingTestsTest_Tests.assertsWrong_World_.yaml")),
        text);
    for (Event failed : results.testEvents().failed().list()) {
      failed
          .getPayload(org.junit.platform.engine.TestExecutionResult.class)
          .flatMap(result -> result.getThrowable())
          .ifPresent(thrown -> assertEquals(0, thrown.getSuppressed().length, thrown::toString));
    }
    assertFalse(text.contains("logger in your project"), text);
    org.awaitility.Awaitility.await().untilAsserted(() -> assertEquals(threads, threads()));
    assertTrue(Objects.requireNonNull(server).getAddress().getPort() > 0);
  }

  /** Nothing would be looked at in such a world. */
  @Test
  void aWorldIsOfATest() {
    EngineExecutionResults constructed =
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(OfNoTest.class)).execute();
    String why = String.join("\n", failures(constructed));
    assertTrue(why.contains("the constructor asks for a World, and is of no test"), why);
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(BeforeAllTests.class))
        .execute()
        .containerEvents()
        .assertThatEvents()
        .haveAtLeastOne(
            event(
                finishedWithFailure(
                    message(m -> m.contains("before() asks for a World, and is of no test")))));
  }

  /** What is looked at after a test is, before its class stops the app. */
  @Test
  void theAppMayStopAfterEach() {
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(StopsItsApp.class)).execute();
    assertEquals(List.of(), failures(results));
    assertEquals(1, results.testEvents().succeeded().count());
  }
}
