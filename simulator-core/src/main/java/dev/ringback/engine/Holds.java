package dev.ringback.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who holds virtual time back. Each hold has a name, and a lease in the wall's time, so that a
 * forgotten one cannot stop the world for ever.
 */
public final class Holds {
  private final LongSupplier nanos;
  private final Map<String, Long> expiries = new LinkedHashMap<>();

  Holds(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * @param lease what is left of it, in the wall's time
   */
  public record Hold(String name, Duration lease) {}

  /** Takes a hold, or renews the one of that name; gives all that are active then. */
  List<Hold> take(String name, Duration lease) {
    expiries.put(name, nanos.getAsLong() + lease.toNanos());
    return active();
  }

  boolean release(String name) {
    return expiries.remove(name) != null;
  }

  List<Hold> active() {
    long now = nanos.getAsLong();
    expiries.values().removeIf(expiry -> expiry - now <= 0);
    List<Hold> holds = new ArrayList<>();
    expiries.forEach((name, expiry) -> holds.add(new Hold(name, Duration.ofNanos(expiry - now))));
    return holds;
  }

  /** How long to wait for the first lease to end; null: nobody holds. */
  @Nullable Duration untilFirstEnds() {
    return active().stream().map(Hold::lease).min(Duration::compareTo).orElse(null);
  }
}
