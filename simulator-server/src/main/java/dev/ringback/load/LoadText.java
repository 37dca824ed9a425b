package dev.ringback.load;

import dev.ringback.load.LoadResult.FoundLimit;
import dev.ringback.load.LoadResult.Latencies;
import dev.ringback.load.LoadResult.Second;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run of load in words. */
public final class LoadText {
  /** Milliseconds that calls may begin late. */
  private static final double KEEPING_UP = 100;

  private LoadText() {}

  /** In a line: how many calls there were, how many failed, in what time. */
  public static String headline(LoadResult result) {
    LoadResult.Calls calls = result.calls();
    String text =
        String.format(
            Locale.ROOT,
            "%s calls in %.1f s: %d ended, %d failed; at most %d live; begun late p99 %.1f ms",
            calls.begun() < calls.planned()
                ? calls.begun() + " of " + calls.planned()
                : "" + calls.begun(),
            result.seconds(),
            calls.ended(),
            calls.failed(),
            calls.mostLive(),
            result.late().p99());
    FoundLimit limit = result.limit();
    if (limit == null) {
      return text;
    }
    if (limit.beyond() == 0) {
      return text
          + (limit.rate() > 0
              ? String.format(
                  Locale.ROOT, "; %s not reached up to %.1f calls/s", limit.text(), limit.rate())
              : "; ended before any rate was tried for " + limit.text());
    }
    return text
        + String.format(
            Locale.ROOT,
            "; %s at %.1f calls/s, %s",
            limit.text(),
            limit.beyond(),
            limit.rate() > 0
                ? String.format(Locale.ROOT, "not yet at %.1f", limit.rate())
                : "the first rate that was tried");
  }

  /** All of it. */
  public static List<String> lines(LoadResult result) {
    List<String> lines = new ArrayList<>(List.of(headline(result)));
    if (result.late().p99() > KEEPING_UP) {
      lines.add(
          "Calls began late: this machine does not keep up with the rate; take a lower one, or share it with others (--shard).");
    }
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%-20s %9s %9s %9s %9s %9s",
            "request",
            "count",
            "p50 ms",
            "p90",
            "p99",
            "max"));
    result.requests().forEach((kind, l) -> lines.add(row(kind, l)));
    counts(lines, "ended", result.endings());
    counts(lines, "errors", result.errors());
    counts(lines, "failed", result.causes());
    return lines;
  }

  private static String row(String kind, Latencies l) {
    return String.format(
        Locale.ROOT,
        "%-20s %9d %9.1f %9.1f %9.1f %9.1f",
        kind,
        l.count(),
        l.p50(),
        l.p90(),
        l.p99(),
        l.max());
  }

  private static void counts(List<String> lines, String title, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      lines.add("");
      counts.forEach((name, count) ->
          lines.add(String.format(Locale.ROOT, "%-8s %7d × %s", title, count, name)));
    }
  }

  /** What happens just now: a line, and one for each kind of request and each code. */
  public static List<String> now(Snapshot now) {
    List<String> lines = new ArrayList<>(List.of(summary(now)));
    now.requests()
        .forEach((kind, l) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "  %-20s %9d  p50 %.1f ms  p99 %.1f ms",
                    kind,
                    l.count(),
                    l.p50(),
                    l.p99())));
    now.errors().forEach((code, count) -> lines.add("  error %s × %d".formatted(code, count)));
    return lines;
  }

  private static String summary(Snapshot now) {
    Second second = now.second();
    return String.format(
        Locale.ROOT,
        "%4d s  live %d  %.0f/s of %.0f/s  ended %d  failed %d  p50 %.0f ms  p99 %.0f ms",
        second.second() + 1,
        second.live(),
        (double) second.begun(),
        now.rate(),
        now.calls().ended(),
        now.calls().failed(),
        second.p50(),
        second.p99());
  }

  /** The series as comma-separated values, with a line of names. */
  public static String csv(LoadResult result) {
    StringBuilder text =
        new StringBuilder("second,begun,ended,failed,live,requests,p50_ms,p99_ms\n");
    for (Second s : result.series()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%d,%d,%d,%d,%d,%.3f,%.3f\n",
              s.second(),
              s.begun(),
              s.ended(),
              s.failed(),
              s.live(),
              s.requests(),
              s.p50(),
              s.p99()));
    }
    return text.toString();
  }
}
