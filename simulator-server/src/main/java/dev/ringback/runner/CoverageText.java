package dev.ringback.runner;

import dev.ringback.report.Ink;
import dev.ringback.scenario.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What of the contract an app has met in a run, as a table. */
public final class CoverageText {
  private CoverageText() {}

  /** A line a group, then what the app wrote and what it never did. */
  public static List<String> lines(Coverage coverage, Ink ink) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "coverage of the contract: %.0f %% (%d of %d)",
            coverage.percent(),
            coverage.items().size() - coverage.missed().size(),
            coverage.items().size()));
    coverage
        .groups()
        .forEach((group, counts) -> {
          List<String> cells = new ArrayList<>();
          counts.forEach((value, count) -> cells.add(cell(value, count, ink)));
          lines.add("  %-17s %s".formatted(group, String.join("  ", cells)));
        });
    List<String> written = new ArrayList<>();
    coverage
        .written()
        .forEach((name, count) -> {
          if (name.indexOf('.') < 0) {
            written.add(name + ink.aside(" ×" + count) + attributes(coverage, name));
          }
        });
    lines.add("  %-17s %s".formatted("written", String.join("  ", written)));
    lines.add(
        "  %-17s %s".formatted("never written", String.join(", ", coverage.verbsNeverWritten())));
    return lines;
  }

  private static String cell(String value, int count, Ink ink) {
    return count == 0
        ? ink.fail("✗ " + value)
        : ink.pass("✓") + " " + value + ink.aside(" ×" + count);
  }

  private static String attributes(Coverage coverage, String element) {
    List<String> names =
        coverage.written().keySet().stream()
            .filter(name -> name.startsWith(element + "."))
            .map(name -> name.substring(element.length() + 1))
            .toList();
    return names.isEmpty() ? "" : " (" + String.join(", ", names) + ")";
  }
}
