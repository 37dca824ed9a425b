package dev.ringback.scenario;

import dev.ringback.cast.Reaction;
import dev.ringback.cast.ScriptStep;
import dev.ringback.engine.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A play and what is expected of it.
 *
 * @param when in order
 * @param then in this order
 * @param allow codes of errors that may be raised without being expected
 * @param strict whether no other request may lie between the expected ones
 * @param lines where its directions stand
 */
public record Scenario(
    String name,
    List<Step> when,
    List<Expected> then,
    Set<String> allow,
    boolean strict,
    Lines lines) {

  /**
   * Where in its file a direction stands; what is in no file has line 0.
   *
   * @param directions by what they are; of two that are the same, one is as good as the other
   */
  public record Lines(Map<ScriptStep, Integer> directions, Map<Reaction, Integer> reactions) {
    int of(ScriptStep direction) {
      return directions.getOrDefault(direction, 0);
    }

    int of(Reaction reaction) {
      return reactions.getOrDefault(reaction, 0);
    }
  }

  /** What is done from outside. */
  public sealed interface Step {}

  /**
   * A call that is placed.
   *
   * @param at after the step before it that has no such time; null: when the call before has come
   *     to rest
   */
  public record Entrance(Placement placement, @Nullable Duration at) implements Step {}

  /** When the call before has come to rest, the clock goes on by that much. */
  public record Advance(Duration by) implements Step {}

  /** The calls, in order. */
  public List<Entrance> calls() {
    return when.stream().filter(Entrance.class::isInstance).map(Entrance.class::cast).toList();
  }

  /** The same where time passes by the wall: when a request came is not compared. */
  public Scenario inRealTime() {
    return new Scenario(
        name, when, then.stream().map(Expected::atAnyTime).toList(), allow, strict, lines);
  }

  /**
   * @param line in the file it was read from; 0: none
   */
  public record Expected(Expectation what, int line) {
    Expected atAnyTime() {
      return new Expected(atAnyTime(what), line);
    }

    private static Expectation atAnyTime(Expectation what) {
      return switch (what) {
        case Expectation.Request request -> request.atAnyTime();
        case Expectation.InAnyOrder group ->
            new Expectation.InAnyOrder(group.requests().stream().map(Expected::atAnyTime).toList());
        case Expectation.Never(Expectation unwanted) -> new Expectation.Never(atAnyTime(unwanted));
        case Expectation.Exists exists -> exists;
        case Expectation.Called called -> called;
        case Expectation.CallEnds ends -> ends;
        case Expectation.Alerts alerts -> alerts;
        case ApiExpectation api -> api;
      };
    }
  }
}
