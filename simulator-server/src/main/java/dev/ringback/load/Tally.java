package dev.ringback.load;

import dev.ringback.load.LoadResult.Calls;
import dev.ringback.load.LoadResult.FoundLimit;
import dev.ringback.load.LoadResult.Latencies;
import dev.ringback.load.LoadResult.Second;
import dev.ringback.load.Snapshot.Percentiles;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Counts while a run goes on; from any thread. */
final class Tally {
  private static final int DIGITS = 3;

  /** Different causes that are told apart; what comes then is counted as others. */
  private static final int MOST_CAUSES = 50;

  private final SortedMap<String, Long> endings = new TreeMap<>();
  private final SortedMap<String, Long> errors = new TreeMap<>();
  private final Map<String, Long> causes = new LinkedHashMap<>();
  private final SortedMap<String, Histogram> requests = new TreeMap<>();
  private final Histogram late = new Histogram(DIGITS);
  private final List<Second> series = new ArrayList<>();
  private Histogram ofThisSecond = new Histogram(DIGITS);
  private Histogram ofThisStep = new Histogram(DIGITS);
  private long badOfThisStep;
  private long begun;
  private long ended;
  private long failed;
  private long mostLive;
  private Second sums = new Second(0, 0, 0, 0, 0, 0, 0, 0);

  synchronized void begins() {
    begun++;
    mostLive = Math.max(mostLive, begun - ended);
  }

  /** How much later than due the first request of a call left. */
  synchronized void left(Duration after) {
    late.recordValue(micros(after));
  }

  synchronized void ends(CallOutcome outcome) {
    ended++;
    String cause = outcome.cause();
    if (cause != null) {
      failed++;
      boolean room = causes.size() < MOST_CAUSES || causes.containsKey(cause);
      causes.merge(room ? cause : "other causes", 1L, Long::sum);
    }
    outcome.endings().forEach(ending -> endings.merge(ending, 1L, Long::sum));
    outcome.errors().forEach(code -> errors.merge(code, 1L, Long::sum));
  }

  /** What was not answered has no latency: it counts as bad, and so does an error of the app's. */
  synchronized void answered(String kind, Landing landing, Duration took) {
    if (!(landing instanceof Landing.Answered answered)) {
      badOfThisStep++;
      return;
    }
    badOfThisStep += answered.status() >= 500 ? 1 : 0;
    long micros = micros(took);
    requests.computeIfAbsent(kind, k -> new Histogram(DIGITS)).recordValue(micros);
    ofThisSecond.recordValue(micros);
    ofThisStep.recordValue(micros);
  }

  private static long micros(Duration duration) {
    return Math.max(0, duration.toNanos() / 1_000);
  }

  synchronized boolean allEnded(long planned) {
    return begun >= planned && ended >= begun;
  }

  /** A second is over: what happened in it. */
  synchronized Second tick() {
    Second now =
        new Second(
            series.size(),
            begun - sums.begun(),
            ended - sums.ended(),
            failed - sums.failed(),
            begun - ended,
            ofThisSecond.getTotalCount(),
            ofThisSecond.getValueAtPercentile(50) / 1_000.0,
            ofThisSecond.getValueAtPercentile(99) / 1_000.0);
    series.add(now);
    sums = new Second(0, begun, ended, failed, 0, 0, 0, 0);
    ofThisSecond = new Histogram(DIGITS);
    return now;
  }

  /**
   * How the app did for a while.
   *
   * @param bad requests that it did not answer, or with a 5xx
   */
  record Step(Histogram answers, long bad) {
    /** Nobody has asked anything. */
    boolean isEmpty() {
      return answers.getTotalCount() == 0 && bad == 0;
    }

    /** Whether more than one in a hundred was bad. */
    boolean fails() {
      long answered = answers.getTotalCount();
      return bad * 100 > Math.max(answered, bad);
    }
  }

  /** Since this was asked last. */
  synchronized Step step() {
    Step step = new Step(ofThisStep, badOfThisStep);
    ofThisStep = new Histogram(DIGITS);
    badOfThisStep = 0;
    return step;
  }

  /** How far a run is, at the end of a second. */
  synchronized Snapshot snapshot(long planned, double rate) {
    SortedMap<String, Percentiles> kinds = new TreeMap<>();
    requests.forEach((kind, histogram) -> kinds.put(kind, Percentiles.of(histogram)));
    return new Snapshot(calls(planned), tick(), rate, kinds, new TreeMap<>(errors));
  }

  synchronized Calls calls(long planned) {
    return new Calls(planned, begun, ended, failed, mostLive);
  }

  synchronized LoadResult result(
      long planned, double rate, Duration took, @Nullable FoundLimit limit) {
    SortedMap<String, Latencies> kinds = new TreeMap<>();
    requests.forEach((kind, histogram) -> kinds.put(kind, Latencies.of(histogram)));
    return new LoadResult(
        LoadResult.VERSION,
        rate,
        took.toNanos() / 1e9,
        calls(planned),
        new TreeMap<>(endings),
        new TreeMap<>(errors),
        new LinkedHashMap<>(causes),
        Latencies.of(late),
        kinds,
        List.copyOf(series),
        limit);
  }
}
