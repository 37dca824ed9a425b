package dev.ringback.cli;

import dev.ringback.runner.Outcome;
import dev.ringback.runner.Results;
import dev.ringback.scenario.Coverage;
import dev.ringback.words.DidYouMean;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What of the contract the app must have met. */
final class CoverageOptions {
  @Option(
      names = "--coverage",
      description =
          "tell in every report which endings, events and error paths the app has met, and which never")
  boolean coverage;

  @Option(
      names = "--require-coverage",
      paramLabel = "P",
      description =
          "fail unless that much of the contract was met: a percentage such as 90%%, or names such"
              + " as no-answer,Result=internal-error,fallback")
  @Nullable String required;

  /** Refuses what could never be met. */
  void check() throws BadInput {
    if (required == null || percent(required) != null) {
      return;
    }
    for (String name : names(required)) {
      if (Coverage.named(name).isEmpty()) {
        throw new BadInput(
            new Problem(
                null,
                0,
                "--require-coverage",
                "'%s' is neither a percentage nor a part of the contract".formatted(name),
                DidYouMean.to(name, Coverage.names())
                    .map(nearest -> "did you mean '" + nearest + "'?")
                    .orElse("the parts are " + String.join(", ", Coverage.names()))));
      }
    }
  }

  private static @Nullable Double percent(String text) {
    if (!text.matches("\\d{1,3}(\\.\\d{1,2})?%?")) {
      return null;
    }
    double percent = Double.parseDouble(text.replace("%", ""));
    return percent <= 100 ? percent : null;
  }

  private static List<String> names(String text) {
    return List.of(text.split(",", -1)).stream().map(String::strip).toList();
  }

  /** What was met; null: nobody asked. */
  @Nullable Coverage of(List<Outcome> outcomes) {
    return coverage || required != null ? Results.coverageOf(outcomes) : null;
  }

  /** Whether something must have been met. */
  boolean isRequired() {
    return required != null;
  }

  /**
   * What is missing, in a sentence; empty: nothing.
   *
   * @param met null: nobody asked
   */
  String unmet(@Nullable Coverage met) {
    if (required == null || met == null) {
      return "";
    }
    Double percent = percent(required);
    List<String> missing = new ArrayList<>();
    if (percent == null) {
      for (String name : names(required)) {
        if (Coverage.named(name).stream()
            .allMatch(item -> met.items().getOrDefault(item, 0) == 0)) {
          missing.add(name);
        }
      }
    } else if (met.percent() < percent) {
      met.missed().forEach(item -> missing.add(item.toString()));
    }
    return missing.isEmpty()
        ? ""
        : "--require-coverage %s is not met; never: %s"
            .formatted(required, String.join(", ", missing));
  }
}
