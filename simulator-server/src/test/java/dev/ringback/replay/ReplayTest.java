package dev.ringback.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cli.Commands;
import dev.ringback.cli.Commands.Run;
import dev.ringback.fixture.WorldFixture;
import dev.ringback.server.WebApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal once more: the same of the same app, and the first difference of another. */
@Timeout(60)
class ReplayTest {
  @TempDir Path folder;
  private WebApp app;
  private Path journal;

  @SuppressWarnings("NullAway.Init")
  ReplayTest() {}

  @BeforeEach
  void play() throws Exception {
    app =
        new WebApp()
            .at("/voice", WorldFixture.connect("inboundTimeout='20'"))
            .at("/action", "<Response><Say>Bye</Say><Hangup/></Response>");
    Path scenario =
        Files.writeString(
            folder.resolve("scenario.yaml"),
            """
            scenario: nobody answers
            given:
              conversations: [{customer: "+15558675310", number: "+15017122661", worker: alice}]
              cast: {alice: ignores}
            when: [{call: {from: "+15558675310", to: "+15017122661"}}]
            then: [{request: action}]
            """);
    Run run =
        Commands.run(
            "run",
            scenario.toString(),
            "--app",
            app.url(),
            "--port",
            "0",
            "--journal",
            folder.resolve("journals").toString());
    assertEquals(0, run.exit(), run::said);
    try (var files = Files.list(folder.resolve("journals"))) {
      journal = files.findFirst().orElseThrow();
    }
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private Run replay(String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("replay", journal.toString(), "--app", app.url(), "--port", "0"));
    arguments.addAll(List.of(options));
    return Commands.run(arguments.toArray(String[]::new));
  }

  @Test
  void theSameAppIsTheSame() {
    Run run = replay();
    assertEquals(0, run.exit(), run::said);
    assertTrue(run.out().contains("1 the same, 0 different"), run.out());
  }

  @Test
  void anAppThatMovedIsTheSame() throws Exception {
    try (WebApp elsewhere =
        new WebApp()
            .at("/voice", WorldFixture.connect("inboundTimeout='20'"))
            .at("/action", "<Response>\n  <Say>Bye</Say><Hangup/></Response>")) {
      // White space between elements is no difference.
      assertEquals(
          0,
          Commands.run("replay", journal.toString(), "--app", elsewhere.url(), "--port", "0")
              .exit());
    }
  }

  @Test
  void theFirstDifferenceIsNamed() {
    app.at("/voice", WorldFixture.connect("inboundTimeout='21'"));
    Run run = replay();
    assertEquals(1, run.exit());
    assertTrue(
        run.out().contains("≠ answer.Conversation.inboundTimeout: was '20', is now '21'"),
        run.out());
    app.at("/voice", WorldFixture.connect("inboundTimeout='20'"))
        .at("/action", "<Response><Say>Good bye</Say><Hangup/></Response>");
    assertTrue(replay().out().contains("≠ text of answer.Say: was 'Bye', is now 'Good bye'"));
    app.at("/action", r -> new MockResponse.Builder().code(503).build());
    assertTrue(replay().out().contains("≠ answer.status: was '200', is now '503'"));
    app.at("/action", "<Response><Gather/></Response>");
    assertTrue(
        replay().out().contains("≠ answer, element 2: was 'Say', is now 'Gather'"), replay().out());
  }

  @Test
  void whatIsAskedMoreOrLess() {
    app.at("/action", "<Response><Redirect>/more</Redirect></Response>")
        .at("/more", "<Response><Hangup/></Response>");
    Run run = replay();
    assertTrue(run.out().contains("request 2, action"), run.out());
    Run updated = replay("--update");
    assertEquals(0, updated.exit());
    app.at("/action", "<Response><Hangup/></Response>");
    assertTrue(replay().out().contains("≠ answer, element 2: was 'Redirect', is now 'Hangup'"));
  }

  @Test
  void anUpdateKeepsRemarks() throws Exception {
    List<String> lines = new ArrayList<>(Files.readAllLines(journal));
    lines.add(0, "# the call of Ann");
    lines.add(3, "# here the worker rings");
    Files.write(journal, lines);
    assertEquals(0, replay().exit());
    app.at("/voice", WorldFixture.connect("inboundTimeout='21'"));
    assertEquals(1, replay().exit());
    assertEquals(0, replay("--update").exit());
    assertEquals(0, replay().exit(), "the new behaviour is in the file");
    List<String> after = Files.readAllLines(journal);
    assertTrue(after.contains("# the call of Ann"));
    assertEquals("# here the worker rings", after.get(3));
  }

  @Test
  void aFolderIsASuite() throws Exception {
    Files.copy(journal, folder.resolve("journals/again.jsonl"));
    Run run = Commands.run("replay", folder.resolve("journals").toString(), "--app", app.url());
    assertEquals(0, run.exit(), run::said);
    assertTrue(run.out().contains("2 the same, 0 different"), run.out());
  }

  @Test
  void whatIsNoJournalIsExitTwo() throws Exception {
    Path bad = folder.resolve("bad.jsonl");
    for (List<String> each :
        List.of(
            List.of("", "bad.jsonl: it is no journal that can be replayed"),
            List.of("{\"number\":1}\n", "bad.jsonl:1: it is no journal that can be replayed"),
            List.of(
                Files.readAllLines(journal).getFirst() + "\nnonsense\n",
                "bad.jsonl:2: this line is no entry of a journal"),
            List.of(
                Files.readAllLines(journal).getFirst().replace("\"version\":1", "\"version\":9"),
                "bad.jsonl:1: it is of version 9; this Ringback reads version 1"))) {
      Files.writeString(bad, each.get(0));
      Run run = Commands.run("replay", bad.toString(), "--app", app.url());
      assertEquals(2, run.exit(), each.get(1));
      assertTrue(run.err().contains(each.get(1)), run.err());
    }
    assertEquals(2, Commands.run("replay", folder.resolve("none.jsonl").toString()).exit());
  }
}
