package dev.ringback.engine;

import dev.ringback.account.Inventory;
import dev.ringback.call.Alert;
import dev.ringback.call.Call;
import dev.ringback.call.CallInput;
import dev.ringback.call.Leg;
import dev.ringback.conversation.Conversations;
import dev.ringback.id.Sid;
import dev.ringback.twiml.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that an account has, for the REST API. It lives on the loop of its world: whoever gets one
 * from {@link World#ask}, {@link World#order} or {@link World#make} leaves it there.
 */
public final class Account {
  /** So many different remarks a world makes; whoever has read them knows. */
  private static final int MOST_REMARKS = 1_000;

  private final Era era;

  Account(Era era) {
    this.era = era;
  }

  /** The world's time. */
  public Instant now() {
    return era.clock.read();
  }

  public Inventory inventory() {
    return era.inventory;
  }

  public Conversations conversations() {
    return era.frontDesk.conversations();
  }

  // Calls

  /** The newest first. */
  public List<Call> calls() {
    return era.calls.all();
  }

  /** The call with that leg. */
  public Optional<Call> callOf(Sid leg) {
    return Optional.ofNullable(era.calls.ofLeg(leg)).map(live -> live.call);
  }

  public Placed place(Placement placement) {
    return era.place(placement);
  }

  /** Ends a leg; false when there is no such one, or it has ended. */
  public boolean end(Sid leg, boolean cancel) {
    return era.calls.endByApi(leg, cancel);
  }

  /** Does something with a call; false when there is no such one, or it has ended. */
  public boolean order(Sid leg, CallInput input) {
    return era.calls.order(leg, input);
  }

  /** A leg as the REST API shows it, with the call that it belongs to. */
  public record LegOfCall(Leg leg, Call call) {}

  /** Every leg that was not deleted, the newest first. */
  public List<LegOfCall> legs() {
    List<LegOfCall> legs = new ArrayList<>();
    for (Call call : calls().reversed()) {
      add(legs, call.facts().leg(), call);
      call.facts().children().forEach(child -> add(legs, child, call));
    }
    legs.sort(Comparator.comparing(l -> l.leg().startedAt())); // stable: a child after its parent
    return legs.reversed();
  }

  private void add(List<LegOfCall> legs, Leg leg, Call call) {
    if (!era.calls.isHidden(leg.sid())) {
      legs.add(new LegOfCall(leg, call));
    }
  }

  /** The leg of that SID, if it was not deleted. */
  public Optional<LegOfCall> leg(Sid sid) {
    return era.calls.isHidden(sid)
        ? Optional.empty()
        : callOf(sid)
            .flatMap(call ->
                Optional.ofNullable(call.facts().leg(sid)).map(leg -> new LegOfCall(leg, call)));
  }

  /** Deletes a leg that has ended; false when it has not. */
  public boolean delete(Sid leg) {
    return era.calls.hide(leg);
  }

  /** Deletes a recording, also of a call that is over; false when there is none. */
  public boolean deleteRecording(Sid recording) {
    return era.calls.deleteRecording(recording);
  }

  // Rooms

  /** The newest last. */
  public List<ConferenceView> conferences() {
    return era.rooms.conferences();
  }

  public void endConference(Sid sid) {
    era.calls.tell(era.rooms.endConference(sid, now()));
  }

  /** Takes a call out of a conference. */
  public void kick(Sid conference, Sid call) {
    era.calls.tell(era.rooms.kick(conference, call, now()));
  }

  /** The newest last. */
  public List<QueueView> queues() {
    return era.rooms.queues();
  }

  /**
   * Makes a queue, or changes one.
   *
   * @param sid null: of a new one
   */
  public QueueView configureQueue(@Nullable Sid sid, String name, int maxSize) {
    return era.rooms.configureQueue(sid, name, maxSize, now());
  }

  /** Whether nobody is in a queue or waits for whoever comes into it. */
  public boolean isQueueEmpty(Sid sid) {
    return era.rooms.isEmpty(sid);
  }

  public void removeQueue(Sid sid) {
    era.rooms.removeQueue(sid);
  }

  // Trouble

  /** Something of the account's has gone wrong: the Debugger keeps it and tells its webhook. */
  public void raise(Alert alert) {
    era.debugger.raise(era.desk, alert, null, null);
  }

  /** The same of a call's; of the account's when there is no such call any more. */
  public void raise(Sid leg, Alert alert) {
    era.debugger.raise(correspondent(leg), alert, null, null);
  }

  private Correspondent correspondent(@Nullable Sid leg) {
    LiveCall call = leg == null ? null : era.calls.ofLeg(leg);
    return call == null ? era.desk : call;
  }

  /**
   * Names what Ringback does not do with a request, in the journal: once for each call, and once
   * for the world where it concerns none.
   *
   * @param leg it concerns; null: none
   * @return whether this world hears it for the first time
   */
  public boolean remark(@Nullable Sid leg, String what) {
    Correspondent about = correspondent(leg);
    if (about != era.desk && about.remarks.add(what)) {
      era.debugger.raise(about, Alert.ours(Level.WARNING, what), null, null);
    }
    boolean first = era.desk.remarks.size() < MOST_REMARKS && era.desk.remarks.add(what);
    if (first && about == era.desk) {
      era.debugger.raise(about, Alert.ours(Level.WARNING, what), null, null);
    }
    return first;
  }

  /** What Monitor shows of the Debugger: Twilio's entries and our own errors, the newest last. */
  public List<DebuggerEntry> debugger() {
    return era.debugger.entries().stream()
        .filter(e -> e.alert().error() != null || e.alert().level() == Level.ERROR)
        .toList();
  }
}
