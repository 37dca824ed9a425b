package dev.ringback.engine;

import dev.ringback.call.Callback;
import dev.ringback.call.ExchangeId;
import dev.ringback.call.Landing;
import dev.ringback.call.Target;
import dev.ringback.callback.Delivery;
import dev.ringback.id.Sid;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is in the air. A call's requests leave one after the other. In virtual time all requests of
 * one instant fly together, one a call, and their landings count when all are down, in the order in
 * which they were asked for; so a slow endpoint cannot change what happens.
 */
final class Flights {
  private final Map<ExchangeId, Flight> inAir = new LinkedHashMap<>();
  private final Map<ExchangeId, Landing> down = new HashMap<>();
  private final Map<Sid, Deque<Callback>> waiting = new HashMap<>();
  private final Map<Sid, Flight> last = new HashMap<>();

  /**
   * @param call that asked
   * @param order of the landing on the agenda
   */
  record Flight(LiveCall call, Target target, Delivery delivery, Instant sentAt, long order) {
    ExchangeId id() {
      return delivery.request().id();
    }
  }

  record Landed(Flight flight, Landing landing) {}

  boolean anyInAir() {
    return !inAir.isEmpty();
  }

  int count() {
    return inAir.size();
  }

  /** Whether the call must wait for an earlier request of its own before this one leaves. */
  boolean mustWait(Sid call, Callback callback) {
    Deque<Callback> queue = waiting.get(call);
    if (queue == null) {
      waiting.put(call, new ArrayDeque<>());
      return false;
    }
    queue.addLast(callback);
    return true;
  }

  /** The call's next request, now that the one before is down; null: none waits. */
  @Nullable Callback next(Sid call) {
    Deque<Callback> queue = waiting.get(call);
    if (queue == null) {
      return null;
    }
    Callback next = queue.pollFirst();
    if (next == null) {
      waiting.remove(call);
      last.remove(call);
    }
    return next;
  }

  /** Whether no later request of its call has been launched. */
  boolean isLast(Flight flight) {
    return flight.equals(last.get(flight.call().call.sid()));
  }

  void launched(Flight flight) {
    inAir.put(flight.id(), flight);
    last.put(flight.call().call.sid(), flight);
  }

  /** Real time: a flight ends as its answer arrives. */
  @Nullable Landed land(ExchangeId id, Landing landing) {
    Flight flight = inAir.remove(id);
    return flight == null ? null : new Landed(flight, landing);
  }

  /** Virtual time: an answer arrived; it counts with the others of its instant. */
  void touchDown(ExchangeId id, Landing landing) {
    if (inAir.containsKey(id)) {
      down.putIfAbsent(id, landing);
    }
  }

  /** All landings of the instant in the order of asking, once none is in the air any more. */
  List<Landed> wave() {
    if (inAir.isEmpty() || down.size() < inAir.size()) {
      return List.of();
    }
    List<Landed> wave = new ArrayList<>(inAir.size());
    for (Flight flight : inAir.values()) {
      Landing landing = down.get(flight.id());
      if (landing != null) {
        wave.add(new Landed(flight, landing));
      }
    }
    inAir.clear();
    down.clear();
    return wave;
  }
}
