package dev.ringback.cast;

import java.time.Duration;

/** How a party behaves when it is called. */
public sealed interface Cast {
  /** Without any directions a called party answers after 2 s and talks 10 s. */
  Answers DEFAULT = new Answers(Duration.ofSeconds(2), Duration.ofSeconds(10), false);

  /**
   * Answers, talks, hangs up.
   *
   * @param after from the first ring
   * @param talks from the moment the two are connected
   * @param silent says nothing all the while
   */
  record Answers(Duration after, Duration talks, boolean silent) implements Cast {}

  /**
   * Declines on the device.
   *
   * @param after from the first ring
   */
  record Declines(Duration after) implements Cast {}

  /** Is in another call. */
  record Busy() implements Cast {}

  /** Lets it ring. */
  record Ignores() implements Cast {}

  /** Rings until a person acts for it, and does nothing by itself afterwards. */
  record ByHand() implements Cast {}

  /** Cannot be reached by any network. */
  record Unreachable() implements Cast {}
}
