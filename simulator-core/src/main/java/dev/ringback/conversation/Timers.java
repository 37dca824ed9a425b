package dev.ringback.conversation;

import dev.ringback.account.ApiError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The timers of a conversation (docs/conversations/states-timers).
 *
 * @param inactiveAfter {@code Timers.Inactive}, at least a minute; null: none
 * @param closedAfter {@code Timers.Closed}, at least ten minutes; null: none
 * @param inactiveAt when the first timer will run out; null: it does not run
 * @param closedAt when the second timer will run out; null: it does not run
 */
public record Timers(
    @Nullable Duration inactiveAfter,
    @Nullable Duration closedAfter,
    @Nullable Instant inactiveAt,
    @Nullable Instant closedAt) {
  public static final Timers NONE = new Timers(null, null, null, null);

  private static final Duration SHORTEST_INACTIVE = Duration.ofMinutes(1);
  private static final Duration SHORTEST_CLOSED = Duration.ofMinutes(10);

  /** Those of a new conversation of the account; they do not run yet. */
  static Timers of(Configuration configuration) {
    return new Timers(
        parsed(configuration.inactiveTimer()), parsed(configuration.closedTimer()), null, null);
  }

  private static @Nullable Duration parsed(@Nullable String text) {
    return text == null ? null : Duration.parse(text);
  }

  /** Refuses timers that are shorter than Twilio's; zero is none. */
  static void check(@Nullable Duration inactiveAfter, @Nullable Duration closedAfter) {
    if (isTooShort(inactiveAfter, SHORTEST_INACTIVE)) {
      throw ApiError.badRequest(50375, "Inactive timer is less than the minimum of 1 minute");
    }
    if (isTooShort(closedAfter, SHORTEST_CLOSED)) {
      throw ApiError.badRequest(50376, "Closed timer is less than the minimum of 10 minutes");
    }
  }

  private static boolean isTooShort(@Nullable Duration timer, Duration shortest) {
    return timer != null && !timer.isZero() && timer.compareTo(shortest) < 0;
  }

  /**
   * As a request sets them; null: as before.
   *
   * @param inactiveAfter zero: none
   * @param closedAfter zero: none
   */
  Timers set(@Nullable Duration inactiveAfter, @Nullable Duration closedAfter) {
    return new Timers(
        after(inactiveAfter, this.inactiveAfter),
        after(closedAfter, this.closedAfter),
        inactiveAt,
        closedAt);
  }

  private static @Nullable Duration after(@Nullable Duration given, @Nullable Duration before) {
    Duration timer = given == null ? before : given;
    return timer == null || timer.isZero() ? null : timer;
  }

  /** Running anew from that instant, as far as timers run in that state. */
  Timers runningFrom(Instant now, State state) {
    return new Timers(
        inactiveAfter,
        closedAfter,
        state == State.ACTIVE && inactiveAfter != null ? now.plus(inactiveAfter) : null,
        state != State.CLOSED && closedAfter != null ? now.plus(closedAfter) : null);
  }

  /** The state that begins when a timer runs out then; empty: no timer runs to that instant. */
  Optional<State> stateAt(Instant at) {
    return at.equals(closedAt)
        ? Optional.of(State.CLOSED)
        : at.equals(inactiveAt) ? Optional.of(State.INACTIVE) : Optional.empty();
  }

  /** After a timer has run out and that state has begun; the other one runs on. */
  Timers runOut(State began) {
    return new Timers(inactiveAfter, closedAfter, null, began == State.CLOSED ? null : closedAt);
  }
}
