package dev.ringback.call;

import static dev.ringback.call.CallMachine.actOf;
import static dev.ringback.call.CallMachine.afterwards;
import static dev.ringback.call.CallMachine.endByParty;
import static dev.ringback.call.CallMachine.lastRequest;
import static dev.ringback.call.CallMachine.leaves;
import static dev.ringback.call.CallMachine.pressed;
import static dev.ringback.call.CallMachine.started;
import static dev.ringback.call.CallMachine.target;
import static dev.ringback.call.CallMachine.woke;

import dev.ringback.call.CallState.Part;
import dev.ringback.call.CallState.Pending;
import dev.ringback.call.CallState.Place;
import dev.ringback.call.Callback.Extra;
import dev.ringback.call.Recording.Transcription;
import dev.ringback.call.SessionOutcome.RecordingFacts;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code <Record>}: silence, a key, the limit or a hang-up ends it (docs/voice/twiml/record). */
final class RecordVerbMachine {
  /** How long a text takes after the file is there; modelled. */
  private static final Duration TRANSCRIBING = Duration.ofSeconds(5);

  /** docs/voice/twiml/record, "transcribe": shorter recordings are not transcribed. */
  private static final Duration SHORTEST_TRANSCRIPTION = Duration.ofSeconds(2);

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
                Recording.Scope.CALLER,
                1,
                RecordingTrack.BOTH,
                verb.trim(),
                callback == null
                    ? null
                    : place.document().resolve(callback, verb.recordingStatusCallbackMethod()),
                verb.recordingStatusCallbackEvents(),
                null));
    turn.tellOwnParty(new Cue.Beep());
    return new CallState.Recording(
        place,
        verb,
        recording,
        silence(turn, verb),
        turn.wake(verb.maxLength(), Alarm.MaxLength::new),
        "");
  }

  /** Silence counts from the end of what is being said. */
  private static @Nullable Alarm silence(Turn turn, Verb.Record verb) {
    Instant until = turn.speaksUntil();
    Duration speech =
        until == null || until.isBefore(turn.now())
            ? Duration.ZERO
            : Duration.between(turn.now(), until);
    return verb.timeout().isZero()
        ? null
        : turn.wake(speech.plus(verb.timeout()), Alarm.Silence::new);
  }

  CallState step(Turn turn, CallState.Recording state, CallInput input) {
    if (leaves(turn, input)) {
      RecordingFacts kept = stop(turn, state);
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

    if (actOf(input, turn.leg().sid()) instanceof Act.Speak speak) {
      return new CallState.Recording(
          state.place(),
          state.verb(),
          state.recording(),
          silence(turn, state.verb()),
          state.maxLength(),
          (state.words() + " " + speak.words()).strip());
    }
    return state;
  }

  private CallState recorded(Turn turn, CallState.Recording state, String digits) {
    Recording recording = turn.recording(state.recording());
    boolean heard = recording != null && recording.hasSpeech();
    RecordingFacts kept = stop(turn, state);
    if (!heard) {
      return calls.run(turn, state.place().next());
    }
    Target action = target(state.place(), state.verb().action(), state.verb().method());
    return calls.fetch(
        turn, RequestKind.RECORD, action, new Extra.Recorded(digits, kept), Part.CALL);
  }

  private static @Nullable RecordingFacts stop(Turn turn, CallState.Recording state) {
    RecordingFacts kept = RecordingMachine.stop(turn, state.recording());
    Recording recording = turn.recording(state.recording());
    if (recording != null && state.verb().transcribe()) {
      String callback = state.verb().transcribeCallback();
      turn.change(
          recording.transcribed(
              new Transcription(
                  turn.sid(SidKind.TRANSCRIPTION),
                  callback == null
                      ? null
                      : state.place().document().resolve(callback, HttpMethod.POST),
                  state.words(),
                  true)));
      turn.wakeAt(
          turn.now().plus(turn.behaviour().recordingProcessing()).plus(TRANSCRIBING),
          new Alarm.TranscriptionReady(state.recording()));
    }
    return kept;
  }

  /** The text of a recording is there, or it turns out that there is none. */
  static void transcribed(Turn turn, Sid sid) {
    Recording recording = turn.recording(sid);
    Transcription transcription = recording == null ? null : recording.transcription();
    if (recording == null || transcription == null || !transcription.pending()) {
      return;
    }
    turn.change(
        recording.transcribed(
            new Transcription(
                transcription.sid(), transcription.callback(), transcription.text(), false)));
    boolean kept = recording.status() == RecordingStatus.COMPLETED;
    boolean inRange = recording.length().compareTo(SHORTEST_TRANSCRIPTION) >= 0;
    if (!kept) {
      turn.raise(
          TwilioError.RECORD_NOT_AVAILABLE_FOR_TRANSCRIPTION,
          "recording " + sid + " was not kept, so there is nothing to transcribe");
    } else if (!inRange) {
      turn.raise(
          TwilioError.RECORD_LENGTH_OUT_OF_RANGE,
          "recording " + sid + " is shorter than 2 s, too short to transcribe");
    }
    if (transcription.callback() != null) {
      boolean completed = kept && inRange && !transcription.text().isEmpty();
      turn.send(
          new Callback.TranscriptionReport(
              turn.nextExchange(),
              transcription.callback(),
              turn.account(),
              turn.leg(),
              turn.parameters(),
              transcription.sid(),
              sid,
              completed,
              completed ? transcription.text() : ""));
    }
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
