package dev.ringback.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.cli.Commands;
import dev.ringback.cli.Commands.Run;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.History;
import dev.ringback.engine.WorldInput;
import dev.ringback.engine.WorldSettings;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ringback state}. */
@Timeout(60)
class StateCommandTest {
  private static final Instant AT = Instant.parse("2026-01-01T09:00:00Z");
  private static final int RECORDS = 40;

  @TempDir Path temp;
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  StateCommandTest() {}

  /** Two worlds; each line of the first is a record of its own. */
  @BeforeEach
  void state() throws Exception {
    folder = temp.resolve("state");
    try (StateStore store = StateStore.open(folder)) {
      for (long seed = 1; seed <= 2; seed++) {
        WorldLog log = store.begin(WorldSettings.ofSeed(seed, new ClockMode.Skipping()));
        log.took(AT, new WorldInput.Began(AT, AT));
        for (int i = 1; i < RECORDS; i++) {
          log.request(new RecordedRequest("POST", "/" + i, Map.of(), "x".repeat(300), true));
          log.sync();
          log.took(AT.plusSeconds(i), new WorldInput.Submitted(i));
          log.sync();
        }
      }
    }
  }

  private Run state(String... arguments) {
    List<String> all = new ArrayList<>(List.of("state"));
    all.addAll(List.of(arguments));
    return Commands.run(all.toArray(String[]::new));
  }

  private static List<List<History.Entry>> read(Path folder) throws Exception {
    List<List<History.Entry>> worlds = new ArrayList<>();
    try (StateStore store = StateStore.open(folder)) {
      for (KeptWorld world : store.worlds()) {
        List<History.Entry> entries = new ArrayList<>();
        world.forEachRemaining(entries::add);
        worlds.add(entries);
      }
    }
    return worlds;
  }

  @Test
  void whatIsExportedIsTheSameWhenItIsImported() throws Exception {
    Path file = temp.resolve("state.jsonl");
    Run exported = state("export", file.toString(), "--state", folder.toString());
    assertEquals(0, exported.exit(), exported.said());
    assertTrue(exported.out().contains("2 account(s)"), exported.out());
    Path other = temp.resolve("other");
    Run imported = state("import", file.toString(), "--state", other.toString());
    assertEquals(0, imported.exit(), imported.said());
    List<List<History.Entry>> worlds = read(other);
    assertEquals(read(folder), worlds);
    assertEquals(RECORDS, worlds.getFirst().size());
    // And once more it is refused, and harms nothing.
    Run again = state("import", file.toString(), "--state", other.toString());
    assertEquals(2, again.exit(), again.said());
    assertTrue(again.said().contains("has a state already"), again.said());
    assertEquals(worlds, read(other));
  }

  @Test
  void aFileThatIsNotWholeIsRefusedAndOthersCannotReadOne() throws Exception {
    Path file = temp.resolve("state.jsonl");
    assertEquals(0, state("export", file.toString(), "--state", folder.toString()).exit());
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    List<String> lines = Files.readAllLines(file);
    List<List<String>> wrong = new ArrayList<>();
    wrong.add(lines.subList(0, lines.size() - 1));
    wrong.add(lines.subList(0, lines.size() / 2));
    List<String> twice = new ArrayList<>(lines.subList(0, lines.size() - 1));
    twice.add(lines.get(1));
    wrong.add(twice);
    List<String> nothing = new ArrayList<>(lines);
    nothing.add(3, "null");
    wrong.add(nothing);
    for (List<String> text : wrong) {
      Files.write(file, text);
      Path other = temp.resolve("other");
      Run run = state("import", file.toString(), "--state", other.toString());
      assertEquals(2, run.exit(), run.said());
      assertTrue(run.said().contains("line "), run.said());
      assertEquals(List.of(), read(other));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM history WHERE world = 1 AND number = 9",
        "UPDATE history SET number = number + 100 WHERE world = 1 AND number = 9"
      })
  void aRecordThatIsMissingIsFoundAndSaid(String loss) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ringback.db"));
        Statement sql = connection.createStatement()) {
      assertEquals(1, sql.executeUpdate(loss));
    }
    Run export = state("export", temp.resolve("x").toString(), "--state", folder.toString());
    assertEquals(2, export.exit(), export.said());
    assertTrue(export.said().contains("record 9 of the history is damaged"), export.said());
    assertTrue(!Files.exists(temp.resolve("x")));
    Run repair = state("repair", "--state", folder.toString());
    assertEquals(1, repair.exit(), repair.said());
    assertEquals(
        PosixFilePermissions.fromString("rw-------"),
        Files.getPosixFilePermissions(folder.resolve("ringback.db")));
    assertEquals(2, read(folder).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"ringbackState\":2}",
        "no json",
        "{\"ringbackState\":1}\n{\"at\":null}",
        "{\"ringbackState\":1}\n{\"world\":\"AC\",\"settings\":{}}",
        "{\"ringbackState\":1}\n{\"world\":"
      })
  void whatIsNoStateIsRefusedWithItsLine(String text) throws Exception {
    Path file = Files.writeString(temp.resolve("wrong.jsonl"), text);
    Path other = temp.resolve("other");
    Run run = state("import", file.toString(), "--state", other.toString());
    assertEquals(2, run.exit(), run.said());
    assertTrue(run.said().contains("line "), run.said());
    assertEquals(List.of(), read(other));
  }

  @Test
  void whatIsDamagedIsSavedAsFarAsItCanBe() throws Exception {
    List<List<History.Entry>> before = read(folder);
    Run nothing = state("repair", "--state", folder.toString());
    assertEquals(0, nothing.exit(), nothing.said());
    assertTrue(nothing.out().contains("nothing is damaged"), nothing.out());
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ringback.db"));
        Statement sql = connection.createStatement()) {
      assertEquals(
          1,
          sql.executeUpdate(
              "UPDATE history SET lines = replace(lines, '/9\"', '/8\"') WHERE world = 1 AND CAST(lines AS TEXT) LIKE '%\"/9\"%'"));
    }
    Run export = state("export", temp.resolve("x").toString(), "--state", folder.toString());
    assertEquals(2, export.exit(), export.said());
    assertTrue(export.said().contains("is damaged"), export.said());
    Run repair = state("repair", "--state", folder.toString());
    assertEquals(1, repair.exit(), repair.said());
    assertTrue(repair.out().contains("after it are lost"), repair.out());
    List<List<History.Entry>> after = read(folder);
    assertEquals(before.get(1), after.get(1), "the other world is whole");
    int kept = after.getFirst().size();
    assertTrue(kept > 0 && kept < RECORDS, "" + kept);
    assertEquals(before.getFirst().subList(0, kept), after.getFirst());
    assertTrue(Files.exists(folder.resolve("ringback.db.damaged")));
  }

  /** What a process that was killed had acknowledged is in the write-ahead log alone. */
  @Test
  void anEndThatIsMissingIsSaid() throws Exception {
    Path copy = Files.createDirectory(temp.resolve("copy"));
    try (StateStore store = StateStore.open(folder)) {
      KeptWorld world = store.worlds().getFirst();
      world.forEachRemaining(entry -> {});
      for (int i = 0; i < 20; i++) {
        world.log().request(new RecordedRequest("POST", "/more" + i, Map.of(), "", true));
        world.log().sync();
      }
      for (String file : List.of("ringback.db", "ringback.db-wal", "lock")) {
        Files.copy(folder.resolve(file), copy.resolve(file)); // as a crash leaves them
      }
    }
    long length = Files.size(copy.resolve("ringback.db-wal"));
    assertTrue(length > 10_000, "" + length);
    try (RandomAccessFile torn =
        new RandomAccessFile(copy.resolve("ringback.db-wal").toFile(), "rw")) {
      torn.setLength(length - 9_000);
    }
    Run export = state("export", temp.resolve("x").toString(), "--state", copy.toString());
    assertEquals(2, export.exit(), export.said());
    assertTrue(export.said().contains("the end of the state is missing"), export.said());
    Run repair = state("repair", "--state", copy.toString());
    assertEquals(1, repair.exit(), repair.said());
    assertEquals(2, read(copy).size());
  }

  /** Whatever byte of the file is another: nothing is silently wrong, nothing has a stack trace. */
  @Test
  void noFlippedByteGoesUnseen() throws Exception {
    List<List<History.Entry>> before = read(folder);
    byte[] whole = Files.readAllBytes(folder.resolve("ringback.db"));
    for (int at = 5; at < whole.length; at += whole.length / 60) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x55;
      Files.write(folder.resolve("ringback.db"), flipped);
      for (String more : List.of("-wal", "-shm")) {
        Files.deleteIfExists(folder.resolve("ringback.db" + more));
      }
      try {
        assertEquals(before, read(folder), "byte " + at);
      } catch (StateProblem | DamagedState e) {
        Run repair = state("repair", "--state", folder.toString());
        assertTrue(List.of(0, 1, 2).contains(repair.exit()), repair.said());
        assertTrue(!repair.said().contains("\tat "), repair.said());
      }
      Files.write(folder.resolve("ringback.db"), whole);
    }
  }

  @Test
  void aTornFileIsRefusedOrLacksNothingUnsaid() throws Exception {
    List<List<History.Entry>> before = read(folder);
    Path file = folder.resolve("ringback.db");
    long length = Files.size(file);
    try (RandomAccessFile torn = new RandomAccessFile(file.toFile(), "rw")) {
      torn.setLength(length / 2 + 100);
    }
    try {
      assertEquals(before, read(folder));
    } catch (StateProblem | DamagedState e) {
      Run repair = state("repair", "--state", folder.toString());
      assertTrue(repair.exit() == 1 || repair.exit() == 2, repair.said());
    }
  }

  /** Before anything is served. */
  @Test
  void serveRefusesWhatItCannotGoOnWith() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");
    for (String[] arguments :
        List.of(
            new String[] {"serve", "--port", "0", "--state", file.toString()},
            new String[] {"serve", "--port", "0", "--state", ""},
            new String[] {"serve", "--port", "0", "--import", file.toString()},
            new String[] {"serve", "--port", "0", "--seed", "77", "--state", folder.toString()})) {
      Run run = Commands.run(arguments);
      assertEquals(2, run.exit(), () -> String.join(" ", arguments) + run.said());
      assertTrue(run.err().startsWith("ringback: "), run.said());
    }
    try (StateStore store = StateStore.open(folder)) {
      Run run = Commands.run("serve", "--port", "0", "--state", folder.toString());
      assertEquals(2, run.exit(), run.said());
      assertTrue(run.said().contains("another Ringback uses the state"), run.said());
      assertEquals(2, store.worlds().size());
    }
  }

  @Test
  void whatIsMissingIsSaid() {
    Path nowhere = temp.resolve("nowhere");
    for (String[] arguments :
        List.of(
            new String[] {"export", "x", "--state", nowhere.toString()},
            new String[] {"import", nowhere.toString(), "--state", temp.resolve("n").toString()},
            new String[] {"repair", "--state", nowhere.toString()},
            new String[] {"repair", "x", "--state", folder.toString()},
            new String[] {"export", "--state", folder.toString()},
            new String[] {"mend", "--state", folder.toString()},
            new String[] {"repair"})) {
      Run run = state(arguments);
      assertEquals(2, run.exit(), () -> String.join(" ", arguments) + run.said());
    }
  }
}
