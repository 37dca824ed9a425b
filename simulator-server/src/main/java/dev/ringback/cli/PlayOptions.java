package dev.ringback.cli;

import dev.ringback.runner.Runner;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the scenarios are played. */
final class PlayOptions {
  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "scenarios at once, default 1; with an app that sends REST requests those of one account"
              + " take turns, because nothing else tells them apart")
  int parallel = 1;

  @Option(names = "--fail-fast", description = "begin none after the first that fails")
  boolean failFast;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description =
          "play each N times, default 1; it fails when two times differ in what the app was asked"
              + " or answered")
  int repeat = 1;

  @Option(
      names = "--retries",
      paramLabel = "N",
      description = "play one that fails up to N times more, default 0; it is then called flaky")
  int retries;

  @Option(
      names = "--time-budget",
      paramLabel = "5m",
      description = "begin none after that time; what was not played fails the run; default: none")
  @Nullable String timeBudget;

  Runner.Plan plan() throws BadInput {
    atLeast("--parallel", parallel, 1);
    atLeast("--repeat", repeat, 1);
    atLeast("--retries", retries, 0);
    if (repeat > 1 && retries > 0) {
      throw WorldOptions.wrong("--retries", "and --repeat exclude each other");
    }
    return new Runner.Plan(parallel, repeat, retries, failFast, budget(timeBudget));
  }

  private static @Nullable Duration budget(@Nullable String text) throws BadInput {
    return text == null
        ? null
        : Durations.parse(text)
            .orElseThrow(() ->
                WorldOptions.wrong(
                    "--time-budget", "must be " + Durations.FORM + ", not '" + text + "'"));
  }

  private static void atLeast(String option, int number, int least) throws BadInput {
    if (number < least) {
      throw WorldOptions.wrong(option, "must be at least " + least + ", not " + number);
    }
  }
}
