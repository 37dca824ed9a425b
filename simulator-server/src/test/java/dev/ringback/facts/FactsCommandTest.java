package dev.ringback.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cli.Commands;
import dev.ringback.cli.Commands.Run;
import dev.ringback.json.JournalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code ringback facts}. */
class FactsCommandTest {
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  FactsCommandTest() {}

  @Test
  void theTableIsPrintedAndSearched() {
    Run all = Commands.run("facts", "--json");
    assertEquals(0, all.exit());
    JsonNode facts = JournalJson.mapper().readTree(all.out());
    assertEquals(Facts.all().size(), facts.size());
    JsonNode first = facts.get(0);
    for (String key : new String[] {"id", "line", "kind", "source", "status"}) {
      assertTrue(first.path(key).isString(), first::toString);
    }
    Run some = Commands.run("facts", "--grep", "^headers\\.user-agent");
    assertTrue(some.out().startsWith("headers.user-agent  holds\n"), some::out);
    assertTrue(some.out().endsWith("\n1 facts\n"), some::out);
    Run different = Commands.run("facts", "-g", " differs ");
    assertTrue(different.out().contains("    because "), different::out);
    assertEquals("0 facts\n", Commands.run("facts", "--grep", "no such thing").out());
  }

  private Path journal() throws IOException {
    Run run =
        Commands.run(
            "run",
            "../scenarios/results/dialed-call-incomplete.yaml",
            "--journal",
            folder.toString());
    assertEquals(0, run.exit(), run::toString);
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
  }

  @Test
  void aCallConfirmsFactsOrContradictsThem() throws IOException {
    Path journal = journal();
    Run confirmed = Commands.run("facts", "check", journal.toString());
    assertEquals(0, confirmed.exit(), confirmed::toString);
    assertTrue(confirmed.out().contains("confirms  parameters.call-sid  "), confirmed::out);
    assertTrue(confirmed.out().contains("confirms  dial.dial-call-status  "), confirmed::out);
    assertTrue(confirmed.out().contains(" 0 contradicted, 0 things"), confirmed::out);

    Path other = folder.resolve("other.jsonl");
    Files.writeString(
        other,
        Files.readString(journal)
            .replace(
                "{\"name\":\"ApiVersion\",\"value\":\"2010-04-01\"}",
                "{\"name\":\"ApiVersion\",\"value\":\"2008-08-01\"},{\"name\":\"Ahead\",\"value\":\"x\"}"));
    Run contradicted = Commands.run("facts", "check", other.toString());
    assertEquals(1, contradicted.exit(), contradicted::toString);
    assertTrue(
        contradicted.out().contains("contradicts  parameters.api-version  in request 1, POST "),
        contradicted::out);
    assertTrue(contradicted.out().contains("    came: ApiVersion=2008-08-01\n"), contradicted::out);
    assertTrue(
        contradicted.out().contains("contradicts  parameters.order  in request 1"),
        contradicted::out);
    assertTrue(
        contradicted.out().contains("adds  the parameter Ahead of request 1"), contradicted::out);
    JsonNode json =
        JournalJson.mapper()
            .readTree(Commands.run("facts", "check", other.toString(), "--json").out());
    assertEquals(
        "ApiVersion=2008-08-01", json.path("contradicted").get(0).path("found").asString());
  }

  @Test
  void wrongUseIsSaid() throws IOException {
    assertEquals(2, Commands.run("facts", "check", folder.resolve("none").toString()).exit());
    assertEquals(2, Commands.run("facts", "check").exit());
    assertEquals(2, Commands.run("facts", "chekc", "x").exit());
    assertEquals(2, Commands.run("facts", "--grep", "(").exit());
    Path text = Files.writeString(folder.resolve("x.txt"), "hello\n");
    assertEquals(2, Commands.run("facts", "check", text.toString()).exit());
  }
}
