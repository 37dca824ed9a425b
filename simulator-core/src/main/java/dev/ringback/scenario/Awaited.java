package dev.ringback.scenario;

import dev.ringback.id.Sid;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.JournalEntry;
import dev.ringback.scenario.Expectation.Request;
import dev.ringback.voice.RequestKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that somebody waits for, among those that came and were answered.
 *
 * @param request whatever its answer was
 * @param call whose request it must be; null: any call's, or the account's
 */
public record Awaited(Request request, @Nullable Sid call) {

  /** A request of that kind with those parameters. */
  public static Awaited of(RequestKind kind, Map<String, Matcher> form, @Nullable Sid call) {
    return new Awaited(
        new Request(
            kind,
            null,
            new Expectation.Parameters(form, Map.of(), Map.of()),
            null,
            new Expectation.Answer.Any(),
            Expectation.Counts.any()),
        call);
  }

  /** What came of it: the exchange, or lines that say what came nearest. */
  public record Result(Optional<Exchange> exchange, List<String> nearest) {}

  /** What is asked for, in a line. */
  public String text() {
    return request.text();
  }

  public Result in(List<JournalEntry> journal) {
    Evidence evidence = Evidence.of(new PlayedWorld(journal, List.of(), List.of(), Map.of()));
    List<Exchange> exchanges =
        evidence.exchanges().stream()
            .filter(exchange -> call == null || call.equals(exchange.call()))
            .toList();
    for (Exchange exchange : exchanges) {
      if (exchange.landing() != null
          && Differences.between(request, exchange, evidence).isEmpty()) {
        return new Result(Optional.of(exchange), List.of());
      }
    }
    return new Result(Optional.empty(), nearest(exchanges, evidence));
  }

  private List<String> nearest(List<Exchange> exchanges, Evidence evidence) {
    return exchanges.stream()
        .filter(exchange -> exchange.kind() == request.kind())
        .min(
            Comparator.comparingInt(
                exchange -> Differences.between(request, exchange, evidence).size()))
        .map(exchange -> {
          List<String> lines = new ArrayList<>();
          lines.add(
              "nearest: %s at %s%s"
                  .formatted(
                      exchange.kind().wireName(),
                      evidence.when(exchange.leftAt()),
                      exchange.landing() == null ? ", not answered yet" : ""));
          lines.addAll(Differences.between(request, exchange, evidence));
          return lines;
        })
        .orElse(List.of("no " + request.kind().wireName() + " request came at all"));
  }
}
