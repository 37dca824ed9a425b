package dev.ringback.runner;

import dev.ringback.report.Ink;
import dev.ringback.report.JUnitXml;
import dev.ringback.report.JUnitXml.Case;
import dev.ringback.report.JUnitXml.Name;
import dev.ringback.report.JUnitXml.Status;
import dev.ringback.report.JUnitXml.Summary;
import dev.ringback.report.JUnitXml.Time;
import dev.ringback.scenario.Coverage;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The cases of a JUnit XML report. */
public final class JUnitReport {
  private JUnitReport() {}

  /**
   * @param again the command that plays a scenario once more
   */
  public static void write(Writer out, Results results, Function<Outcome, String> again)
      throws IOException {
    JUnitXml.write(
        out,
        results.took(),
        results.outcomes().stream().map(o -> testCase(o, again)).toList(),
        results.coverage() == null ? null : coverage(results.coverage(), results.unmet()));
  }

  /** How often each part of the contract was met, and the same for people. */
  private static Summary coverage(Coverage coverage, String unmet) {
    Map<String, String> properties = new LinkedHashMap<>();
    coverage.items().forEach((item, count) -> properties.put(item.toString(), "" + count));
    coverage.written().forEach((name, count) -> properties.put("written " + name, "" + count));
    return new Summary(
        "coverage of the contract",
        properties,
        String.join("\n", CoverageText.lines(coverage, Ink.PLAIN)) + "\n",
        unmet);
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
