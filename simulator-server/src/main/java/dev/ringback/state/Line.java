package dev.ringback.state;

import dev.ringback.engine.WorldInput;
import dev.ringback.json.JournalJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of a world's history: an input, or before it the request that it is of.
 *
 * @param at the world's time; null: it is a request
 * @param number of the request; 0: it is an input
 */
record Line(
    @Nullable Instant at,
    @Nullable WorldInput input,
    long number,
    @Nullable RecordedRequest request) {

  String json() {
    return JournalJson.mapper().writeValueAsString(this);
  }

  /** As it was written. */
  static Line read(String json) {
    return JournalJson.mapper().readValue(json, Line.class);
  }

  static Line of(Instant at, WorldInput input) {
    return new Line(at, input, 0, null);
  }

  static Line of(long number, RecordedRequest request) {
    return new Line(null, null, number, request);
  }
}
