package dev.ringback.engine;

import dev.ringback.call.Call;
import dev.ringback.call.CallInput;
import dev.ringback.callback.WebRequest;
import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.id.Sid;
import dev.ringback.journal.Footprint;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call as the loop keeps it: its present value, its directions and its lines of the journal. */
final class LiveCall extends Requester {
  /** Bytes, by {@link Footprint}: what a call does after so much is in the journal alone. */
  private static final long MAX_BYTES = 8L * 1024 * 1024;

  private static final int CALL = 2_000;

  final Script script;
  final List<JournalEntry> entries = new ArrayList<>();
  final Set<ScriptStep> followed = new HashSet<>();
  final Set<Integer> reacted = new HashSet<>();
  Call call;
  private final CallDoor door;
  private boolean dropped;
  private int lastNumber;
  private long bytes = CALL;
  private Instant instant = Instant.MIN;
  private int inputsAtInstant;

  /**
   * @param door through which it is reached
   */
  LiveCall(Call call, Script script, CallDoor door) {
    this.call = call;
    this.script = script;
    this.door = door;
  }

  @Override
  Sid callSid() {
    return call.sid();
  }

  /** Takes an input. */
  void take(CallInput input) {
    door.take(this, input);
  }

  @Override
  void ended(EndedRequest request) {
    door.take(this, request);
  }

  @Override
  void heard() {
    door.heard(this);
  }

  @Override
  void raise(Alert alert, @Nullable WebRequest request) {
    door.raise(this, alert, request);
  }

  @Override
  void warn(String message, WebRequest request) {
    door.warn(this, message, request);
  }

  @Override
  boolean over() {
    return dropped || (!anyRequestOpen() && call.over());
  }

  @Override
  boolean dropped() {
    return dropped;
  }

  /** Takes it out of the world for good. */
  void drop(Instant now) {
    call = call.failed(now);
    dropped = true;
  }

  @Override
  int nextNumber() {
    return ++lastNumber;
  }

  @Override
  void remember(JournalEntry entry) {
    if (bytes < MAX_BYTES) {
      entries.add(entry);
      bytes += Footprint.of(entry);
    }
  }

  /** Bytes, roughly, that it takes as long as it is kept. */
  long footprint() {
    return bytes;
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
    return new CallRecord(call, List.copyOf(entries), Map.copyOf(wallTimes), over());
  }
}
