package dev.ringback.state;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.engine.ClockMode;
import dev.ringback.engine.History;
import dev.ringback.engine.WorldInput;
import dev.ringback.engine.WorldSettings;
import dev.ringback.voice.Landing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StateStoreTest {
  private static final Instant AT = Instant.parse("2026-01-01T09:00:00.123456789Z");
  private static final WorldSettings SETTINGS = WorldSettings.ofSeed(7, new ClockMode.Stepped());
  private static final WorldInput.Landed LANDED =
      new WorldInput.Landed(
          3,
          new Landing.Answered(200, "text/xml", "<Response>\r\n</Response>"),
          Duration.ofMillis(5));
  private static final RecordedRequest REQUEST =
      new RecordedRequest(
          "POST", "/sim/v1/calls?a=b", Map.of("host", "localhost"), "{\"ü\": 1}\n", true);

  @TempDir Path temp;
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  StateStoreTest() {}

  @BeforeEach
  void folder() {
    folder = temp.resolve("state");
  }

  private static List<History.Entry> entries(KeptWorld world) {
    List<History.Entry> entries = new ArrayList<>();
    world.forEachRemaining(entries::add);
    return entries;
  }

  private void writeOne() throws StateProblem {
    try (StateStore store = StateStore.open(folder)) {
      WorldLog log = store.begin(SETTINGS);
      log.took(AT, new WorldInput.Began(AT, AT));
      assertEquals(1, log.request(REQUEST));
      log.took(AT, new WorldInput.Submitted(1));
      log.took(AT.plusNanos(1), LANDED);
      log.sync();
    }
  }

  @Test
  void whatWasWrittenIsReadAgain() throws Exception {
    writeOne();
    try (StateStore store = StateStore.open(folder)) {
      KeptWorld world = store.worlds().getFirst();
      assertEquals(SETTINGS, world.settings());
      assertEquals(
          List.of(
              new History.Entry(AT, new WorldInput.Began(AT, AT)),
              new History.Entry(AT, new WorldInput.Submitted(1)),
              new History.Entry(AT.plusNanos(1), LANDED)),
          entries(world));
      assertEquals(REQUEST, world.request(1));
      assertEquals(2, world.log().request(REQUEST), "numbers go on");
    }
    assertEquals(
        PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(folder));
    assertEquals(
        PosixFilePermissions.fromString("rw-------"),
        Files.getPosixFilePermissions(folder.resolve("ringback.db")));
  }

  @Test
  void aWorldThatIsForgottenIsGone() throws Exception {
    writeOne();
    try (StateStore store = StateStore.open(folder)) {
      WorldSettings other = WorldSettings.ofSeed(8, new ClockMode.Stepped());
      store.begin(other);
      store.forget(SETTINGS.account().value());
      store.begin(SETTINGS);
      List<KeptWorld> worlds = store.worlds();
      assertEquals(List.of(other, SETTINGS), worlds.stream().map(KeptWorld::settings).toList());
      assertEquals(List.of(), entries(worlds.get(1)), "nothing of the one before");
    }
  }

  /** A full disk: nothing is acknowledged, nothing leaves, and all is well when there is room. */
  @Test
  void whatCannotBeWrittenIsSaidAndWrittenLater() throws Exception {
    writeOne();
    AtomicBoolean left = new AtomicBoolean();
    try (StateStore store = StateStore.open(folder)) {
      KeptWorld kept = store.worlds().getFirst();
      entries(kept);
      WorldLog log = kept.log();
      store.database().limit(1);
      log.request(new RecordedRequest("POST", "/", Map.of(), "x".repeat(100_000), true));
      log.whenDurable(() -> left.set(true));
      StateUnavailable refused = assertThrows(StateUnavailable.class, log::sync);
      assertTrue(String.valueOf(refused.getMessage()).contains("full"), refused::toString);
      assertTrue(String.valueOf(store.failure()).contains("free some space"), store::failure);
      assertTrue(!left.get());
      store.database().limit(1_000_000);
      await().atMost(20, SECONDS).until(left::get);
      log.sync();
      assertEquals(null, store.failure());
    }
    try (StateStore store = StateStore.open(folder)) {
      KeptWorld world = store.worlds().getFirst();
      entries(world);
      assertEquals(100_000, world.request(1 + 1).body().length());
    }
  }

  @Test
  void aRecordThatIsNotWhatWasWrittenIsNamed() throws Exception {
    writeOne();
    sql("UPDATE history SET lines = replace(lines, 'Submitted', 'Submittad')");
    try (StateStore store = StateStore.open(folder)) {
      KeptWorld world = store.worlds().getFirst();
      DamagedState damaged = assertThrows(DamagedState.class, () -> entries(world));
      assertTrue(
          String.valueOf(damaged.getMessage()).contains("of the history is damaged"),
          damaged::toString);
    }
  }

  @Test
  void nobodyElseMayUseIt() throws Exception {
    try (StateStore store = StateStore.open(folder)) {
      assertEquals(List.of(), store.worlds());
      refused("another Ringback uses the state");
    }
    StateStore.open(folder).close();
  }

  @Test
  void whatIsNotOursIsNotTouched() throws Exception {
    Files.createDirectories(folder);
    sql("CREATE TABLE precious (id INTEGER)");
    byte[] before = Files.readAllBytes(folder.resolve("ringback.db"));
    refused("is no state of Ringback's");
    assertEquals(
        new String(before, StandardCharsets.ISO_8859_1),
        Files.readString(folder.resolve("ringback.db"), StandardCharsets.ISO_8859_1));
    Files.writeString(
        folder.resolve("ringback.db"), "not a database at all, but a long text".repeat(99));
    refused("not a database");
  }

  @Test
  void aNewerFormatIsRefused() throws Exception {
    writeOne();
    sql("PRAGMA user_version = 99");
    refused("newer Ringback (format 99");
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    Files.writeString(folder, "a file");
    refused("cannot be written");
  }

  private void refused(String what) {
    StateProblem problem = assertThrows(StateProblem.class, () -> StateStore.open(folder));
    assertTrue(String.valueOf(problem.getMessage()).contains(what), problem::toString);
  }

  private void sql(String statement) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ringback.db"));
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
