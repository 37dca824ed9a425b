package dev.ringback.load;

import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.AbstractHistogram;

/**
 * How far a run of load is.
 *
 * @param second the last one
 * @param rate calls a second that are wanted now
 * @param requests so far, by kind
 * @param errors so far, by code
 */
public record Snapshot(
    LoadResult.Calls calls,
    LoadResult.Second second,
    double rate,
    SortedMap<String, Percentiles> requests,
    SortedMap<String, Long> errors) {

  /** Two parts of the same run; percentiles do not add up: the worse one stands. */
  public Snapshot plus(Snapshot other) {
    SortedMap<String, Percentiles> all = new TreeMap<>(requests);
    other.requests.forEach((kind, more) -> all.merge(kind, more, Percentiles::plus));
    SortedMap<String, Long> codes = new TreeMap<>(errors);
    other.errors.forEach((code, count) -> codes.merge(code, count, Long::sum));
    return new Snapshot(
        calls.plus(other.calls), second.plus(other.second), Math.max(rate, other.rate), all, codes);
  }

  /** Latencies in milliseconds. */
  public record Percentiles(long count, double p50, double p99) {
    static Percentiles of(AbstractHistogram micros) {
      return new Percentiles(
          micros.getTotalCount(),
          micros.getValueAtPercentile(50) / 1_000.0,
          micros.getValueAtPercentile(99) / 1_000.0);
    }

    Percentiles plus(Percentiles other) {
      return new Percentiles(
          count + other.count, Math.max(p50, other.p50), Math.max(p99, other.p99));
    }
  }
}
