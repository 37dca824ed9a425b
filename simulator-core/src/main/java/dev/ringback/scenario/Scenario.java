package dev.ringback.scenario;

import dev.ringback.engine.Placement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A play and what is expected of it.
 *
 * @param calls in order
 * @param then in this order
 * @param strict whether no other request may lie between the expected ones
 */
public record Scenario(String name, List<Entrance> calls, List<Expectation> then, boolean strict) {

  /**
   * A call that is placed.
   *
   * @param at after the call before it that has no such time; null: when the call before has come
   *     to rest
   */
  public record Entrance(Placement placement, @Nullable Duration at) {}
}
