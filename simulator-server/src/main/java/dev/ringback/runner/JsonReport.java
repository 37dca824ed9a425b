package dev.ringback.runner;

import dev.ringback.json.JournalJson;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of verdicts as JSON, when all is over. */
public final class JsonReport implements Report {
  private final PrintWriter out;

  public JsonReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void ends(List<Outcome> outcomes, Duration took) {
    out.println(
        JournalJson.mapper().writeValueAsString(outcomes.stream().map(JsonReport::view).toList()));
  }

  private static Map<String, Object> view(Outcome outcome) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("file", outcome.file().file().toString());
    view.put("scenario", outcome.file().name());
    view.put("passed", outcome.passed());
    view.put("played", outcome.played());
    view.put("flaky", outcome.flaky());
    view.put("cause", outcome.passed() ? "" : FailureText.cause(outcome));
    view.put("failures", FailureText.lines(outcome));
    view.put("warnings", outcome.played() ? outcome.last().verdict().warnings() : List.of());
    view.put("seed", outcome.file().seed());
    view.put("tries", outcome.tries().size());
    view.put("worldTimeMs", TerminalReport.worldTime(outcome).toMillis());
    view.put("tookMs", outcome.took().toMillis());
    return view;
  }
}
