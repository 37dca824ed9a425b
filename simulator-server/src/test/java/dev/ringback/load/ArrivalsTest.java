package dev.ringback.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  @Test
  void callsBeginAtTheRateFromTheFirstOn() {
    Arrivals fifty = new Arrivals(50, Duration.ZERO);
    assertEquals(Duration.ZERO, fifty.at(0));
    assertEquals(Duration.ofMillis(20), fifty.at(1));
    assertEquals(Duration.ofSeconds(10), fifty.at(500));
  }

  @Test
  void theRateGrowsWithTheRampAndHoldsAfterIt() {
    Arrivals ramped = new Arrivals(10, Duration.ofSeconds(4));
    // In the ramp half as many begin as would at the full rate.
    assertEquals(20, LongStream.range(0, 100).filter(i -> before(ramped, i, 4)).count());
    assertEquals(5, LongStream.range(0, 100).filter(i -> before(ramped, i, 2)).count());
    assertEquals(30, LongStream.range(0, 100).filter(i -> before(ramped, i, 5)).count());
    assertTrue(
        LongStream.range(1, 100).allMatch(i -> ramped.at(i).compareTo(ramped.at(i - 1)) > 0));
  }

  private static boolean before(Arrivals arrivals, long index, int seconds) {
    return arrivals.at(index).compareTo(Duration.ofSeconds(seconds)) < 0;
  }

  @Test
  void aLimitIsReadAndHeldAgainstLatencies() {
    Limit limit = Limit.parse("p99>1.5s").orElseThrow();
    assertEquals(new Limit(99, 1_500_000), limit);
    assertEquals(new Limit(99.9, 20_000), Limit.parse("p99.9>20ms").orElseThrow());
    for (String wrong : new String[] {"p101>1s", "p0>1s", "99>1s", "p99<1s", "p99>1", "p99 > 1s"}) {
      assertTrue(Limit.parse(wrong).isEmpty(), wrong);
    }
    Histogram latencies = new Histogram(3);
    assertTrue(!limit.isPassed(latencies), "of none nobody can tell");
    latencies.recordValueWithCount(1_000, 98);
    latencies.recordValueWithCount(2_000_000, 2);
    assertTrue(limit.isPassed(latencies));
    assertTrue(!new Limit(50, 1_500_000).isPassed(latencies));
  }
}
