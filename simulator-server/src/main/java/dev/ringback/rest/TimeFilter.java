package dev.ringback.rest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A list's filter by time: {@code name}, {@code name<} and {@code name>}, each a second or a day of
 * UTC. It is read before there is anything to filter, so that what is no date is refused whatever
 * the list has.
 */
public final class TimeFilter {
  private final List<Predicate<Instant>> conditions = new ArrayList<>();

  /**
   * @param during {@code name}
   * @param atMost {@code name<}
   * @param atLeast {@code name>}
   */
  TimeFilter(Optional<Span> during, Optional<Span> atMost, Optional<Span> atLeast) {
    during.ifPresent(
        span -> conditions.add(at -> !at.isBefore(span.from()) && at.isBefore(span.until())));
    // Twilio shows whole seconds, and "at most this second" includes all of it; of a day it is
    // midnight (docs/voice/api/call-resource, "StartTime").
    atMost.ifPresent(
        span -> conditions.add(at -> !at.truncatedTo(ChronoUnit.SECONDS).isAfter(span.from())));
    atLeast.ifPresent(span -> conditions.add(at -> !at.isBefore(span.from())));
  }

  /**
   * Whether the list shows it.
   *
   * @param at null: it has not happened, so that only a list without such a filter shows it
   */
  public boolean takes(@Nullable Instant at) {
    return conditions.isEmpty() || (at != null && conditions.stream().allMatch(c -> c.test(at)));
  }
}
