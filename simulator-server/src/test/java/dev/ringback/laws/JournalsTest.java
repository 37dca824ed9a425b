package dev.ringback.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.advisor.AdvisorLine;
import com.sun.net.httpserver.HttpServer;
import dev.ringback.engine.World;
import dev.ringback.journal.JournalEntry;
import dev.ringback.json.JournalJson;
import dev.ringback.play.Player;
import dev.ringback.scenariofile.ScenarioReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The journals of all shipped scenarios and of 500 seeded random calls are, byte for byte, the ones
 * that were recorded: whoever changes how the engine is built sees whether it behaves as before.
 * What is recorded are digests; with {@code -Dringback.journals=write} they are recorded anew, and
 * the journals themselves are always in {@code target/journals}, to be compared with those of
 * another checkout.
 */
@Timeout(120)
class JournalsTest {
  private static final Path SCENARIOS = Path.of("..", "scenarios");
  private static final Path RECORDED = Path.of("src/test/resources/dev/ringback/laws");
  private static final Path JOURNALS = Path.of("target", "journals");
  private static final int RANDOM_CALLS = 500;

  @Test
  void theShippedScenariosLeaveTheRecordedJournals() throws Exception {
    Map<String, String> journals = new TreeMap<>();
    HttpServer app = AdvisorLine.start(0);
    try (Stream<Path> files = Files.walk(SCENARIOS)) {
      Player player = new Player("http://localhost:" + app.getAddress().getPort());
      List<Path> scenarios =
          files
              .filter(f -> f.toString().endsWith(".yaml") && !f.toString().contains("apps"))
              .sorted()
              .toList();
      for (Path file : scenarios) {
        String name = SCENARIOS.relativize(file).toString().replace('\\', '/');
        List<JournalEntry> journal = player.play(ScenarioReader.read(file)).journal();
        journals.put(name, text(journal).replaceAll("localhost:\\d+", "localhost"));
      }
    } finally {
      app.stop(0);
    }
    compare("scenarios", journals);
  }

  @Test
  void randomCallsLeaveTheRecordedJournals() throws Exception {
    Map<String, String> journals = new TreeMap<>();
    for (int seed = 0; seed < RANDOM_CALLS; seed++) {
      RandomCalls calls = new RandomCalls(seed);
      try (World world = calls.world()) {
        calls.begin();
        journals.put("seed-%03d".formatted(seed), text(world.journal().all()));
      }
    }
    compare("random-calls", journals);
  }

  private static String text(List<JournalEntry> journal) {
    return journal.stream().map(JournalJson::write).collect(Collectors.joining("\n", "", "\n"));
  }

  private static void compare(String sort, Map<String, String> journals)
      throws IOException, NoSuchAlgorithmException {
    List<String> digests = new ArrayList<>();
    for (Map.Entry<String, String> journal : journals.entrySet()) {
      Path kept = JOURNALS.resolve(sort).resolve(journal.getKey() + ".ndjson");
      Files.createDirectories(kept.getParent());
      Files.writeString(kept, journal.getValue());
      digests.add(digest(journal.getValue()) + "  " + journal.getKey());
    }
    Path recorded = RECORDED.resolve(sort + ".sha256");
    if ("write".equals(System.getProperty("ringback.journals"))) {
      Files.write(recorded, digests);
    }
    assertEquals(
        String.join("\n", Files.readAllLines(recorded)),
        String.join("\n", digests),
        "what differs is in " + JOURNALS.resolve(sort));
  }

  private static String digest(String text) throws NoSuchAlgorithmException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }
}
