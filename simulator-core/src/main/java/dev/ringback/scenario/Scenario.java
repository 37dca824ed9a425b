package dev.ringback.scenario;

import dev.ringback.engine.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A play and what is expected of it.
 *
 * @param calls in order
 * @param then in this order
 * @param allow codes of errors that may be raised without being expected
 * @param strict whether no other request may lie between the expected ones
 */
public record Scenario(
    String name, List<Entrance> calls, List<Expected> then, Set<String> allow, boolean strict) {

  /**
   * A call that is placed.
   *
   * @param at after the call before it that has no such time; null: when the call before has come
   *     to rest
   */
  public record Entrance(Placement placement, @Nullable Duration at) {}

  /**
   * @param line in the file it was read from; 0: none
   */
  public record Expected(Expectation what, int line) {}
}
