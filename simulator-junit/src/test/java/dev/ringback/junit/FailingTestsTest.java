package dev.ringback.junit;

import static dev.ringback.junit.Casts.ignores;
import static dev.ringback.junit.Requests.action;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

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
    assertEquals(5, failures.size(), failures::toString);
    String all = String.join("\n", failures);
    for (String why :
        List.of(
            "appAnswersAnError(World): Twilio raised the error 11200",
            "appIsDown(World): Twilio raised the error 11202",
            "assertsWrong(World): what the test says",
            "neverPlaces(World): a call from +15558675310 was made, and nothing was waited for",
            "The line is closed, so the call is rejected and never answered: voice at 0.000s")) {
      assertTrue(all.contains(why), all);
    }
    assertTrue(text.contains("session ends dialed-call-incomplete / no-answer"), text);
    assertTrue(text.contains("again:  ringback run target/ringback/Tests.assertsWrong"), text);
    assertTrue(Files.exists(Path.of("target/ringback/Tests.assertsWrong_World_.yaml")), text);
    org.awaitility.Awaitility.await().untilAsserted(() -> assertEquals(threads, threads()));
    assertTrue(Objects.requireNonNull(server).getAddress().getPort() > 0);
  }
}
