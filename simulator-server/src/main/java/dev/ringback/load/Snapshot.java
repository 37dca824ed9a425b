package dev.ringback.load;

import java.util.SortedMap;
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

  /** Latencies in milliseconds. */
  public record Percentiles(long count, double p50, double p99) {
    static Percentiles of(AbstractHistogram micros) {
      return new Percentiles(
          micros.getTotalCount(),
          micros.getValueAtPercentile(50) / 1_000.0,
          micros.getValueAtPercentile(99) / 1_000.0);
    }
  }
}
