package dev.ringback.runner;

import dev.ringback.report.Ink;
import dev.ringback.report.JUnitXml;
import dev.ringback.report.JUnitXml.Case;
import dev.ringback.report.JUnitXml.Name;
import dev.ringback.report.JUnitXml.Status;
import dev.ringback.report.JUnitXml.Time;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The cases of a JUnit XML report. */
public final class JUnitReport {
  private JUnitReport() {}

  /**
   * @param again the command that plays a scenario once more
   */
  public static void write(
      Writer out, List<Outcome> outcomes, Duration took, Function<Outcome, String> again)
      throws IOException {
    JUnitXml.write(out, took, outcomes.stream().map(o -> testCase(o, again)).toList());
  }

  private static Case testCase(Outcome outcome, Function<Outcome, String> again) {
    Status status =
        !outcome.played() ? Status.NOT_PLAYED : outcome.passed() ? Status.PASSED : Status.FAILED;
    return new Case(
        new Name(outcome.file().file().toString(), outcome.file().name()),
        status,
        new Time(outcome.startedAt(), outcome.took()),
        status == Status.PASSED ? "" : FailureText.cause(outcome),
        String.join("\n", FailureText.lines(outcome)),
        outcome.played() ? output(outcome, again) : "");
  }

  private static String output(Outcome outcome, Function<Outcome, String> again) {
    return "%s\nseed %d; again:  %s\n"
        .formatted(
            String.join("\n", TerminalReport.timeline(outcome.last(), Ink.PLAIN)),
            outcome.file().seed(),
            again.apply(outcome));
  }
}
