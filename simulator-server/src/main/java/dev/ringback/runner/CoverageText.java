package dev.ringback.runner;

import dev.ringback.report.Ink;
import dev.ringback.scenario.Coverage;
import dev.ringback.scenario.Coverage.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What of the contract an app has met in a run, as a table. */
public final class CoverageText {
  private CoverageText() {}

  /** Of all scenarios that were played, every try of them. */
  public static Coverage of(List<Outcome> outcomes) {
    return Coverage.of(
        outcomes.stream().flatMap(o -> o.tries().stream()).map(p -> p.journal()).toList());
  }

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
    Map<String, List<String>> groups = new LinkedHashMap<>();
    coverage
        .items()
        .forEach((Item item, Integer count) ->
            groups
                .computeIfAbsent(item.group(), g -> new ArrayList<>())
                .add(
                    count == 0
                        ? ink.fail("✗ " + item.value())
                        : ink.pass("✓") + " " + item.value() + ink.aside(" ×" + count)));
    groups.forEach(
        (group, cells) -> lines.add("  %-17s %s".formatted(group, String.join("  ", cells))));
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

  private static String attributes(Coverage coverage, String element) {
    List<String> names =
        coverage.written().keySet().stream()
            .filter(name -> name.startsWith(element + "."))
            .map(name -> name.substring(element.length() + 1))
            .toList();
    return names.isEmpty() ? "" : " (" + String.join(", ", names) + ")";
  }
}
