package dev.ringback.cli;

import dev.ringback.engine.CallRecord;
import dev.ringback.journal.JournalEntry;
import dev.ringback.json.JournalJson;
import dev.ringback.play.Player.Performance;
import dev.ringback.report.Detail;
import dev.ringback.report.Ink;
import dev.ringback.report.Printable;
import dev.ringback.report.TimelineReader;
import dev.ringback.report.TimelineText;
import dev.ringback.scenario.Verdict.Failure;
import dev.ringback.yaml.Durations;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What became of the scenarios of a run, for people and as JSON.
 *
 * @param took on the wall, all in
 */
record Verdicts(List<Performance> performances, Duration took) {

  String json() {
    return JournalJson.mapper()
        .writeValueAsString(performances.stream().map(Verdicts::view).toList());
  }

  /**
   * @param timelines whether those of calls that passed are printed, too
   * @param again the command that plays a scenario once more
   */
  void print(Ink ink, boolean timelines, Function<Performance, String> again, PrintWriter out) {
    performances.forEach(p -> print(p, ink, timelines, again, out));
    summarize(out);
  }

  private static void print(
      Performance performance,
      Ink ink,
      boolean timelines,
      Function<Performance, String> again,
      PrintWriter out) {
    boolean passed = performance.verdict().passed();
    out.println(
        "%s %s  %s"
            .formatted(
                passed ? ink.pass("✓") : ink.fail("✗"),
                Printable.of(performance.file().name()),
                ink.aside(
                    "(%s of world time, %d ms)%s"
                        .formatted(
                            Durations.text(worldTime(performance)),
                            performance.took().toMillis(),
                            warnings(performance)))));
    failures(performance).forEach(line -> out.println("  " + Printable.of(line)));
    if (timelines || !passed) {
      for (CallRecord record : performance.calls()) {
        TimelineText.lines(TimelineReader.read(record), ink, Detail.USUAL, performance.hints())
            .forEach(line -> out.println("  " + line));
      }
      out.println();
    }
    if (!passed) {
      out.println("  seed " + performance.file().seed() + "; again:  " + again.apply(performance));
      out.println();
    }
  }

  private static String warnings(Performance performance) {
    int count = performance.verdict().warnings().size();
    return count == 0 ? "" : ", " + count + (count == 1 ? " warning" : " warnings");
  }

  /** What was expected and is not there, each with its line in the file. */
  static List<String> failures(Performance performance) {
    List<String> lines = new ArrayList<>();
    for (Failure failure : performance.verdict().failures()) {
      String place =
          failure.line() > 0 ? performance.file().file() + ":" + failure.line() + ": " : "";
      lines.add(place + "expected " + failure.expected());
      failure.nearest().forEach(line -> lines.add("    " + line));
    }
    return lines;
  }

  private static Duration worldTime(Performance performance) {
    List<JournalEntry> journal = performance.journal();
    return journal.isEmpty()
        ? Duration.ZERO
        : Duration.between(journal.getFirst().at(), journal.getLast().at());
  }

  private void summarize(PrintWriter out) {
    long passed = performances.stream().filter(p -> p.verdict().passed()).count();
    Duration world =
        performances.stream().map(Verdicts::worldTime).reduce(Duration.ZERO, Duration::plus);
    out.println(
        "%d passed, %d failed; %s of world time in %.1f s"
            .formatted(
                passed,
                performances.size() - passed,
                world.toMinutes() < 2 ? world.toSeconds() + " s" : world.toMinutes() + " min",
                took.toMillis() / 1000.0));
  }

  private static Map<String, Object> view(Performance performance) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("file", performance.file().file().toString());
    view.put("scenario", performance.file().name());
    view.put("passed", performance.verdict().passed());
    view.put("failures", failures(performance));
    view.put("warnings", performance.verdict().warnings());
    view.put("seed", performance.file().seed());
    view.put("worldTimeMs", worldTime(performance).toMillis());
    view.put("tookMs", performance.took().toMillis());
    return view;
  }
}
