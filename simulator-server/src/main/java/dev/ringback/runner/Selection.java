package dev.ringback.runner;

import dev.ringback.scenariofile.ScenarioFile;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which scenarios are played.
 *
 * @param grep is found in the title or the file's name; null: any
 * @param tags of which it has one, and none of those behind a {@code !}; empty: any
 * @param only by {@link RunHistory#key}; null: any
 */
public record Selection(@Nullable Pattern grep, List<String> tags, @Nullable Set<String> only) {

  public List<ScenarioFile> of(List<ScenarioFile> all) {
    return all.stream().filter(this::takes).toList();
  }

  private boolean takes(ScenarioFile scenario) {
    return (grep == null
            || grep.matcher(scenario.name()).find()
            || grep.matcher(scenario.file().toString()).find())
        && (only == null || only.contains(RunHistory.key(scenario)))
        && hasTags(scenario.tags());
  }

  private boolean hasTags(Set<String> of) {
    List<String> wanted = tags.stream().filter(tag -> !tag.startsWith("!")).toList();
    boolean unwanted =
        tags.stream().anyMatch(tag -> tag.startsWith("!") && of.contains(tag.substring(1)));
    return !unwanted && (wanted.isEmpty() || wanted.stream().anyMatch(of::contains));
  }
}
