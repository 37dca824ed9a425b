package dev.ringback.cli;

import dev.ringback.runner.RunHistory;
import dev.ringback.runner.Selection;
import dev.ringback.runner.Shard;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.yaml.BadInput;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the scenarios are played. */
final class SelectionOptions {
  @Option(
      names = {"-g", "--grep"},
      paramLabel = "RE",
      description = "only those in whose title or file name the regular expression is found")
  @Nullable String grep;

  @Option(
      names = "--tag",
      paramLabel = "T",
      description =
          "only those with this tag; may be repeated: with one of them; '!T': only those without")
  List<String> tags = new ArrayList<>();

  @Option(
      names = "--last-failed",
      description =
          "only those that failed in the last run in this folder (.ringback/last-run.json)")
  boolean lastFailed;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description =
          "only the I-th of N parts; they are balanced by what earlier runs in this folder took")
  @Nullable String shard;

  /** Refuses what cannot be read, before any file is. */
  void check() throws BadInput {
    pattern();
    part();
  }

  List<ScenarioFile> of(List<ScenarioFile> all, RunHistory history) throws BadInput {
    Selection selection = new Selection(pattern(), tags, lastFailed ? history.failed() : null);
    List<ScenarioFile> selected = selection.of(all);
    if (selected.isEmpty()) {
      throw WorldOptions.wrong(
          lastFailed ? "--last-failed" : grep != null ? "--grep" : "--tag",
          lastFailed && history.failed().isEmpty()
              ? "no scenario failed in the last run in this folder"
              : "fits none of the %d scenarios".formatted(all.size()));
    }
    return part().of(selected, history);
  }

  private @Nullable Pattern pattern() throws BadInput {
    try {
      return grep == null ? null : Pattern.compile(grep);
    } catch (PatternSyntaxException e) {
      throw WorldOptions.wrong("--grep", "is not a regular expression: " + e.getDescription());
    }
  }

  /** The part that is played. */
  Shard part() throws BadInput {
    if (shard == null) {
      return Shard.ALL;
    }
    String text = shard;
    Shard part =
        Shard.parse(text)
            .orElseThrow(() ->
                WorldOptions.wrong("--shard", "must be I/N, such as 1/4, not '" + text + "'"));
    if (part.part() > part.parts()) {
      throw WorldOptions.wrong("--shard", "has no part " + part.part() + " of " + part.parts());
    }
    return part;
  }
}
