package dev.ringback.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a world's clock shows.
 *
 * @param inFlight requests the clock waits for
 * @param nextDue null: nothing is due
 */
public record ClockView(
    ClockMode mode, Instant now, int inFlight, List<Holds.Hold> holds, @Nullable Instant nextDue) {
  static ClockView of(WorldState state) {
    WorldTime time = state.time;
    return new ClockView(
        time.clock().mode(),
        time.now(),
        state.delivery.countInFlight(),
        time.holds().active(),
        time.agenda().nextDue());
  }
}
