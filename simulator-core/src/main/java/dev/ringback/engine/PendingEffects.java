package dev.ringback.engine;

import dev.ringback.call.CallInput;
import dev.ringback.call.Effect;
import dev.ringback.cast.ActPlanner.Planned;
import dev.ringback.id.Sid;
import dev.ringback.voice.Act;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Collects, while a call is built again from its journal, what was asked for and has not happened
 * yet, in the order of asking.
 */
final class PendingEffects {
  private final Function<Effect.Tell, List<Planned>> reactions;
  private final List<Due> due = new ArrayList<>();

  /** Something still to come. */
  sealed interface Due {}

  /**
   * @param at when it was asked for
   */
  record Asked(Instant at, Effect effect) implements Due {}

  /**
   * @param at when it is to happen
   */
  record Coming(Instant at, Sid leg, Act act) implements Due {}

  /**
   * @param reactions what the parties do about what they notice
   */
  PendingEffects(Function<Effect.Tell, List<Planned>> reactions) {
    this.reactions = reactions;
  }

  void took(CallInput input, List<Effect> effects, Instant at) {
    due.stream().filter(d -> isDoneBy(d, input, at)).findFirst().ifPresent(due::remove);
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Send send -> due.add(new Asked(at, send));
        case Effect.Ask ask -> due.add(new Asked(at, ask));
        case Effect.Wake wake -> due.add(new Asked(at, wake));
        case Effect.Tell tell ->
            reactions
                .apply(tell)
                .forEach(p -> due.add(new Coming(at.plus(p.in()), tell.leg(), p.act())));
        case Effect.Note note -> {}
        case Effect.Raise raise -> {}
      }
    }
  }

  private static boolean isDoneBy(Due due, CallInput input, Instant at) {
    return switch (due) {
      case Coming coming ->
          coming.at().equals(at) && input.equals(new CallInput.Acted(coming.leg(), coming.act()));
      case Asked asked ->
          switch (asked.effect()) {
            case Effect.Send send ->
                input instanceof CallInput.Landed landed
                    && landed.exchange().equals(send.callback().id());
            case Effect.Ask ask ->
                input instanceof CallInput.Told told && told.question() == ask.question();
            case Effect.Wake wake -> input.equals(new CallInput.Woke(wake.leg(), wake.alarm()));
            case Effect.Tell tell -> false;
            case Effect.Note note -> false;
            case Effect.Raise raise -> false;
          };
    };
  }

  List<Due> due() {
    return List.copyOf(due);
  }
}
