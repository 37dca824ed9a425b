package dev.ringback.engine;

import dev.ringback.account.Inventory;
import dev.ringback.call.Call;
import dev.ringback.call.CallInput;
import dev.ringback.conversation.Conversations;
import dev.ringback.conversation.Directory;
import dev.ringback.id.Sid;
import dev.ringback.meeting.ConferenceView;
import dev.ringback.meeting.Meetings;
import dev.ringback.meeting.QueueView;
import dev.ringback.twiml.Level;
import dev.ringback.voice.Alert;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Recording;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that an account has, for the REST API. It lives on the loop of its world: code that gets one
 * from {@link World#ask}, {@link World#change} or {@link World#make} leaves it there.
 */
public final class Account {
  /** So many different remarks a world makes; a reader of so many knows. */
  private static final int MOST_REMARKS = 1_000;

  private final WorldState state;

  Account(WorldState state) {
    this.state = state;
  }

  /** The world's time. */
  public Instant now() {
    return state.time.now();
  }

  public Inventory inventory() {
    return state.inventory;
  }

  /** What the account has in Twilio Conversations. */
  public Directory directory() {
    return state.changes.directory();
  }

  public Conversations conversations() {
    return state.changes.directory().conversations();
  }

  // Calls

  /** The newest first. */
  public List<Call> calls() {
    return state.live.all();
  }

  /** The call with that leg. */
  public Optional<Call> callOf(Sid leg) {
    return Optional.ofNullable(state.live.ofLeg(leg)).map(live -> live.call);
  }

  public Placed place(Placement placement) {
    return state.place(placement);
  }

  /** Ends a leg; false when there is no such one, or it has ended. */
  public boolean end(Sid leg, boolean cancel) {
    return state.acts.endByApi(leg, cancel);
  }

  /** Does something with a call; false when there is no such one, or it has ended. */
  public boolean change(Sid leg, CallInput input) {
    return state.acts.change(leg, input);
  }

  /** A leg as the REST API shows it, with the call that it belongs to. */
  public record LegOfCall(Leg leg, Call call) {}

  /**
   * Every leg that was not deleted, the newest first; to be read while the account is asked, and no
   * further than it is needed.
   */
  public Stream<LegOfCall> legs() {
    return state.live.newestLegs().flatMap(sid -> leg(sid).stream());
  }

  /** The leg of that SID, if it was not deleted. */
  public Optional<LegOfCall> leg(Sid sid) {
    return state.live.isHidden(sid)
        ? Optional.empty()
        : callOf(sid)
            .flatMap(call ->
                Optional.ofNullable(call.facts().leg(sid)).map(leg -> new LegOfCall(leg, call)));
  }

  /** Deletes a leg that has ended; false when it has not. */
  public boolean delete(Sid leg) {
    return state.live.hide(leg);
  }

  /** The recording of that SID, as it is now. */
  public Optional<Recording> recording(Sid sid) {
    return state.live.all().stream()
        .flatMap(call -> call.facts().recordings().stream())
        .filter(recording -> recording.sid().equals(sid))
        .findFirst();
  }

  /** Deletes a recording, also of a call that is over; false when there is none. */
  public boolean deleteRecording(Sid recording) {
    return state.acts.deleteRecording(recording);
  }

  // Queues and conferences

  private Meetings meetings() {
    return state.meetings.meetings();
  }

  /** The newest last. */
  public List<ConferenceView> conferences() {
    return meetings().conferences();
  }

  public void endConference(Sid sid) {
    state.meetings.commanded(meetings().endConference(sid, now()));
  }

  /** Takes a call out of a conference. */
  public void kick(Sid conference, Sid call) {
    state.meetings.commanded(meetings().kick(conference, call, now()));
  }

  /** The newest last. */
  public List<QueueView> queues() {
    return meetings().queues();
  }

  /**
   * Makes a queue, or changes one.
   *
   * @param sid null: of a new one
   */
  public QueueView configureQueue(@Nullable Sid sid, String name, int maxSize) {
    return meetings().configureQueue(sid, name, maxSize, now());
  }

  /** Whether no call is in the queue, or waits for one that will be. */
  public boolean isQueueEmpty(Sid sid) {
    return meetings().isQueueEmpty(sid);
  }

  public void removeQueue(Sid sid) {
    meetings().removeQueue(sid);
  }

  // Trouble

  /** Something of the account's has gone wrong: the Debugger keeps it and tells its webhook. */
  public void raise(Alert alert) {
    state.account.raise(alert, null);
  }

  /** The same of a call's; of the account's when there is no such call any more. */
  public void raise(Sid leg, Alert alert) {
    requester(leg).raise(alert, null);
  }

  private Requester requester(@Nullable Sid leg) {
    LiveCall call = leg == null ? null : state.live.ofLeg(leg);
    return call == null ? state.account : call;
  }

  /**
   * Names what Ringback does not do with a request, in the journal: once for each call, and once
   * for the world where it concerns none.
   *
   * @param leg it concerns; null: none
   * @return whether this world hears it for the first time
   */
  public boolean remark(@Nullable Sid leg, String what) {
    Requester about = requester(leg);
    if (about != state.account && about.remarks.add(what)) {
      about.raise(Alert.ours(Level.WARNING, what), null);
    }
    boolean first = state.account.remarks.size() < MOST_REMARKS && state.account.remarks.add(what);
    if (first && about == state.account) {
      about.raise(Alert.ours(Level.WARNING, what), null);
    }
    return first;
  }

  /** What Monitor shows of the Debugger: Twilio's entries and our own errors, the newest last. */
  public List<LoggedAlert> debugger() {
    return state.debugger.entries().stream()
        .filter(e -> e.alert().error() != null || e.alert().level() == Level.ERROR)
        .toList();
  }
}
