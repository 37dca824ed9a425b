package dev.ringback.engine;

import dev.ringback.call.Call;
import dev.ringback.call.ExchangeId;
import dev.ringback.callback.WebSession;
import dev.ringback.cast.StageDirection;
import dev.ringback.cast.Troupe;
import dev.ringback.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A call as the loop keeps it: its present value, its directions and its lines of the journal. */
final class LiveCall {
  private static final int MAX_ENTRIES = 20_000;

  final Troupe troupe;
  final List<Entry> entries = new ArrayList<>();
  final Map<ExchangeId, Duration> wallTimes = new HashMap<>();
  final Set<Agenda.Item> agenda = new HashSet<>();
  final Set<StageDirection> followed = new HashSet<>();
  final Set<Integer> reacted = new HashSet<>();
  final List<Parcel> heldBack = new ArrayList<>();
  WebSession session = WebSession.EMPTY;
  Call call;
  private boolean dropped;
  private int requestsOpen;
  private int lastNumber;
  private Instant instant = Instant.MIN;
  private int inputsAtInstant;

  LiveCall(Call call, Troupe troupe) {
    this.call = call;
    this.troupe = troupe;
  }

  /** Whether nothing will ever happen to it again. */
  boolean over() {
    return dropped || (requestsOpen == 0 && call.over());
  }

  boolean dropped() {
    return dropped;
  }

  /** A request was asked for. */
  void requestOpened() {
    requestsOpen++;
  }

  /** A request has ended, and the call knows. */
  void requestClosed() {
    requestsOpen--;
  }

  /** Takes it out of the world for good. */
  void drop() {
    dropped = true;
  }

  int nextNumber() {
    return ++lastNumber;
  }

  void remember(Entry entry) {
    if (entries.size() < MAX_ENTRIES) {
      entries.add(entry);
    }
  }

  /** Counts an input; tells how many there were at this instant. */
  int countInput(Instant now) {
    if (!now.equals(instant)) {
      instant = now;
      inputsAtInstant = 0;
    }
    return ++inputsAtInstant;
  }

  CallRecord record() {
    return new CallRecord(call, List.copyOf(entries), Map.copyOf(wallTimes));
  }
}
