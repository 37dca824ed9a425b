package dev.ringback.runner;

import dev.ringback.report.Ink;
import dev.ringback.report.Printable;
import java.io.PrintWriter;
import java.util.List;

/** The Test Anything Protocol, version 14 (testanything.org/tap-version-14-specification.html). */
public final class TapReport implements Report {
  private final PrintWriter out;
  private final boolean required;
  private int number;

  /**
   * @param required whether coverage is a test of its own, the last
   */
  public TapReport(PrintWriter out, boolean required) {
    this.out = out;
    this.required = required;
  }

  @Override
  public void begins(int scenarios) {
    out.println("TAP version 14");
    out.println("1.." + (required ? scenarios + 1 : scenarios));
  }

  @Override
  public void played(Outcome outcome) {
    number++;
    out.println(
        "%sok %d - %s%s"
            .formatted(
                outcome.passed() ? "" : "not ",
                number,
                description(outcome.file().name()),
                outcome.played() ? "" : " (not played)"));
    if (outcome.played() && !outcome.passed()) {
      out.println("  ---");
      out.println("  message: " + quoted(FailureText.cause(outcome)));
      out.println("  severity: fail");
      out.println("  seed: " + outcome.file().seed());
      out.println("  at:");
      out.println("    file: " + quoted(outcome.file().file().toString()));
      out.println("    line: " + FailureText.line(outcome));
      out.println("  data:");
      List<String> lines = FailureText.lines(outcome);
      lines.forEach(line -> out.println("    - " + quoted(line.strip())));
      out.println("  ...");
    }
  }

  @Override
  public void ends(Results results) {
    if (required) {
      out.println(
          "%sok %d - the coverage that is required"
              .formatted(results.unmet().isEmpty() ? "" : "not ", ++number));
      if (!results.unmet().isEmpty()) {
        out.println("  ---");
        out.println("  message: " + quoted(results.unmet()));
        out.println("  severity: fail");
        out.println("  ...");
      }
    }
    if (results.coverage() != null) {
      CoverageText.lines(results.coverage(), Ink.PLAIN).forEach(line -> out.println("# " + line));
    }
  }

  /** A number sign would begin a directive. */
  private static String description(String name) {
    return Printable.of(name).replace("\\", "\\\\").replace("#", "\\#");
  }

  private static String quoted(String text) {
    return "\"" + Printable.of(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
