package dev.ringback.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpServer;
import dev.ringback.config.FaultReader;
import dev.ringback.play.Player.Performance;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.twiml.Grammar;
import dev.ringback.twiml.RecordMode;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped scenarios pass against the shipped app, over real HTTP. */
@Timeout(60)
class ScenariosTest {
  private static final Path SCENARIOS = Path.of("..", "scenarios");

  private static HttpServer app;

  @BeforeAll
  static void startApp() throws IOException {
    app = AdvisorLine.start(0);
  }

  @AfterAll
  static void stopApp() {
    app.stop(0);
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(SCENARIOS)) {
      return files
          .filter(f -> f.toString().endsWith(".yaml") && !f.toString().contains("apps"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void passes(Path file) throws Exception {
    Performance performance =
        new Player("http://localhost:" + app.getAddress().getPort())
            .play(ScenarioReader.read(file));
    assertEquals(List.of(), performance.verdict().failures());
  }

  @Test
  void theVoicemailPassesAgainstItsCannedAppToo() throws Exception {
    Performance performance =
        new Player(null)
            .play(ScenarioReader.read(SCENARIOS.resolve("results/dialed-call-incomplete.yaml")));
    assertEquals(List.of(), performance.verdict().failures());
  }

  /** A file for each Result, DialCallStatus, verb, fault and value of record. */
  @Test
  void thereIsAFileForEach() throws IOException {
    for (Result result : Result.values()) {
      assertTrue(Files.exists(SCENARIOS.resolve("results/" + result.wireName() + ".yaml")));
    }
    for (DialCallStatus status : DialCallStatus.values()) {
      if (status == DialCallStatus.ANSWERED) {
        continue; // of conferences, see scenarios/verbs
      }
      assertTrue(
          Files.exists(SCENARIOS.resolve("dial-call-status/" + status.wireName() + ".yaml")));
    }
    for (String verb : Grammar.VERBS.keySet()) {
      String name =
          verb.equals("Start") || verb.equals("Stop")
              ? "start-stop"
              : verb.toLowerCase(Locale.ROOT);
      try (Stream<Path> verbs = Files.list(SCENARIOS.resolve("verbs"))) {
        assertTrue(
            verbs.anyMatch(f -> f.getFileName().toString().matches(name + "(-.*)?\\.yaml")), verb);
      }
    }
    for (String fault : FaultReader.NAMES) {
      if (fault.equals("wrong-signature")) {
        continue; // the sample app checks no signature, see explore's forged-request
      }
      assertTrue(Files.exists(SCENARIOS.resolve("faults/" + fault + ".yaml")), fault);
    }
    for (RecordMode mode : RecordMode.values()) {
      String name = "attributes/record-" + mode.wireName().replace("record-", "") + ".yaml";
      assertTrue(Files.exists(SCENARIOS.resolve(name)), name);
    }
  }
}
