package dev.ringback.runner;

import dev.ringback.json.JournalJson;
import dev.ringback.scenario.Coverage;
import dev.ringback.scenario.Coverage.Item;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A list of verdicts as JSON, when all is over; with coverage an object of {@code scenarios} and
 * {@code coverage}.
 */
public final class JsonReport implements Report {
  private final PrintWriter out;

  public JsonReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void ends(Results results) {
    List<Map<String, Object>> scenarios =
        results.outcomes().stream()
            .map(outcome -> view(outcome, results.coverage() != null))
            .toList();
    Object all = scenarios;
    if (results.coverage() != null) {
      Map<String, Object> coverage = new LinkedHashMap<>();
      coverage.put("percent", Math.round(results.coverage().percent()));
      coverage.put("met", met(results.coverage()));
      coverage.put("never", results.coverage().missed().stream().map(Item::toString).toList());
      coverage.put("unmet", results.unmet());
      Map<String, Object> both = new LinkedHashMap<>();
      both.put("scenarios", scenarios);
      both.put("coverage", coverage);
      all = both;
    }
    out.println(JournalJson.mapper().writeValueAsString(all));
  }

  private static Map<String, Object> view(Outcome outcome, boolean coverage) {
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
    if (coverage) {
      view.put("coverage", met(Results.coverageOf(List.of(outcome))));
    }
    return view;
  }

  /** How often each part of the contract was met, as far as it was. */
  private static Map<String, Integer> met(Coverage coverage) {
    Map<String, Integer> met = new LinkedHashMap<>();
    coverage
        .items()
        .forEach((item, count) -> {
          if (count > 0) {
            met.put(item.toString(), count);
          }
        });
    met.putAll(new TreeMap<>(coverage.written()));
    return met;
  }
}
