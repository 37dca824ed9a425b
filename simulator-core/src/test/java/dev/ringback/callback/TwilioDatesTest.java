package dev.ringback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringback.fidelity.Fact;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TwilioDatesTest {
  private static final DateTimeFormatter RFC_2822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
          .withZone(ZoneOffset.UTC);

  @Test
  @Fact({"encoding.dates", "status-callbacks.timestamp-rfc2822"})
  void datesAreWhatTheJdkWrites() {
    Random random = new Random(5);
    long from = Instant.parse("1970-01-01T00:00:00Z").getEpochSecond();
    long to = Instant.parse("2199-12-31T23:59:59Z").getEpochSecond();
    for (int i = 0; i < 100_000; i++) {
      Instant instant =
          Instant.ofEpochSecond(random.nextLong(from, to), random.nextInt(1_000_000_000));
      assertEquals(RFC_2822.format(instant), TwilioDates.rfc2822(instant));
    }
  }
}
