package dev.ringback.engine;

import dev.ringback.call.ExchangeId;
import dev.ringback.call.Landing;
import dev.ringback.callback.Delivery;
import dev.ringback.callback.WebRequest;
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
final class RequestsInFlight {
  private final Map<ExchangeId, RequestInFlight> inAir = new LinkedHashMap<>();
  private final Map<ExchangeId, Landing> down = new HashMap<>();
  private final Map<Sid, Deque<Waiting>> waiting = new HashMap<>();
  private final Map<Sid, RequestInFlight> last = new HashMap<>();

  /**
   * @param sender that asked
   * @param lane of requests that leave one after the other
   * @param sentAt when the first try left
   * @param launchedAt when this try left
   * @param order of the landing on the agenda
   * @param fromCache whether it needs no request
   */
  record RequestInFlight(
      Requester sender,
      Sid lane,
      Delivery delivery,
      WebRequest request,
      OutgoingRequest outgoing,
      Instant sentAt,
      Instant launchedAt,
      long order,
      boolean fromCache) {
    ExchangeId id() {
      return request.id();
    }
  }

  /** One that has to wait for its turn. */
  record Waiting(Requester sender, OutgoingRequest outgoing) {}

  record Landed(RequestInFlight flight, Landing landing) {}

  boolean anyInAir() {
    return !inAir.isEmpty();
  }

  int count() {
    return inAir.size();
  }

  /** Whether an earlier request of the lane must be down before this one leaves. */
  boolean mustWait(Sid lane, Requester sender, OutgoingRequest outgoing) {
    Deque<Waiting> queue = waiting.get(lane);
    if (queue == null) {
      waiting.put(lane, new ArrayDeque<>());
      return false;
    }
    queue.addLast(new Waiting(sender, outgoing));
    return true;
  }

  /** The lane's next request, now that the one before is down; null: none waits. */
  @Nullable Waiting next(Sid lane) {
    Deque<Waiting> queue = waiting.get(lane);
    if (queue == null) {
      return null;
    }
    Waiting next = queue.pollFirst();
    if (next == null) {
      waiting.remove(lane);
      last.remove(lane);
    }
    return next;
  }

  /** Whether no later request of its lane has been launched. */
  boolean isLast(RequestInFlight flight) {
    return flight.equals(last.get(flight.lane()));
  }

  void launched(RequestInFlight flight) {
    inAir.put(flight.id(), flight);
    last.put(flight.lane(), flight);
  }

  /** Real time: a flight ends as its answer arrives. */
  @Nullable Landed land(ExchangeId id, Landing landing) {
    RequestInFlight flight = inAir.remove(id);
    return flight == null ? null : new Landed(flight, landing);
  }

  /** Whether a request of a call's is on its way. */
  boolean anyOfCalls() {
    return inAir.values().stream()
        .anyMatch(f -> f.sender() instanceof LiveCall && !down.containsKey(f.id()));
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
    for (RequestInFlight flight : inAir.values()) {
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
