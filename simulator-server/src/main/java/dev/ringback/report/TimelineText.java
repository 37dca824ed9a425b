package dev.ringback.report;

import dev.ringback.call.Landing;
import dev.ringback.call.Leg;
import dev.ringback.callback.TwilioDates;
import dev.ringback.report.Timeline.Event;
import dev.ringback.report.Timeline.Exchange;
import dev.ringback.report.Timeline.Problem;
import dev.ringback.report.Timeline.Row;
import dev.ringback.twiml.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A timeline on a terminal. */
public final class TimelineText {
  private static final int WIDTH = 100;
  private static final String INDENT = " ".repeat(13);

  private final Timeline timeline;
  private final Ink ink;
  private final Instant start;
  private final List<String> lines = new ArrayList<>();

  private TimelineText(Timeline timeline, Ink ink) {
    this.timeline = timeline;
    this.ink = ink;
    this.start = timeline.record().call().facts().leg().startedAt();
  }

  /** The lines, without an end of line. */
  public static List<String> lines(Timeline timeline, Ink ink) {
    TimelineText text = new TimelineText(timeline, ink);
    text.write();
    return text.lines;
  }

  private void write() {
    Leg leg = timeline.record().call().facts().leg();
    lines.add(
        ink.bold("Call " + leg.sid())
            + "  "
            + leg.from()
            + " → "
            + (leg.to().isEmpty() ? "app" : leg.to())
            + "  "
            + ink.dim(TwilioDates.rfc2822(start)));
    for (Row row : timeline.rows()) {
      switch (row) {
        case Event event -> event(event);
        case Exchange exchange -> exchange(exchange);
        case Problem problem -> problem(problem);
      }
    }
    Outlook.of(timeline.record().call())
        .ifPresent(next -> lines.add("  …  " + ink.bold("next: ") + next));
  }

  private void event(Event event) {
    lines.add(time(event.at()) + ink.cyan("%-9s".formatted(event.who())) + event.text());
  }

  /** One line, however long: it is what people search for and copy. */
  private void problem(Problem problem) {
    boolean error = problem.alert().level() == Level.ERROR;
    String mark = "%-9s".formatted((error ? "✗ " : "! ") + problem.alert().code());
    lines.add(
        time(problem.at())
            + (error ? ink.red(mark) : ink.yellow(mark))
            + problem.alert().message());
  }

  private void exchange(Exchange exchange) {
    String took =
        exchange.took() == null ? "" : ink.dim("  %d ms".formatted(exchange.took().toMillis()));
    String attempt =
        exchange.request().attempt() > 1 ? "  try " + exchange.request().attempt() : "";
    lines.add(
        time(exchange.at())
            + ink.bold("→ %-16s".formatted(exchange.request().kind().wireName()))
            + " "
            + exchange.request().method()
            + " "
            + exchange.request().url()
            + attempt
            + "  "
            + answer(exchange)
            + took);
    StringBuilder line = new StringBuilder();
    for (Map.Entry<String, String> param : Timeline.telling(exchange.request()).entrySet()) {
      String word = param.getKey() + "=" + param.getValue();
      if (!line.isEmpty() && INDENT.length() + line.length() + word.length() > WIDTH) {
        lines.add(INDENT + ink.dim(line.toString().strip()));
        line.setLength(0);
      }
      line.append(word).append("  ");
    }
    if (!line.isEmpty()) {
      lines.add(INDENT + ink.dim(line.toString().strip()));
    }
  }

  private String answer(Exchange exchange) {
    return switch (exchange.landing()) {
      case null -> ink.yellow(exchange.again() == null ? "…" : exchange.again());
      case Landing.Failed failed -> ink.red("✗ " + failed.error().title());
      case Landing.Answered answered -> {
        String status = Integer.toString(answered.status());
        yield (answered.status() < 400 ? ink.green(status) : ink.red(status)) + verbs(exchange);
      }
    };
  }

  private static String verbs(Exchange exchange) {
    List<String> verbs = exchange.verbs();
    if (verbs == null) {
      return "";
    }
    return verbs.isEmpty() ? " <Response/>" : " <" + String.join("> <", verbs) + ">";
  }

  private String time(Instant at) {
    Duration since = Duration.between(start, at);
    return ink.dim(
        "  %02d:%02d.%03d  "
            .formatted(since.toMinutes(), since.toSecondsPart(), since.toMillisPart()));
  }
}
