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
  private final Map<String, Lease> leases = new LinkedHashMap<>();

  private record Lease(Duration whole, long expiry) {}

  Holds(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * @param lease what is left of it, in the wall's time
   */
  public record Hold(String name, Duration lease) {}

  /** Takes a hold, or renews the one of that name; gives all that are active then. */
  List<Hold> take(String name, Duration lease) {
    leases.put(name, lease(lease));
    return active();
  }

  private Lease lease(Duration whole) {
    return new Lease(whole, nanos.getAsLong() + whole.toNanos());
  }

  /** The wall's time has nothing to do with that of before: each lease begins anew. */
  void renew() {
    leases.replaceAll((name, lease) -> lease(lease.whole()));
  }

  boolean release(String name) {
    return leases.remove(name) != null;
  }

  List<Hold> active() {
    long now = nanos.getAsLong();
    leases.values().removeIf(lease -> lease.expiry() - now <= 0);
    List<Hold> holds = new ArrayList<>();
    leases.forEach(
        (name, lease) -> holds.add(new Hold(name, Duration.ofNanos(lease.expiry() - now))));
    return holds;
  }

  /** How long to wait for the first lease to end; null: nobody holds. */
  @Nullable Duration untilFirstEnds() {
    return active().stream().map(Hold::lease).min(Duration::compareTo).orElse(null);
  }
}
