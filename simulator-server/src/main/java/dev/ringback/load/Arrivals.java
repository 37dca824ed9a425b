package dev.ringback.load;

import java.time.Duration;

/**
 * When calls begin: at a rate that grows from nothing for as long as the ramp, and stays. Nobody
 * waits for an answer before the next call begins (an open loop), so that a slow app has to bear
 * what real callers would do to it.
 *
 * @param rate calls a second, above 0
 * @param ramp zero: the rate holds from the first call on
 */
public record Arrivals(double rate, Duration ramp) {

  /** How long after the beginning the call of that index is due; the first one has index 0. */
  public Duration at(long index) {
    double seconds = ramp.toNanos() / 1e9;
    double ramped = rate * seconds / 2; // calls by the end of the ramp
    double at = index < ramped ? Math.sqrt(2 * seconds * index / rate) : seconds / 2 + index / rate;
    return Duration.ofNanos(Math.round(at * 1e9));
  }
}
