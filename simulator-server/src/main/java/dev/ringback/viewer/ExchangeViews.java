package dev.ringback.viewer;

import dev.ringback.callback.WebRequest;
import dev.ringback.engine.CallRecord;
import dev.ringback.engine.PastCalls;
import dev.ringback.engine.WorldSettings;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.replay.RecordedScenario;
import dev.ringback.report.RequestParameters;
import dev.ringback.yaml.YamlText;
import java.util.LinkedHashMap;
import java.util.Map;

/** One request to the app with all there is to know of it. */
public final class ExchangeViews {
  private ExchangeViews() {}

  /**
   * Each parameter with a sentence, those that are missing, the headers, and the request as a
   * command and as a step of a scenario.
   *
   * @param written as it went over the wire
   */
  public static Map<String, Object> details(Exchange exchange, WebRequest written) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", exchange.id().toString());
    view.putAll(CallViews.exchange(exchange));
    view.put("parameters", Parameters.sent(exchange));
    view.put("missing", Parameters.missing(exchange));
    view.put(
        "headers",
        written.headers().stream()
            .map(header -> Map.of("name", header.name(), "value", header.value()))
            .toList());
    view.put("curl", Curl.of(written));
    view.put("step", step(exchange));
    return view;
  }

  /**
   * All of a call, by ID.
   *
   * @param settings of the world in which it took place
   */
  public static Map<String, Object> all(WorldSettings settings, CallRecord record) {
    PastCalls past = new PastCalls(settings);
    Map<String, Object> views = new LinkedHashMap<>();
    for (Exchange exchange : Exchanges.of(record.entries())) {
      views.put(
          exchange.id().toString(), details(exchange, past.written(exchange, exchange.leftAt())));
    }
    return views;
  }

  /** As a scenario expects it. */
  private static String step(Exchange exchange) {
    Map<String, String> news = RequestParameters.news(exchange.request());
    StringBuilder step = new StringBuilder("- request: ").append(exchange.kind().wireName());
    if (!news.isEmpty()) {
      step.append("\n  form: ").append(YamlText.of(news));
    }
    return step.append("\n  answer: ")
        .append(RecordedScenario.answer(exchange))
        .append('\n')
        .toString();
  }
}
