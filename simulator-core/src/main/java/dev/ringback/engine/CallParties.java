package dev.ringback.engine;

import dev.ringback.call.Effect;
import dev.ringback.cast.ActPlanner;
import dev.ringback.cast.CallParty;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Reaction;
import dev.ringback.cast.Script;
import dev.ringback.engine.WorldSettings.Worker;
import dev.ringback.id.ClientAddress;
import dev.ringback.id.Sid;
import dev.ringback.snapshot.SerializablePredicate;
import dev.ringback.voice.Act;
import dev.ringback.voice.Cue;
import dev.ringback.voice.Direction;
import dev.ringback.voice.Leg;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parties of calls: what each does about what it notices, by its script or its cast. */
final class CallParties {
  private final WorldSettings settings;
  private final SerializablePredicate<String> loggedIn;

  /**
   * @param loggedIn whether calls reach that worker's device
   */
  CallParties(WorldSettings settings, SerializablePredicate<String> loggedIn) {
    this.settings = settings;
    this.loggedIn = loggedIn;
  }

  List<ActPlanner.Planned> reaction(LiveCall call, Effect.Tell tell) {
    if (tell.cue() instanceof Cue.Heard heard) {
      return heard(call, tell.leg(), heard);
    }
    Leg own = call.call.facts().leg();
    boolean isCalled =
        own.direction() != Direction.INBOUND
            && (tell.cue() instanceof Cue.Dialled || tell.cue() instanceof Cue.Ringing);
    return tell.leg().equals(own.sid()) && !isCalled
        ? ActPlanner.caller(call.script.caller(), other(call), tell.cue())
        : ActPlanner.called(castOf(call.script, tell.address()), tell.cue());
  }

  /** The cast of the party that the call is connected with; null: it dialled none. */
  private @Nullable Cast other(LiveCall call) {
    return call.call.facts().children().stream()
        .filter(child -> child.answered() && !child.ended())
        .reduce((before, last) -> last)
        .map(child -> castOf(call.script, child.to()))
        .orElse(null);
  }

  private static List<ActPlanner.Planned> heard(LiveCall call, Sid legSid, Cue.Heard heard) {
    List<Reaction> reactions = call.script.reactions();
    int place =
        ActPlanner.reaction(
            reactions, CallParty.of(call.call, legSid), heard.words(), call.reacted);
    Leg leg = call.call.facts().leg(legSid);
    if (place < 0) {
      return List.of();
    }
    call.reacted.add(place);
    Reaction reaction = reactions.get(place);
    // A party that has answered declines by hanging up.
    boolean declines = reaction.act() instanceof Act.Decline && leg != null && leg.answered();
    return List.of(
        new ActPlanner.Planned(
            reaction.after() == null ? heard.lasts() : reaction.after(),
            declines ? new Act.HangUp() : reaction.act()));
  }

  private Cast castOf(Script script, String address) {
    boolean client = ClientAddress.is(address);
    String name = ClientAddress.identity(address);
    if (client && !loggedIn.test(name)) {
      return new Cast.Ignores();
    }
    Cast directed = script.of(name, client);
    if (directed != null) {
      return directed;
    }
    for (Worker worker : settings.frontline().people().workers()) {
      if (worker.identity().equals(name) && worker.cast() != null) {
        return worker.cast();
      }
    }
    return settings.telephony().customers().getOrDefault(name, Cast.DEFAULT);
  }
}
