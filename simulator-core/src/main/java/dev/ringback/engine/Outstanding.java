package dev.ringback.engine;

import dev.ringback.call.CallInput;
import dev.ringback.call.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects, while a call is built again from its journal, the effects that have not yet answered.
 */
final class Outstanding {
  private final List<Due> due = new ArrayList<>();

  /**
   * @param at when the effect was asked for
   */
  record Due(Instant at, Effect effect) {}

  void took(CallInput input, List<Effect> effects, Instant at) {
    due.removeIf(d -> answers(input, d.effect()));
    for (Effect effect : effects) {
      if (!(effect instanceof Effect.Note) && !(effect instanceof Effect.Raise)) {
        due.add(new Due(at, effect));
      }
    }
  }

  private static boolean answers(CallInput input, Effect effect) {
    return switch (effect) {
      case Effect.Send send ->
          input instanceof CallInput.Landed landed
              && landed.exchange().equals(send.callback().id());
      case Effect.Ask ask ->
          input instanceof CallInput.Told told && told.question() == ask.question();
      case Effect.Wake wake ->
          input instanceof CallInput.Woke woke
              && woke.leg().equals(wake.leg())
              && woke.alarm().equals(wake.alarm());
      case Effect.Tell tell -> false;
      case Effect.Note note -> false;
      case Effect.Raise raise -> false;
    };
  }

  List<Due> effects() {
    return List.copyOf(due);
  }
}
