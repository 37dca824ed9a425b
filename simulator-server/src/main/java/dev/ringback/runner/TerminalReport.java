package dev.ringback.runner;

import dev.ringback.engine.CallRecord;
import dev.ringback.journal.JournalEntry;
import dev.ringback.play.Player.Performance;
import dev.ringback.report.Detail;
import dev.ringback.report.Ink;
import dev.ringback.report.Printable;
import dev.ringback.report.TimelineReader;
import dev.ringback.report.TimelineText;
import dev.ringback.yaml.Durations;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** For people, on a terminal or in a CI log: a line a scenario, and all about one that failed. */
public final class TerminalReport implements Report {
  private final PrintWriter out;
  private final Ink ink;
  private final boolean timelines;
  private final Function<Outcome, String> again;
  private int all;
  private int done;

  /**
   * @param timelines whether those of calls that passed are printed, too
   * @param again the command that plays a scenario once more
   */
  public TerminalReport(
      PrintWriter out, Ink ink, boolean timelines, Function<Outcome, String> again) {
    this.out = out;
    this.ink = ink;
    this.timelines = timelines;
    this.again = again;
  }

  @Override
  public void begins(int scenarios) {
    all = scenarios;
    done = 0;
    progress();
  }

  /** One line that is written anew, on a terminal only. */
  private void progress() {
    if (ink == Ink.ANSI && done < all) {
      out.print(ink.aside("  %d of %d …".formatted(done, all)));
      out.flush();
    }
  }

  private void clear() {
    if (ink == Ink.ANSI) {
      out.print("\r\u001b[K");
    }
  }

  @Override
  public void played(Outcome outcome) {
    clear();
    print(outcome);
    done++;
    progress();
  }

  private void print(Outcome outcome) {
    if (!outcome.played()) {
      out.println("- %s  %s".formatted(name(outcome), ink.aside("(not played)")));
      return;
    }
    boolean passed = outcome.passed();
    out.println(
        "%s %s  %s"
            .formatted(
                passed ? ink.pass("✓") : ink.fail("✗"), name(outcome), ink.aside(aside(outcome))));
    if (!passed) {
      out.println("  " + ink.fail(Printable.of(FailureText.cause(outcome))));
      FailureText.lines(outcome).forEach(line -> out.println("  " + Printable.of(line)));
    }
    if (timelines || !passed) {
      timeline(outcome.last(), ink).forEach(line -> out.println("  " + line));
      out.println();
    }
    if (!passed) {
      out.println("  seed " + outcome.file().seed() + "; again:  " + again.apply(outcome));
      out.println();
    }
  }

  private static String name(Outcome outcome) {
    return Printable.of(outcome.file().name());
  }

  private static String aside(Outcome outcome) {
    int warnings = outcome.last().verdict().warnings().size();
    return "(%s of world time, %d ms)%s%s%s"
        .formatted(
            Durations.text(worldTime(outcome)),
            outcome.took().toMillis(),
            warnings == 0 ? "" : ", " + warnings + (warnings == 1 ? " warning" : " warnings"),
            outcome.flaky() ? ", flaky: it passed at try " + outcome.tries().size() : "",
            outcome.unlike() == null
                    && outcome.passed()
                    && !outcome.flaky()
                    && outcome.tries().size() > 1
                ? ", " + outcome.tries().size() + " times the same"
                : "");
  }

  /** The calls of a scenario, line by line. */
  static List<String> timeline(Performance performance, Ink ink) {
    return performance.calls().stream()
        .flatMap((CallRecord record) ->
            TimelineText.lines(TimelineReader.read(record), ink, Detail.USUAL, performance.hints())
                .stream())
        .toList();
  }

  public static Duration worldTime(Outcome outcome) {
    List<JournalEntry> journal = outcome.played() ? outcome.last().journal() : List.of();
    return journal.isEmpty()
        ? Duration.ZERO
        : Duration.between(journal.getFirst().at(), journal.getLast().at());
  }

  @Override
  public void ends(Results results) {
    List<Outcome> outcomes = results.outcomes();
    long passed = outcomes.stream().filter(Outcome::passed).count();
    long flaky = outcomes.stream().filter(Outcome::flaky).count();
    long left = outcomes.stream().filter(o -> !o.played()).count();
    Duration world =
        outcomes.stream().map(TerminalReport::worldTime).reduce(Duration.ZERO, Duration::plus);
    out.println(
        "%d passed, %d failed%s%s; %s of world time in %.1f s"
            .formatted(
                passed,
                outcomes.size() - passed - left,
                flaky == 0 ? "" : ", " + flaky + " flaky",
                left == 0 ? "" : ", " + left + " not played",
                world.toMinutes() < 2 ? world.toSeconds() + " s" : world.toMinutes() + " min",
                results.took().toMillis() / 1000.0));
    if (results.coverage() != null) {
      CoverageText.lines(results.coverage(), ink).forEach(out::println);
    }
  }
}
