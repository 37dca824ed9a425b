package dev.ringback.runner;

import dev.ringback.json.JournalJson;
import dev.ringback.scenariofile.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What earlier runs in this folder took, and which scenarios failed in the last one: {@code
 * .ringback/last-run.json}. It is for {@code --last-failed} and for balanced shards; CI may keep
 * the folder between runs, and need not.
 */
public final class RunHistory {
  /** Of this project; tests of Ringback itself have one a process. */
  private static final Path FOLDER = Path.of(System.getProperty("ringback.history", ".ringback"));

  private static final String NAME = "last-run.json";

  /** Of a scenario that has not been played yet. */
  private static final long USUAL_MILLIS = 10;

  private final Map<String, Long> millis = new LinkedHashMap<>();
  private final Set<String> failed = new LinkedHashSet<>();

  private RunHistory() {}

  /** The scenario's name in the record. */
  static String key(ScenarioFile scenario) {
    Path here = Path.of("").toAbsolutePath();
    Path file = scenario.file().toAbsolutePath().normalize();
    return (file.startsWith(here) ? here.relativize(file) : file) + "#" + scenario.name();
  }

  /** As it was left; without a record that can be read, empty. */
  public static RunHistory read() {
    RunHistory history = new RunHistory();
    try {
      JsonNode root = JournalJson.mapper().readTree(Files.readString(FOLDER.resolve(NAME)));
      root.path("millis")
          .properties()
          .forEach(e -> history.millis.put(e.getKey(), e.getValue().asLong()));
      root.path("failed").forEach(key -> history.failed.add(key.asString()));
    } catch (IOException | JacksonException e) {
      return new RunHistory();
    }
    return history;
  }

  /** Those that failed in the last run. */
  public Set<String> failed() {
    return failed;
  }

  long expectedMillis(ScenarioFile scenario) {
    return millis.getOrDefault(key(scenario), USUAL_MILLIS);
  }

  /**
   * Takes note of a run, and writes it down where the folder can be written to.
   *
   * @param whole whether it was no shard; one of several leaves the durations and the failures as
   *     they are and adds to them, so that all are cut from the same record and no scenario falls
   *     between two
   */
  public void write(List<Outcome> outcomes, boolean whole) {
    for (Outcome outcome : outcomes) {
      String key = key(outcome.file());
      if (whole) {
        failed.remove(key);
      }
      if (outcome.played() && whole) {
        millis.put(key, Math.max(1, outcome.last().took().toMillis()));
      }
      if (!outcome.passed()) {
        failed.add(key);
      }
    }
    ObjectNode root = JournalJson.mapper().createObjectNode();
    ObjectNode durations = root.putObject("millis");
    millis.forEach(durations::put);
    failed.forEach(root.putArray("failed")::add);
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(".gitignore"), "*\n");
      Path unfinished = Files.createTempFile(FOLDER, "run", ".json");
      Files.writeString(unfinished, root.toPrettyString());
      Files.move(
          unfinished, FOLDER.resolve(NAME), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // A folder that cannot be written to has no record; nothing depends on it.
    }
  }
}
