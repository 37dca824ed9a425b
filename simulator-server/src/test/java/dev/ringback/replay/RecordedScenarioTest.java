package dev.ringback.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpServer;
import dev.ringback.call.Behaviour;
import dev.ringback.config.KnownAccount;
import dev.ringback.play.Player;
import dev.ringback.play.Player.Performance;
import dev.ringback.runner.JournalDifference;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.voice.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that was recorded is, as a scenario, the same call again. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedScenarioTest {
  private HttpServer app;
  private Player player;

  @SuppressWarnings("NullAway.Init")
  RecordedScenarioTest() {}

  @BeforeAll
  void start() throws IOException {
    app = AdvisorLine.start(0);
    player = new Player("http://localhost:" + app.getAddress().getPort());
  }

  @AfterAll
  void stop() {
    app.stop(0);
  }

  static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../scenarios"))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().contains("/apps/"))
          .sorted()
          .toList();
    }
  }

  /** Whether a scenario of one call can say it: no faults, no switches, no REST call. */
  private static boolean canBeSaid(Performance performance) {
    return performance.calls().size() == 1
        && performance.calls().getFirst().over()
        && performance.calls().getFirst().call().facts().leg().direction() == Direction.INBOUND
        && performance.settings().faults().isEmpty()
        && performance.settings().behaviour().equals(Behaviour.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyShippedCallPlaysAgain(Path file) throws Exception {
    ScenarioFile scenario = ScenarioReader.read(file);
    Performance first = player.play(scenario);
    if (!canBeSaid(first)) {
      return;
    }
    String recorded = RecordedScenario.write(first.settings(), first.calls().getFirst(), List.of());
    ScenarioFile again =
        ScenarioReader.parse(file, recorded).getFirst().withAccount(account(first));
    Performance second = player.play(again);
    assertEquals(List.of(), second.verdict().failures(), recorded);
    assertEquals(
        Optional.empty(),
        JournalDifference.between(first.journal(), second.journal()).map(d -> d.lines()),
        recorded);
  }

  private static KnownAccount account(Performance performance) {
    return new KnownAccount(performance.settings().account(), performance.settings().authToken());
  }

  /** Most of the shipped scenarios are in what {@link #everyShippedCallPlaysAgain} looks at. */
  @Test
  void mostCanBeSaid() throws Exception {
    int said = 0;
    List<Path> files = shipped();
    for (Path file : files) {
      said += canBeSaid(player.play(ScenarioReader.read(file))) ? 1 : 0;
    }
    int total = said;
    assertTrue(said * 3 > files.size() * 2, () -> total + " of " + files.size());
  }
}
