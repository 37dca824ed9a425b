package dev.ringback.engine;

import java.time.Instant;

/** A world's time: what it is, what is due when, and who holds it back. */
record WorldTime(WorldClock clock, Agenda agenda, Holds holds) {

  /** The present instant; a real clock is not read anew. */
  Instant now() {
    return clock.now();
  }

  /** The present instant, caught up with the wall by a real clock. */
  Instant read() {
    return clock.read();
  }
}
