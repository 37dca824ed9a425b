package dev.ringback.call;

import static dev.ringback.call.CallMachine.afterwards;
import static dev.ringback.call.CallMachine.endByParty;
import static dev.ringback.call.CallMachine.lastRequest;
import static dev.ringback.call.CallMachine.leaves;
import static dev.ringback.call.CallMachine.pressed;
import static dev.ringback.call.CallMachine.started;
import static dev.ringback.call.CallMachine.target;
import static dev.ringback.call.CallMachine.woke;

import dev.ringback.call.CallState.Pending;
import dev.ringback.call.CallState.Place;
import dev.ringback.call.Callback.Extra;
import dev.ringback.call.SessionOutcome.RecordingFacts;
import dev.ringback.id.Sid;
import dev.ringback.twiml.Verb;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code <Record>}: silence, a key, the limit or a hang-up ends it (docs/voice/twiml/record). */
final class RecordVerbMachine {
  private final CallMachine calls;

  /**
   * @param calls goes on with the document when the verb is over
   */
  RecordVerbMachine(CallMachine calls) {
    this.calls = calls;
  }

  CallState begin(Turn turn, Place place, Verb.Record verb) {
    turn.answer();
    started(turn, verb, "", null);
    String callback = verb.recordingStatusCallback();
    Sid recording =
        RecordingMachine.start(
            turn,
            new RecordingMachine.Order(
                RecordingSource.RECORD_VERB,
                1,
                verb.trim(),
                callback == null
                    ? null
                    : place.document().resolve(callback, verb.recordingStatusCallbackMethod()),
                verb.recordingStatusCallbackEvents()));
    turn.tellOwnParty(new Cue.Beep());
    return new CallState.Recording(
        place,
        verb,
        recording,
        silence(turn, verb, Duration.ZERO),
        turn.wake(verb.maxLength(), Alarm.MaxLength::new));
  }

  private static @Nullable Alarm silence(Turn turn, Verb.Record verb, Duration speech) {
    return verb.timeout().isZero()
        ? null
        : turn.wake(speech.plus(verb.timeout()), Alarm.Silence::new);
  }

  CallState step(Turn turn, CallState.Recording state, CallInput input) {
    if (leaves(turn, input)) {
      RecordingFacts kept = RecordingMachine.stop(turn, state.recording());
      endByParty(turn, input);
      return afterwards(turn, recordAction(turn, state, "hangup", kept));
    }
    boolean silent = state.silence() != null && woke(turn, input, state.silence());
    if (silent || woke(turn, input, state.maxLength())) {
      return recorded(turn, state, "");
    }
    String keys = pressed(turn, input);

    for (int i = 0; i < keys.length(); i++) {
      char key = keys.charAt(i);
      if (state.verb().finishOnKey().indexOf(key) >= 0) {
        return recorded(turn, state, String.valueOf(key));
      }
    }

    if (input instanceof CallInput.Acted acted
        && acted.leg().equals(turn.leg().sid())
        && acted.act() instanceof Act.Speak speak) {
      RecordingMachine.heard(turn, state.recording(), turn.now(), speak.length());
      return new CallState.Recording(
          state.place(),
          state.verb(),
          state.recording(),
          silence(turn, state.verb(), speak.length()),
          state.maxLength());
    }
    return state;
  }

  private CallState recorded(Turn turn, CallState.Recording state, String digits) {
    boolean heard = turn.recording(state.recording()).firstSound() != null;
    RecordingFacts kept = RecordingMachine.stop(turn, state.recording());
    if (!heard) {
      return calls.run(turn, state.place().next());
    }
    Target action = target(state.place(), state.verb().action(), state.verb().method());
    return calls.fetch(turn, RequestKind.RECORD, action, new Extra.Recorded(digits, kept));
  }

  private static @Nullable Pending recordAction(
      Turn turn, CallState.Recording state, String digits, @Nullable RecordingFacts kept) {
    return lastRequest(
        turn,
        RequestKind.RECORD,
        target(state.place(), state.verb().action(), state.verb().method()),
        new Extra.Recorded(digits, kept));
  }
}
