package dev.ringback.cast;

import dev.ringback.call.Call;
import dev.ringback.call.Leg;
import java.util.List;
import java.util.Optional;

/** The two people in a call. */
public enum Role {
  CUSTOMER,
  WORKER;

  /** The leg this person is on: the call's own, or the last one it dialled; empty: none yet. */
  public Optional<Leg> leg(Call call) {
    Leg first = call.facts().leg();
    boolean workerCalled = first.from().startsWith("client:");
    if ((this == WORKER) == workerCalled) {
      return Optional.of(first);
    }
    List<Leg> children = call.facts().children();
    return children.isEmpty() ? Optional.empty() : Optional.of(children.getLast());
  }
}
