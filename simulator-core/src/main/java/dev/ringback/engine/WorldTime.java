package dev.ringback.engine;

import java.time.Instant;

/** A world's time: what it is, what is due when, and who holds it back. */
record WorldTime(WorldClock clock, Agenda agenda, Holds holds) {

  /** The present instant: a real clock is read before each thing that the world does. */
  Instant now() {
    return clock.now();
  }
}
