package dev.ringback.explore;

import dev.ringback.journal.Exchange;
import dev.ringback.replay.RecordedScenario;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Result;
import dev.ringback.yaml.YamlText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a finding's scenario expects, as YAML in a line. */
final class Expectations {
  private Expectations() {}

  /** The request, with what it tells the app, and what must be so of the answer. */
  static String expected(Exchange exchange, String answer) {
    return expected(exchange, new LinkedHashMap<>(), answer);
  }

  private static String expected(Exchange exchange, Map<String, Object> form, String answer) {
    Journey.telling(exchange)
        .forEach((name, value) ->
            form.put(name, value.equals("absent") ? Map.of("equals", value) : value));
    return "{request: %s%s%s}"
        .formatted(
            exchange.kind().wireName(),
            form.isEmpty() ? "" : ", form: " + YamlText.of(form),
            answer.isEmpty() ? "" : ", answer: " + answer);
  }

  /** The request must not come and be answered so. */
  static String never(Exchange exchange, String answer) {
    return "{never: " + expected(exchange, answer) + "}";
  }

  /** What it answers now must not come again. */
  static String neverAsItIs(Exchange exchange) {
    return never(exchange, RecordedScenario.answer(exchange));
  }

  /** What it answers now must not come again to whoever it came to. */
  static String neverAsItIsTo(Exchange exchange) {
    Map<String, Object> form = new LinkedHashMap<>();
    exchange.request().form().value("From").ifPresent(from -> form.put("From", from));
    return "{never: " + expected(exchange, form, RecordedScenario.answer(exchange)) + "}";
  }

  /** Whether a session or a dialled call came out as everybody hopes. */
  static boolean isSuccess(Exchange exchange) {
    Map<String, String> told = Journey.telling(exchange);
    return exchange.kind() == RequestKind.ACTION
        ? Result.SESSION_SUCCESS.wireName().equals(told.get("Result"))
        : Set.of("completed", "answered").contains(told.getOrDefault("DialCallStatus", ""));
  }
}
