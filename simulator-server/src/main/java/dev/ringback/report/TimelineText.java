package dev.ringback.report;

import dev.ringback.callback.TwilioDates;
import dev.ringback.report.Timeline.Event;
import dev.ringback.report.Timeline.Exchange;
import dev.ringback.report.Timeline.Problem;
import dev.ringback.report.Timeline.Row;
import dev.ringback.twiml.Level;
import dev.ringback.voice.Landing;
import dev.ringback.voice.Leg;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A timeline on a terminal: a line a step, the same rounds folded. */
public final class TimelineText {
  private static final int WIDTH = 100;
  private static final String INDENT = " ".repeat(13);

  private final Ink ink;
  private final Detail detail;
  private final Hints hints;
  private final Folding folding = new Folding();
  private Instant start = Instant.EPOCH;

  TimelineText(Ink ink, Detail detail, Hints hints) {
    this.ink = ink;
    this.detail = detail;
    this.hints = hints;
  }

  /** The lines of a whole timeline, without an end of line. */
  public static List<String> lines(Timeline timeline, Ink ink, Detail detail, Hints hints) {
    TimelineText text = new TimelineText(ink, detail, hints);
    List<String> lines = new ArrayList<>();
    lines.add(text.head(timeline));
    timeline.rows().forEach(row -> lines.addAll(text.add(row)));
    lines.addAll(text.finish(timeline));
    return lines;
  }

  /** The line above a call's steps. */
  String head(Timeline timeline) {
    Leg leg = timeline.record().call().facts().leg();
    start = leg.startedAt();
    return ink.bold("Call " + leg.sid())
        + "  "
        + leg.from()
        + " → "
        + (leg.to().isEmpty() ? "app" : leg.to())
        + "  "
        + ink.dim(TwilioDates.rfc2822(start));
  }

  /** The lines of the next step; none when it is the same again, or nobody asked for it. */
  List<String> add(Row row) {
    return isShown(row) ? shown(folding.add(row)) : List.of();
  }

  /** With {@link Detail#QUIET} what goes wrong is shown, and the end. */
  private boolean isShown(Row row) {
    return detail != Detail.QUIET
        || switch (row) {
          case Event event -> event.last();
          case Exchange exchange -> !hints.about(exchange).isEmpty();
          case Problem problem -> true;
        };
  }

  /** The lines below the last step: what was folded, and what Twilio does next. */
  List<String> finish(Timeline timeline) {
    List<String> lines = new ArrayList<>(shown(folding.finish()));
    Outlook.of(timeline.record().call())
        .ifPresent(next -> lines.add("  …  " + ink.bold("next: ") + next));
    return lines;
  }

  private List<String> shown(List<Folding.Shown> steps) {
    List<String> lines = new ArrayList<>();
    for (Folding.Shown step : steps) {
      switch (step) {
        case Folding.Plain plain -> row(plain.row(), lines);
        case Folding.Again again ->
            lines.add(
                INDENT
                    + ink.dim(
                        "… the same %s more, until %s"
                            .formatted(
                                again.times() == 1 ? "once" : again.times() + " times",
                                clock(again.until()))));
      }
    }
    return lines;
  }

  private void row(Row row, List<String> lines) {
    switch (row) {
      case Event event ->
          lines.add(
              time(event.at())
                  + ink.cyan("%-8s ".formatted(event.who()))
                  + Printable.of(event.text()));
      case Exchange exchange -> exchange(exchange, lines);
      case Problem problem -> lines.add(problem(problem));
    }
  }

  /** One line, however long: it is what people search for and copy. */
  private String problem(Problem problem) {
    boolean error = problem.alert().level() == Level.ERROR;
    String mark = "%-8s ".formatted((error ? "✗ " : "! ") + problem.alert().code());
    return time(problem.at())
        + (error ? ink.red(mark) : ink.yellow(mark))
        + Printable.of(problem.alert().message());
  }

  private void exchange(Exchange exchange, List<String> lines) {
    lines.add(
        time(exchange.at())
            + ink.bold("→ %-16s".formatted(exchange.request().kind().wireName()))
            + " "
            + exchange.request().method()
            + " "
            + Printable.of(exchange.request().url())
            + (exchange.request().attempt() > 1 ? "  try " + exchange.request().attempt() : "")
            + "  "
            + answer(exchange));
    lines.addAll(
        parameters(
            detail == Detail.VERBOSE
                ? RequestParameters.all(exchange.request())
                : RequestParameters.news(exchange.request())));
    lines.addAll(hints(exchange));
  }

  private List<String> hints(Exchange exchange) {
    return hints.about(exchange).stream()
        .map(line -> INDENT + ink.yellow(Printable.of(line)))
        .toList();
  }

  /** An answer that came after its request had been shown without it. */
  List<String> answered(Exchange exchange) {
    List<String> lines = new ArrayList<>();
    if (isShown(exchange)) {
      Instant at = exchange.answer() == null ? exchange.at() : exchange.answer().at();
      lines.add(
          time(at)
              + ink.bold("← %-16s".formatted(exchange.request().kind().wireName()))
              + " "
              + Printable.of(exchange.request().url())
              + "  "
              + answer(exchange));
      lines.addAll(hints(exchange));
    }
    return lines;
  }

  private List<String> parameters(Map<String, String> parameters) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (Map.Entry<String, String> param : parameters.entrySet()) {
      String word = Printable.of(param.getKey() + "=" + param.getValue());
      if (!line.isEmpty() && INDENT.length() + line.length() + word.length() > WIDTH) {
        lines.add(INDENT + ink.dim(line.toString().strip()));
        line.setLength(0);
      }
      line.append(word).append("  ");
    }
    if (!line.isEmpty()) {
      lines.add(INDENT + ink.dim(line.toString().strip()));
    }
    return lines;
  }

  private String answer(Exchange exchange) {
    String took =
        exchange.took() == null ? "" : ink.dim("  %d ms".formatted(exchange.took().toMillis()));
    return switch (exchange.landing()) {
          case null -> ink.yellow(exchange.again() == null ? "…" : exchange.again());
          case Landing.Failed failed -> ink.red("✗ " + failed.error().title());
          case Landing.Answered answered -> {
            String status = Integer.toString(answered.status());
            yield (answered.status() < 400 ? ink.green(status) : ink.red(status)) + verbs(exchange);
          }
        }
        + took;
  }

  private static String verbs(Exchange exchange) {
    List<String> verbs = exchange.verbs();
    if (verbs == null) {
      return "";
    }
    return verbs.isEmpty() ? " <Response/>" : " <" + String.join("> <", verbs) + ">";
  }

  private String time(Instant at) {
    return ink.dim("  " + clock(at) + "  ");
  }

  private String clock(Instant at) {
    Duration since = Duration.between(start, at);
    return "%02d:%02d.%03d"
        .formatted(since.toMinutes(), since.toSecondsPart(), since.toMillisPart());
  }
}
