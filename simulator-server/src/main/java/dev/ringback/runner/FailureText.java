package dev.ringback.runner;

import dev.ringback.scenario.Verdict.Failure;
import java.util.ArrayList;
import java.util.List;

/** A failed scenario in lines, as all reports say it. */
public final class FailureText {
  private FailureText() {}

  /** In a line: what went wrong first. */
  public static String cause(Outcome outcome) {
    if (!outcome.played()) {
      return "it was not played";
    }
    Failure unlike = outcome.unlike();
    return unlike != null ? String.join("; ", unlike.nearest()) : outcome.last().verdict().cause();
  }

  /** What was expected and is not there, each with its line in the file. */
  public static List<String> lines(Outcome outcome) {
    List<String> lines = new ArrayList<>();
    for (Failure failure : outcome.failures()) {
      String place = failure.line() > 0 ? outcome.file().file() + ":" + failure.line() + ": " : "";
      lines.add(place + "expected " + failure.expected());
      failure.nearest().forEach(line -> lines.add("    " + line));
    }
    return lines;
  }

  /** The first line of the file that a failure is about; 1: none says one. */
  static int line(Outcome outcome) {
    return outcome.failures().stream()
        .mapToInt(Failure::line)
        .filter(line -> line > 0)
        .findFirst()
        .orElse(1);
  }
}
