package dev.ringback.report;

import dev.ringback.callback.TwilioDates;
import dev.ringback.engine.CallRecord;
import dev.ringback.report.Timeline.Event;
import dev.ringback.report.Timeline.Problem;
import dev.ringback.report.Timeline.Request;
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
    lines.add(text.head(timeline.record()));
    timeline.rows().forEach(row -> lines.addAll(text.add(row)));
    lines.addAll(text.finish(timeline.record()));
    return lines;
  }

  /** The line above a call's steps. */
  String head(CallRecord record) {
    Leg leg = record.call().facts().leg();
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
          case Request request -> !hints.about(request).isEmpty();
          case Problem problem -> true;
        };
  }

  /** The lines below the last step: what was folded, and what Twilio does next. */
  List<String> finish(CallRecord record) {
    List<String> lines = new ArrayList<>(shown(folding.finish()));
    Outlook.of(record.call()).ifPresent(next -> lines.add("  …  " + ink.bold("next: ") + next));
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
      case Request request -> request(request, lines);
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

  private void request(Request request, List<String> lines) {
    lines.add(
        time(request.at())
            + ink.bold("→ %-16s".formatted(request.sent().kind().wireName()))
            + " "
            + request.sent().method()
            + " "
            + Printable.of(request.sent().url())
            + (request.sent().attempt() > 1 ? "  try " + request.sent().attempt() : "")
            + "  "
            + answer(request));
    lines.addAll(
        parameters(
            detail == Detail.VERBOSE
                ? RequestParameters.all(request.sent())
                : RequestParameters.news(request.sent())));
    lines.addAll(hints(request));
  }

  private List<String> hints(Request request) {
    return hints.about(request).stream()
        .map(line -> INDENT + ink.yellow(Printable.of(line)))
        .toList();
  }

  /** An answer that came after its request had been shown without it. */
  List<String> answered(Request request) {
    List<String> lines = new ArrayList<>();
    if (isShown(request)) {
      Instant at = request.answer() == null ? request.at() : request.answer().at();
      lines.add(
          time(at)
              + ink.bold("← %-16s".formatted(request.sent().kind().wireName()))
              + " "
              + Printable.of(request.sent().url())
              + "  "
              + answer(request));
      lines.addAll(hints(request));
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

  private String answer(Request request) {
    String took =
        request.took() == null ? "" : ink.dim("  %d ms".formatted(request.took().toMillis()));
    return switch (request.landing()) {
          case null -> ink.yellow(request.again() == null ? "…" : request.again());
          case Landing.Failed failed -> ink.red("✗ " + failed.error().title());
          case Landing.Answered answered -> {
            String status = Integer.toString(answered.status());
            yield (answered.status() < 400 ? ink.green(status) : ink.red(status)) + verbs(request);
          }
        }
        + took;
  }

  private static String verbs(Request request) {
    List<String> verbs = request.verbs();
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
