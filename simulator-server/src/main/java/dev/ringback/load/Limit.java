package dev.ringback.load;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.AbstractHistogram;

/**
 * A latency that ends the run: {@code p99>500ms}.
 *
 * @param percentile above 0, at most 100
 * @param micros of the app's answers
 */
public record Limit(double percentile, long micros) {
  public static final String FORM = "a percentile and a latency, such as p99>500ms or p50>1.5s";

  private static final Pattern LIMIT =
      Pattern.compile("p(\\d{1,2}(?:\\.\\d{1,3})?|100)>(\\d{1,6}(?:\\.\\d{1,3})?)(ms|s)");

  /** Empty: it is none. */
  public static Optional<Limit> parse(String text) {
    Matcher limit = LIMIT.matcher(text);
    if (!limit.matches() || Double.parseDouble(limit.group(1)) <= 0) {
      return Optional.empty();
    }
    double unit = limit.group(3).equals("s") ? 1_000_000 : 1_000;
    return Optional.of(
        new Limit(
            Double.parseDouble(limit.group(1)),
            Math.round(Double.parseDouble(limit.group(2)) * unit)));
  }

  /** Whether the latencies, in microseconds, are beyond it; of none nobody can tell. */
  boolean isPassed(AbstractHistogram latencies) {
    return latencies.getTotalCount() > 0 && latencies.getValueAtPercentile(percentile) > micros;
  }
}
