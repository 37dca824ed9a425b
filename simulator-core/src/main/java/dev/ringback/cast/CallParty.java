package dev.ringback.cast;

import dev.ringback.call.Call;
import dev.ringback.id.ClientAddress;
import dev.ringback.id.Sid;
import dev.ringback.voice.Leg;
import java.util.List;
import java.util.Optional;

/** The two people in a call: the customer, and the party that talks with the customer. */
public enum CallParty {
  CUSTOMER,
  WORKER;

  /** As people write it. */
  public String word() {
    return this == WORKER ? "worker" : "customer";
  }

  /**
   * The leg this person is on: the call's own, or the last one it dialled that has not ended;
   * empty: none yet.
   */
  public Optional<Leg> leg(Call call) {
    Leg first = call.facts().leg();
    if ((this == WORKER) == isByWorker(call)) {
      return Optional.of(first);
    }
    List<Leg> children = call.facts().children();
    return children.stream()
        .filter(child -> !child.ended())
        .reduce((before, last) -> last)
        .or(() -> children.isEmpty() ? Optional.empty() : Optional.of(children.getLast()));
  }

  /** Who is on a leg. */
  public static CallParty of(Call call, Sid leg) {
    return leg.equals(call.sid()) == isByWorker(call) ? WORKER : CUSTOMER;
  }

  private static boolean isByWorker(Call call) {
    return ClientAddress.is(call.facts().leg().party());
  }
}
