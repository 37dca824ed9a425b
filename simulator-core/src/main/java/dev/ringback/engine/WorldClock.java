package dev.ringback.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** A world's time. It never goes back, and only the loop moves it. */
final class WorldClock {
  /** Nobody waits longer at a time; what is due later is waited for again. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private static final Duration BEYOND_ANY_SPEED = LONGEST_WAIT.multipliedBy(1_000);

  private ClockMode mode;
  private final LongSupplier nanos;

  /** From when on it runs at this speed, here and on the wall. */
  private Instant start;

  private Instant startWall;
  private long startNanos;
  private Instant now;

  /** Whether it does not follow the wall. */
  private boolean stands;

  /**
   * @param began where it begins, here and on the wall
   * @param nanos the wall's, monotone
   */
  WorldClock(ClockMode mode, WorldInput.Began began, LongSupplier nanos) {
    this.mode = mode;
    this.nanos = nanos;
    this.start = began.start();
    this.startWall = began.wall();
    this.startNanos = nanos.getAsLong();
    this.now = began.start();
  }

  Instant now() {
    return now;
  }

  ClockMode mode() {
    return mode;
  }

  /** World seconds in a second of the wall's. */
  double speed() {
    return mode instanceof ClockMode.Real real ? real.speed() : 1;
  }

  /** Real time: at another speed from now on; false: it is virtual. */
  boolean run(double speed) {
    if (mode.virtual()) {
      return false;
    }
    Instant at = read();
    startWall = startWall.plusNanos((long) (Duration.between(start, at).toNanos() / speed()));
    start = at;
    startNanos = nanos.getAsLong();
    mode = new ClockMode.Real(speed);
    return true;
  }

  /** From now on it does not follow the wall. */
  void stand() {
    stands = true;
  }

  /** Real time: what it would be if it had never stood. */
  Instant wouldBe(Instant wall) {
    long passed = Duration.between(startWall, wall).toNanos();
    Instant then = start.plusNanos((long) (passed * speed()));
    return mode.virtual() || then.isBefore(now) ? now : then;
  }

  /** It will go on from there, here and on the wall. */
  void resume(WorldInput.Resumed resumed) {
    start = resumed.start();
    startWall = resumed.wall();
  }

  /** It follows the wall again. */
  void goOn() {
    stands = false;
    startNanos = nanos.getAsLong();
    moveTo(start);
  }

  /** Real time: catches up with the wall. */
  Instant read() {
    if (mode instanceof ClockMode.Real real && !stands) {
      long passed = nanos.getAsLong() - startNanos;
      moveTo(start.plusNanos((long) (passed * real.speed())));
    }
    return now;
  }

  void moveTo(Instant instant) {
    if (instant.isAfter(now)) {
      now = instant;
    }
  }

  /** Real time: how long the wall takes until it is {@code due} here. */
  Duration wallUntil(Instant due) {
    Duration until = Duration.between(read(), due);
    if (until.compareTo(BEYOND_ANY_SPEED) > 0) {
      return LONGEST_WAIT;
    }
    double left = (double) until.toMillis() / speed();
    return Duration.ofMillis(
        (long) Math.clamp(Math.ceil(left), 0.0, (double) LONGEST_WAIT.toMillis()));
  }
}
