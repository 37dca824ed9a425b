package dev.ringback.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpServer;
import dev.ringback.cast.CallParty;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.cli.Commands;
import dev.ringback.cli.Commands.Run;
import dev.ringback.config.ConfigFile;
import dev.ringback.config.WorldDraft;
import dev.ringback.engine.CallRecord;
import dev.ringback.engine.Placed;
import dev.ringback.engine.Placement;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.id.Sid;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.JournalEntry;
import dev.ringback.json.JournalJson;
import dev.ringback.play.Player;
import dev.ringback.play.Player.Performance;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.server.RingbackServer;
import dev.ringback.voice.Act;
import dev.ringback.voice.RequestKind;
import dev.ringback.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same call until an instant, byte for byte, and another one afterwards. */
@Timeout(60)
class ForkTest {
  @TempDir Path folder;
  private HttpServer app;
  private String url;

  @SuppressWarnings("NullAway.Init")
  ForkTest() {}

  @BeforeEach
  void start() throws Exception {
    app = AdvisorLine.start(0);
    url = "http://localhost:" + app.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    app.stop(0);
  }

  private static List<String> lines(List<JournalEntry> entries, Instant before) {
    return entries.stream().filter(e -> e.at().isBefore(before)).map(JournalJson::write).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12, 19, 22, 30, 33})
  void theJournalIsTheSameUntilThen(int second) throws Exception {
    Performance played =
        new Player(url)
            .play(ScenarioReader.read(Path.of("../scenarios/results/dialed-call-incomplete.yaml")));
    CallRecord record = played.calls().getFirst();
    Instant start = record.call().facts().leg().startedAt();
    Instant then = start.plusSeconds(second);
    CallRecord forked =
        Fork.of(
            played.settings(),
            record,
            List.of(
                new ScriptStep(
                    Duration.ofSeconds(second),
                    new ScriptStep.Does(CallParty.CUSTOMER, new Act.HangUp()))));
    assertTrue(forked.over());
    assertTrue(lines(record.entries(), then).size() > 3);
    assertEquals(lines(record.entries(), then), lines(forked.entries(), then));
    assertEquals(then, forked.call().facts().leg().endedAt());
    assertNotEquals(then, record.call().facts().leg().endedAt());
  }

  @Test
  void theAppIsAskedOnlyAfterwards() throws Exception {
    Performance played =
        new Player(url)
            .play(ScenarioReader.read(Path.of("../scenarios/results/dialed-call-incomplete.yaml")));
    CallRecord forked =
        Fork.of(
            played.settings(),
            played.calls().getFirst(),
            List.of(
                new ScriptStep(
                    Duration.ofSeconds(10),
                    new ScriptStep.Does(CallParty.WORKER, new Act.Answer()))));
    assertEquals(
        "session-success",
        Exchanges.of(forked.entries()).stream()
            .filter(e -> e.kind() == RequestKind.ACTION)
            .findFirst()
            .orElseThrow()
            .request()
            .form()
            .value("Result")
            .orElse(""));
    assertEquals(1, forked.wallTimes().size(), "what was asked before was not asked again");
  }

  /** Over the control API and the command line, beside a server that goes on. */
  @Test
  void aCallOfAServer() throws Exception {
    String yaml =
        """
        server: {port: 0, voices: tones}
        clock: {mode: skipping}
        numbers: [{number: "%s", voiceUrl: "%s/voice?inboundTimeout=20"}]
        workers: [{identity: alice, cast: ignores}]
        """
            .formatted(WorldFixture.NUMBER, url);
    try (RingbackServer server =
        RingbackServer.start(
            ConfigFile.read(Yaml.parse("ringback.yaml", yaml)), seed -> new WorldDraft())) {
      Sid call =
          ((Placed.Ringing)
                  server
                      .world()
                      .place(
                          new Placement.ByCustomer(
                              WorldFixture.CUSTOMER, WorldFixture.NUMBER, Script.NO_DIRECTIONS))
                      .join())
              .call();
      server.world().whenOver(call).get(20, TimeUnit.SECONDS);
      Run run =
          Commands.run(
              "fork",
              call.value(),
              "--at",
              "8s",
              "--do",
              "{party: worker, act: answer}",
              "--server",
              server.url());
      assertEquals(0, run.exit(), run::said);
      assertTrue(run.out().contains("00:08.000  worker   client:alice answers"), run.out());
      assertTrue(run.out().contains("Result=session-success"), run.out());
      Run explained = Commands.run("explain", call.value(), "--server", server.url());
      assertEquals(0, explained.exit(), explained::said);
      List<String> turns = explained.out().lines().toList();
      assertTrue(
          turns.contains("  00:20.000  the dialled leg is no-answer: nobody answered in time"),
          explained.out());
      assertTrue(
          turns.contains(
              "             “The intended recipient did not answer the call before the timeout period ended.” (docs/voice/twiml/connect/conversation, DialCallStatus)"),
          explained.out());
      assertTrue(
          turns.contains("  00:20.000  so the session's Result is dialed-call-incomplete"),
          explained.out());
      assertTrue(turns.getFirst().contains("asked for voice at"), explained.out());
      assertTrue(explained.out().contains("the call ends completed: "), explained.out());
      Run wrong =
          Commands.run(
              "fork", call.value(), "--at", "8s", "--do", "{act: hagup}", "--server", server.url());
      assertEquals(2, wrong.exit());
      assertTrue(wrong.err().contains("did you mean 'hangup'?"), wrong.err());

      Path file = folder.resolve("recorded.yaml");
      Run recorded =
          Commands.run("record", call.value(), "--server", server.url(), "-o", file.toString());
      assertEquals(0, recorded.exit(), recorded::said);
      assertTrue(Files.readString(file).contains("Result: dialed-call-incomplete"));
      Run again = Commands.run("run", file.toString(), "--app", url, "--port", "0");
      assertEquals(0, again.exit(), again::said);
      Files.writeString(
          file,
          Files.readString(file)
              .replace("Conversation.inboundTimeout: 20", "Conversation.inboundTimeout: 21"));
      Run other = Commands.run("run", file.toString(), "--app", url, "--port", "0");
      assertEquals(1, other.exit());
      assertTrue(
          other.out().contains("voice: answer.attributes.Conversation.inboundTimeout: expected 21"),
          other.out());
    }
  }

  @Test
  void aCallThatIsNotThere() throws Exception {
    try (RingbackServer server =
        RingbackServer.start(
            ConfigFile.read(Yaml.parse("ringback.yaml", "server: {port: 0, voices: tones}")),
            seed -> new WorldDraft())) {
      String sid = "CA" + "0".repeat(32);
      for (List<String> command :
          List.of(
              List.of("record", sid, "-o", folder.resolve("x.yaml").toString()),
              List.of("explain", sid),
              List.of("fork", sid, "--at", "1s", "--do", "{act: hangup}"))) {
        List<String> all = new java.util.ArrayList<>(command);
        all.addAll(List.of("--server", server.url()));
        Run run = Commands.run(all.toArray(String[]::new));
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("there is no call " + sid), run.err());
      }
    }
  }
}
