package dev.ringback.engine;

import dev.ringback.call.CallInput;
import dev.ringback.call.Possible;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.voice.Act;
import dev.ringback.voice.Leg;
import java.util.Optional;

/** What people and the REST API do to calls. */
final class CallActs {
  private final LiveCalls calls;
  private final JournalWriter journal;

  CallActs(LiveCalls calls, JournalWriter journal) {
    this.calls = calls;
    this.journal = journal;
  }

  /** Lets a person do something; otherwise tells why it is impossible now. */
  Optional<String> act(Sid leg, Act act) {
    return act(leg, act, false);
  }

  /** The same of a person whom no script and no cast directs. */
  Optional<String> actByHand(Sid leg, Act act) {
    return act(leg, act, true);
  }

  private Optional<String> act(Sid leg, Act act, boolean byHand) {
    LiveCall call = calls.ofLeg(leg);
    if (call == null) {
      return Optional.of("there is no call " + leg);
    }
    Optional<String> refusal = Possible.refusal(call.call, leg, act);
    if (refusal.isEmpty()) {
      if (byHand) {
        journal.write(call, new Fact.ActedByHand(leg, act));
      }
      call.take(new CallInput.Acted(leg, act));
    }
    return refusal;
  }

  /** Ends a leg as the REST API does; false when there is no such leg, or it has ended. */
  boolean endByApi(Sid legSid, boolean cancel) {
    LiveCall call = calls.ofLeg(legSid);
    Leg leg = call == null ? null : call.call.facts().leg(legSid);
    if (call == null || leg == null || leg.ended()) {
      return false;
    }
    call.take(new CallInput.EndedByApi(legSid, cancel));
    return true;
  }

  /**
   * The REST API changes a call; false when there is no such one, or it has ended.
   *
   * @param leg the call's own
   */
  boolean change(Sid leg, CallInput input) {
    LiveCall call = calls.ofLeg(leg);
    if (call == null || call.over()) {
      return false;
    }
    call.take(input);
    return true;
  }

  /** Deletes a recording; false when there is none of that SID. */
  boolean deleteRecording(Sid recording) {
    LiveCall call = calls.withRecording(recording);
    if (call != null) {
      call.take(new CallInput.RecordingDeleted(recording));
    }
    return call != null;
  }
}
