package dev.ringback.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpServer;
import dev.ringback.call.Behaviour;
import dev.ringback.call.CallEvent;
import dev.ringback.config.KnownAccount;
import dev.ringback.journal.Fact;
import dev.ringback.play.Player;
import dev.ringback.play.Player.Performance;
import dev.ringback.runner.JournalDifference;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.server.WebApp;
import dev.ringback.voice.Direction;
import dev.ringback.yaml.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Whether a scenario of one call can say it: no faults, no switches, nobody met. */
  private static boolean canBeSaid(Performance performance) {
    return performance.calls().size() == 1
        && performance.calls().getFirst().over()
        && performance.calls().getFirst().call().facts().leg().direction() == Direction.INBOUND
        && performance.journal().stream()
            .noneMatch(e -> e.fact() instanceof Fact.Happened(CallEvent.MeetingChanged changed))
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

  /** What would play otherwise without its switches or faults is refused, not recorded by half. */
  @ParameterizedTest
  @CsvSource({
    "attributes/action-current-document.yaml, switches of `behaviour:`",
    "faults/dropped.yaml, a fault struck in the call"
  })
  void whatARecordingDoesNotCarryIsRefused(String name, String said) throws Exception {
    Performance first = player.play(ScenarioReader.read(Path.of("../scenarios").resolve(name)));
    BadInput refused =
        assertThrows(
            BadInput.class,
            () -> RecordedScenario.write(first.settings(), first.calls().getFirst(), List.of()));
    assertTrue(refused.toString().contains(said), refused::toString);
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

  /** Each is one change of the app; the recorded scenario names what it finds. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/voice | inboundTimeout='20' | inboundTimeout='21' | Conversation.inboundTimeout: expected 20",
        "/voice | inboundTimeout='20' | inboundTimeout='20' record='record-from-answer' | Conversation.record: expected absent",
        "/voice | inboundTimeout='20' | inboundTimeout='20' statusCallback='/s' | Conversation.statusCallback: expected absent",
        "/voice | action='/action' | action='/v2/x/action' | Connect.action: expected /action",
        "/voice | {app}/recorded | {app}/v2/recorded | Conversation.recordingStatusCallback: expected /^https?:..[^/]+/recorded$/",
        "/action | language='de-DE' | language='fr-FR' | Say[2].language: expected de-DE",
        "/action | >Bye< | >Good bye< | Say.text: expected Bye",
        "/action | /next< | /other< | Redirect.text: expected /next",
        "/action | <Pause length='2'/></Gather> | </Gather><Pause length='2'/> | answer.verbs",
      })
  void oneChangeOfTheAppIsFound(String path, String before, String after, String found)
      throws Exception {
    Map<String, String> documents = new HashMap<>();
    documents.put(
        "/voice",
        "<Response><Connect action='/action'><Conversation serviceInstanceSid='IS0123456789abcdef0123456789abcdef' inboundTimeout='20' recordingStatusCallback='{app}/recorded'/></Connect></Response>");
    documents.put(
        "/action",
        "<Response><Say>Bye</Say><Say language='de-DE'>Auf Wiederhören</Say><Gather timeout='1'><Pause length='2'/></Gather><Redirect>/next</Redirect></Response>");
    documents.put("/next", "<Response><Hangup/></Response>");
    documents.put("/other", "<Response><Hangup/></Response>");
    documents.put("/v2/x/action", "<Response><Hangup/></Response>");
    try (WebApp changing = new WebApp()) {
      documents.forEach((at, twiml) ->
          changing.at(
              at,
              r -> WebApp.twiml(documents.getOrDefault(at, "").replace("{app}", changing.url()))));
      ScenarioFile scenario =
          ScenarioReader.parse(
                  Path.of("../scenarios/results/x.yaml"),
                  """
                  scenario: changing
                  given:
                    conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice}]
                    cast: {alice: ignores}
                  when: [{call: {from: "+15558675310", to: "+15017122661"}}]
                  then: [{request: action}]
                  """)
              .getFirst();
      Player against = new Player(changing.url());
      Performance first = against.play(scenario);
      String recorded =
          RecordedScenario.write(first.settings(), first.calls().getFirst(), List.of());
      ScenarioFile again =
          ScenarioReader.parse(Path.of("../scenarios/results/y.yaml"), recorded)
              .getFirst()
              .withAccount(account(first));
      assertEquals(List.of(), against.play(again).verdict().failures(), recorded);
      assertTrue(documents.getOrDefault(path, "").contains(before), before);
      documents.put(path, documents.getOrDefault(path, "").replace(before, after));
      Performance second = against.play(again);
      assertTrue(
          second.verdict().failures().toString().contains(found),
          () -> found + " is not in " + second.verdict().failures());
    }
  }
}
