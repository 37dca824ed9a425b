package dev.ringback.engine;

import dev.ringback.callback.Delivery;
import dev.ringback.callback.WebRequest;
import dev.ringback.id.Sid;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Landing;
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
 * The requests in flight. Those of a call leave one after the other. In virtual time all requests
 * of one instant fly together, one a call, and their ends count when all are answered, in the order
 * in which they were asked for; so a slow endpoint cannot change what happens.
 */
final class RequestsInFlight {
  /** A table that had more would keep its room, and be walked whenever it is cleared. */
  private static final int SMALL = 64;

  private Map<ExchangeId, RequestInFlight> inFlight = new LinkedHashMap<>();
  private Map<ExchangeId, Landing> answers = new HashMap<>();
  private final Map<Sid, Deque<OutgoingRequest>> waiting = new HashMap<>();
  private final Map<Sid, RequestInFlight> last = new HashMap<>();

  /**
   * A request on its way.
   *
   * @param fromCache whether it needs no request
   */
  record RequestInFlight(
      OutgoingRequest outgoing,
      Delivery delivery,
      WebRequest request,
      Launch launch,
      boolean fromCache) {
    ExchangeId id() {
      return request.id();
    }

    Requester by() {
      return outgoing.by();
    }

    Sid lane() {
      return outgoing.lane();
    }
  }

  /**
   * When a request left.
   *
   * @param sentAt when the first try left
   * @param launchedAt when this try left
   * @param order of its end on the agenda
   */
  record Launch(Instant sentAt, Instant launchedAt, long order) {}

  /** A request with its answer, which may not be the last one. */
  record Answered(RequestInFlight request, Landing landing) {}

  boolean any() {
    return !inFlight.isEmpty();
  }

  int count() {
    return inFlight.size();
  }

  /** Whether an earlier request of its lane must have ended before this one leaves. */
  boolean mustWait(OutgoingRequest request) {
    Deque<OutgoingRequest> queue = waiting.get(request.lane());
    if (queue == null) {
      waiting.put(request.lane(), new ArrayDeque<>());
      return false;
    }
    queue.addLast(request);
    return true;
  }

  /** The lane's next request, now that the one before has ended; null: none waits. */
  @Nullable OutgoingRequest next(Sid lane) {
    Deque<OutgoingRequest> queue = waiting.get(lane);
    if (queue == null) {
      return null;
    }
    OutgoingRequest next = queue.pollFirst();
    if (next == null) {
      waiting.remove(lane);
      last.remove(lane);
    }
    return next;
  }

  /** Whether no later request of its lane has been launched. */
  boolean isLast(RequestInFlight request) {
    return request.equals(last.get(request.lane()));
  }

  void launched(RequestInFlight request) {
    inFlight.put(request.id(), request);
    last.put(request.lane(), request);
  }

  /** Real time: a request ends as its answer arrives; null: it is not in flight. */
  @Nullable Answered settle(ExchangeId id, Landing landing) {
    RequestInFlight request = inFlight.remove(id);
    return request == null ? null : new Answered(request, landing);
  }

  /** Whether a request of a call's is on its way. */
  boolean anyOfCalls() {
    return inFlight.values().stream()
        .anyMatch(r -> r.by() instanceof LiveCall && !answers.containsKey(r.id()));
  }

  /** Virtual time: an answer arrived; it counts with the others of its instant. */
  void answered(ExchangeId id, Landing landing) {
    if (inFlight.containsKey(id)) {
      answers.putIfAbsent(id, landing);
    }
  }

  /** Whether there are some, and every one is answered. */
  boolean isSettled() {
    return !inFlight.isEmpty() && answers.size() == inFlight.size();
  }

  /** All requests of the instant in the order of asking, once every one is answered. */
  List<Answered> settled() {
    if (!isSettled()) {
      return List.of();
    }
    List<Answered> settled = new ArrayList<>(inFlight.size());
    for (RequestInFlight request : inFlight.values()) {
      Landing landing = answers.get(request.id());
      if (landing != null) {
        settled.add(new Answered(request, landing));
      }
    }
    if (settled.size() > SMALL) {
      inFlight = new LinkedHashMap<>();
      answers = new HashMap<>();
    } else {
      inFlight.clear();
      answers.clear();
    }
    return settled;
  }
}
