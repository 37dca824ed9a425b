package dev.ringback.runner;

import dev.ringback.report.Printable;
import dev.ringback.scenario.Coverage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What GitHub Actions shows beside the code and above the log: an annotation for each failure, and
 * a table in the summary of the step.
 */
public final class GitHubReport implements Report {
  private static final int MOST_ROWS = 200;

  private final PrintWriter out;
  private final @Nullable Path summary;

  private GitHubReport(PrintWriter out, @Nullable Path summary) {
    this.out = out;
    this.summary = summary;
  }

  /** Whether the variables of GitHub Actions are set. */
  public static boolean isWanted(Map<String, String> environment) {
    return "true".equals(environment.get("GITHUB_ACTIONS"));
  }

  /**
   * @param environment with {@code GITHUB_STEP_SUMMARY}
   * @param out which the runner reads
   */
  public static GitHubReport of(Map<String, String> environment, PrintWriter out) {
    String file = environment.getOrDefault("GITHUB_STEP_SUMMARY", "");
    return new GitHubReport(out, file.isEmpty() ? null : Path.of(file));
  }

  @Override
  public void played(Outcome outcome) {
    if (outcome.played() && !outcome.passed()) {
      out.println(
          "::error file=%s,line=%d,title=%s::%s"
              .formatted(
                  property(outcome.file().file().toString()),
                  FailureText.line(outcome),
                  property(outcome.file().name()),
                  data(
                      FailureText.cause(outcome)
                          + "\n"
                          + String.join("\n", FailureText.lines(outcome)))));
    }
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  @Override
  public void ends(Results results) {
    if (!results.unmet().isEmpty()) {
      out.println("::error title=coverage::" + data(results.unmet()));
    }
    if (summary == null) {
      return;
    }
    try {
      Files.writeString(
          summary, markdown(results), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      out.println("::warning::the step summary cannot be written: " + data(String.valueOf(e)));
    }
  }

  private static String markdown(Results results) {
    List<Outcome> outcomes = results.outcomes();
    long passed = outcomes.stream().filter(Outcome::passed).count();
    StringBuilder text = new StringBuilder("## Ringback\n\n");
    text.append(
        "%d of %d scenarios passed in %.1f s\n\n"
            .formatted(passed, outcomes.size(), results.took().toMillis() / 1000.0));
    List<Outcome> others = outcomes.stream().filter(o -> !o.passed() || o.flaky()).toList();
    if (!others.isEmpty()) {
      text.append("| | scenario | why |\n|---|---|---|\n");
      for (Outcome outcome : others.subList(0, Math.min(MOST_ROWS, others.size()))) {
        text.append(
            "| %s | %s | %s |\n"
                .formatted(
                    !outcome.played() ? "–" : outcome.passed() ? "flaky" : "✗",
                    cell(outcome.file().name()),
                    outcome.passed()
                        ? "passed at try " + outcome.tries().size()
                        : cell(FailureText.cause(outcome))));
      }
      if (others.size() > MOST_ROWS) {
        text.append("\nand %d more\n".formatted(others.size() - MOST_ROWS));
      }
      text.append('\n');
    }
    if (!results.unmet().isEmpty()) {
      text.append("✗ ").append(cell(results.unmet())).append("\n\n");
    }
    if (results.coverage() != null) {
      coverage(text, results.coverage());
    }
    return text.toString();
  }

  private static void coverage(StringBuilder text, Coverage coverage) {
    text.append(
        "### Coverage of the contract: %.0f %%\n\n".formatted(coverage.percent())
            + "| | met | never |\n|---|---|---|\n");
    coverage
        .groups()
        .forEach((group, counts) ->
            text.append(
                "| %s | %s | %s |\n"
                    .formatted(
                        group,
                        values(counts, count -> count > 0),
                        values(counts, count -> count == 0))));
    text.append(
        "| verbs | %s | %s |\n\n"
            .formatted(
                String.join(", ", coverage.verbsWritten()),
                String.join(", ", coverage.verbsNeverWritten())));
  }

  private static String values(Map<String, Integer> counts, IntPredicate wanted) {
    return counts.entrySet().stream()
        .filter(entry -> wanted.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }

  private static String cell(String text) {
    return Printable.of(text).replace("|", "\\|").replace("<", "&lt;");
  }
}
