package dev.ringback.load;

import dev.ringback.id.WireData;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a run of load came to, as {@code --json} writes it and {@code load merge} adds it up.
 *
 * @param version of this form
 * @param rate calls a second that were wanted in the end
 * @param seconds from the first call to the end of the last
 * @param calls how many there were
 * @param endings how often calls ended so, such as {@code completed}
 * @param errors how often each code was raised
 * @param causes of failed calls, the most frequent ones
 * @param late how much later than due calls began
 * @param requests by kind, such as {@code voice}
 * @param series second by second
 * @param limit what {@code --until} has found; null: nothing was looked for
 */
@WireData
public record LoadResult(
    int version,
    double rate,
    double seconds,
    Calls calls,
    SortedMap<String, Long> endings,
    SortedMap<String, Long> errors,
    Map<String, Long> causes,
    Latencies late,
    SortedMap<String, Latencies> requests,
    List<Second> series,
    @Nullable FoundLimit limit) {

  /** The form that is written now. */
  public static final int VERSION = 1;

  /**
   * @param planned to be begun
   * @param ended of those that were begun
   * @param failed of those that ended
   * @param mostLive at a time
   */
  public record Calls(long planned, long begun, long ended, long failed, long mostLive) {
    Calls atLeast(long live) {
      return new Calls(planned, begun, ended, failed, Math.max(mostLive, live));
    }

    Calls plus(Calls other) {
      return new Calls(
          planned + other.planned,
          begun + other.begun,
          ended + other.ended,
          failed + other.failed,
          Math.max(mostLive, other.mostLive)); // or more: see the seconds
    }
  }

  /** Whether these can be figures of a run. */
  public boolean isPlausible() {
    return calls.failed() >= 0
        && calls.ended() >= calls.failed()
        && calls.begun() >= calls.ended()
        && calls.planned() >= calls.begun();
  }

  /**
   * Latencies in milliseconds.
   *
   * @param histogram all of them in microseconds, as HdrHistogram compresses it, in Base64
   */
  public record Latencies(
      long count, double p50, double p90, double p99, double max, String histogram) {

    static Latencies of(AbstractHistogram micros) {
      ByteBuffer buffer = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
      int length = micros.encodeIntoCompressedByteBuffer(buffer);
      byte[] bytes = new byte[length];
      buffer.rewind();
      buffer.get(bytes);
      return new Latencies(
          micros.getTotalCount(),
          millis(micros.getValueAtPercentile(50)),
          millis(micros.getValueAtPercentile(90)),
          millis(micros.getValueAtPercentile(99)),
          millis(micros.getMaxValue()),
          Base64.getEncoder().encodeToString(bytes));
    }

    Latencies plus(Latencies other) {
      Histogram sum = micros();
      sum.add(other.micros());
      return of(sum);
    }

    private Histogram micros() {
      try {
        Histogram read =
            Histogram.decodeFromCompressedByteBuffer(
                ByteBuffer.wrap(Base64.getDecoder().decode(histogram)), 0);
        read.setAutoResize(true);
        return read;
      } catch (DataFormatException | RuntimeException e) {
        throw new IllegalArgumentException("a histogram cannot be read: " + e.getMessage(), e);
      }
    }

    private static double millis(long micros) {
      return micros / 1_000.0;
    }
  }

  /**
   * A second of the run.
   *
   * @param second from 0
   * @param live at its end
   * @param requests that were answered, with their latencies in milliseconds
   */
  @WireData
  public record Second(
      int second,
      long begun,
      long ended,
      long failed,
      long live,
      long requests,
      double p50,
      double p99) {
    /** Percentiles do not add up: the worse one stands. */
    Second plus(Second other) {
      return new Second(
          second,
          begun + other.begun,
          ended + other.ended,
          failed + other.failed,
          live + other.live,
          requests + other.requests,
          Math.max(p50, other.p50),
          Math.max(p99, other.p99));
    }
  }

  /**
   * @param rate the highest at which the latency was within the limit; 0: it never was
   * @param beyond the rate at which it was not; 0: no such rate was tried
   * @param text the limit as it was given
   */
  public record FoundLimit(String text, double rate, double beyond) {}

  /** Two shards of the same load. */
  public LoadResult plus(LoadResult other) {
    SortedMap<String, Latencies> all = new TreeMap<>(requests);
    other.requests.forEach((kind, more) -> all.merge(kind, more, Latencies::plus));
    SortedMap<Integer, Second> seconds = new TreeMap<>();
    for (Second second : series) {
      seconds.put(second.second(), second);
    }
    for (Second second : other.series) {
      seconds.merge(second.second(), second, Second::plus);
    }
    return new LoadResult(
        VERSION,
        rate + other.rate,
        Math.max(this.seconds, other.seconds),
        calls
            .plus(other.calls)
            .atLeast(seconds.values().stream().mapToLong(Second::live).max().orElse(0)),
        sum(endings, other.endings),
        sum(errors, other.errors),
        sum(causes, other.causes),
        late.plus(other.late),
        all,
        List.copyOf(seconds.values()),
        null);
  }

  private static SortedMap<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
    SortedMap<String, Long> sum = new TreeMap<>(one);
    other.forEach((name, count) -> sum.merge(name, count, Long::sum));
    return sum;
  }
}
