package dev.ringback.engine;

import dev.ringback.call.Call;
import dev.ringback.id.Sid;
import dev.ringback.journal.Footprint;
import dev.ringback.voice.Leg;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calls of a world, those that are over among them, found by any of their legs. */
final class LiveCalls {
  /** Calls that are over are forgotten, the first to end first, beyond this number of calls, */
  static final int MAX_CALLS = 2_000;

  /** and beyond so many bytes of those that are over, by {@link Footprint}. */
  static final long MAX_BYTES = 32L * 1024 * 1024;

  private final Map<Sid, LiveCall> calls = new LinkedHashMap<>();

  /** In the order in which they began. */
  private final SequencedMap<Sid, LiveCall> byLeg = new LinkedHashMap<>();

  private final Set<Sid> hidden = new HashSet<>();

  /** First legs of the calls to which something can still happen. */
  private final Set<Sid> going = new HashSet<>();

  /** Of the calls that are over, in the order in which they ended, what each takes. */
  private final SequencedMap<Sid, Long> footprints = new LinkedHashMap<>();

  private long bytes;

  void add(LiveCall call) {
    calls.put(call.callSid(), call);
    going.add(call.callSid());
    byLeg.put(call.callSid(), call);
  }

  /** The call has dialled others since it was last looked at. */
  void addChildren(LiveCall call) {
    for (Leg child : call.call.facts().children()) {
      byLeg.putIfAbsent(child.sid(), call);
    }
  }

  @Nullable LiveCall ofLeg(Sid leg) {
    return byLeg.get(leg);
  }

  boolean isEmpty() {
    return calls.isEmpty();
  }

  /** How many are not over yet. */
  int countGoing() {
    return going.size();
  }

  /** Whether something can still happen to that call. */
  boolean isGoing(Sid call) {
    return going.contains(call);
  }

  /** The newest first. */
  Stream<Sid> newestLegs() {
    return byLeg.sequencedKeySet().reversed().stream();
  }

  /** The newest first. */
  List<Call> all() {
    return calls.values().stream().map(l -> l.call).toList().reversed();
  }

  /** The call with that recording; null: there is none. */
  @Nullable LiveCall withRecording(Sid recording) {
    return calls.values().stream()
        .filter(call ->
            call.call.facts().recordings().stream().anyMatch(r -> r.sid().equals(recording)))
        .findFirst()
        .orElse(null);
  }

  /** Whether the REST API has deleted that leg: it no longer shows it. */
  boolean isHidden(Sid leg) {
    return hidden.contains(leg);
  }

  /** The REST API deletes a leg that has ended; its recordings and its timeline stay. */
  boolean hide(Sid legSid) {
    LiveCall call = ofLeg(legSid);
    Leg leg = call == null ? null : call.call.facts().leg(legSid);
    return leg != null && leg.ended() && hidden.add(legSid);
  }

  /** Nothing will happen to the call any more; it can still be read, for a while. */
  void retire(LiveCall call) {
    going.remove(call.callSid());
    if (footprints.putIfAbsent(call.callSid(), call.footprint()) == null) {
      bytes += call.footprint();
    }
  }

  /** Makes room, if there are too many, or too large ones; the last that ended stays. */
  void forgetOldest() {
    while ((calls.size() > MAX_CALLS || bytes > MAX_BYTES) && footprints.size() > 1) {
      forget(Objects.requireNonNull(calls.get(footprints.firstEntry().getKey())));
    }
  }

  private void forget(LiveCall call) {
    calls.remove(call.callSid());
    Long took = footprints.remove(call.callSid());
    bytes -= took == null ? 0 : took;
    byLeg.remove(call.callSid());
    hidden.remove(call.callSid());
    for (Leg child : call.call.facts().children()) {
      byLeg.remove(child.sid());
      hidden.remove(child.sid());
    }
  }
}
