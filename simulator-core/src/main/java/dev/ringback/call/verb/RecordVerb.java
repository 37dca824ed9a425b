package dev.ringback.call.verb;

import dev.ringback.call.Alarm;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState.Cursor;
import dev.ringback.call.CallState.RecordingMessage;
import dev.ringback.call.Recorder;
import dev.ringback.call.StepContext;
import dev.ringback.call.VerbStep;
import dev.ringback.call.VerbStep.Next.Action;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Act;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.Cue;
import dev.ringback.voice.Leg;
import dev.ringback.voice.Recording;
import dev.ringback.voice.Recording.Transcription;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.SessionOutcome.RecordingFacts;
import dev.ringback.voice.Subscription;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code <Record>}: silence, a key, the limit or a hang-up ends it (docs/voice/twiml/record). */
public final class RecordVerb {
  /** How long a text takes after the file is there; modelled. */
  private static final Duration TRANSCRIBING = Duration.ofSeconds(5);

  /** docs/voice/twiml/record, "transcribe": shorter recordings are not transcribed. */
  private static final Duration SHORTEST_TRANSCRIPTION = Duration.ofSeconds(2);

  private RecordVerb() {}

  public static VerbStep begin(StepContext context, Cursor cursor, Verb.Record verb) {
    context.answer();
    context.starts(verb, "", null);
    Sid recording =
        Recorder.start(
            context,
            new Recording.Plan(
                RecordingSource.RECORD_VERB,
                Recording.Scope.CALLER,
                new Recording.Format(1, RecordingTrack.BOTH, verb.trim()),
                Subscription.of(verb.recordingStatusCallback(), cursor.document()),
                null));
    context.tellOwnParty(new Cue.Beep());
    return VerbStep.goesOn(
        new RecordingMessage(
            cursor,
            verb,
            recording,
            silence(context, verb),
            context.wake(verb.maxLength(), Alarm.MaxLength::new),
            ""));
  }

  /** Silence counts from the end of what is being said. */
  private static @Nullable Alarm silence(StepContext context, Verb.Record verb) {
    Instant until = context.speaksUntil();
    Duration speech =
        until == null || until.isBefore(context.now())
            ? Duration.ZERO
            : Duration.between(context.now(), until);
    return verb.timeout().isZero()
        ? null
        : context.wake(speech.plus(verb.timeout()), Alarm.Silence::new);
  }

  public static VerbStep step(StepContext context, RecordingMessage state, CallInput input) {
    Leg leg = context.leg();
    if (input.leaves(leg)) {
      return VerbStep.left(context, input, action(state, "hangup", stop(context, state)));
    }
    boolean silent = state.silence() != null && input.wakes(leg, state.silence());
    if (silent || input.wakes(leg, state.maxLength())) {
      return recorded(context, state, "");
    }
    for (char key : input.keysFrom(leg).toCharArray()) {
      if (state.verb().finishOnKey().indexOf(key) >= 0) {
        return recorded(context, state, String.valueOf(key));
      }
    }
    return VerbStep.goesOn(
        input.actOf(leg.sid()) instanceof Act.Speak speak
            ? new RecordingMessage(
                state.cursor(),
                state.verb(),
                state.recording(),
                silence(context, state.verb()),
                state.maxLength(),
                (state.words() + " " + speak.words()).strip())
            : state);
  }

  private static VerbStep recorded(StepContext context, RecordingMessage state, String digits) {
    Recording recording = context.recording(state.recording());
    boolean heard = recording != null && recording.hasSpeech();
    RecordingFacts kept = stop(context, state);
    return heard ? VerbStep.done(action(state, digits, kept)) : VerbStep.nextVerb();
  }

  /**
   * @param digits the key that ended it, {@code hangup}, or empty
   */
  private static Action action(
      RecordingMessage state, String digits, @Nullable RecordingFacts kept) {
    return new Action(
        RequestKind.RECORD,
        state.cursor().target(state.verb().action(), state.verb().method()),
        new Extra.Recorded(digits, kept));
  }

  private static @Nullable RecordingFacts stop(StepContext context, RecordingMessage state) {
    RecordingFacts kept = Recorder.stop(context, state.recording());
    Recording recording = context.recording(state.recording());
    if (recording != null && state.verb().transcribe()) {
      String callback = state.verb().transcribeCallback();
      context.change(
          recording.transcribed(
              new Transcription(
                  context.sid(SidKind.TRANSCRIPTION),
                  callback == null
                      ? null
                      : state.cursor().document().resolve(callback, HttpMethod.POST),
                  state.words(),
                  true)));
      context.wakeAt(
          context
              .now()
              .plus(context.behaviour().recordings().recordingProcessing())
              .plus(TRANSCRIBING),
          new Alarm.TranscriptionReady(state.recording()));
    }
    return kept;
  }

  /** The text of a recording is there, or it turns out that there is none. */
  public static void transcribed(StepContext context, Sid sid) {
    Recording recording = context.recording(sid);
    Transcription transcription = recording == null ? null : recording.transcription();
    if (recording == null || transcription == null || !transcription.pending()) {
      return;
    }
    context.change(
        recording.transcribed(
            new Transcription(
                transcription.sid(), transcription.callback(), transcription.text(), false)));
    boolean kept = recording.status() == RecordingStatus.COMPLETED;
    boolean inRange = recording.length().compareTo(SHORTEST_TRANSCRIPTION) >= 0;
    if (!kept) {
      context.raise(
          TwilioError.RECORD_NOT_AVAILABLE_FOR_TRANSCRIPTION,
          "recording " + sid + " was not kept, so there is nothing to transcribe");
    } else if (!inRange) {
      context.raise(
          TwilioError.RECORD_LENGTH_OUT_OF_RANGE,
          "recording " + sid + " is shorter than 2 s, too short to transcribe");
    }
    if (transcription.callback() != null) {
      boolean completed = kept && inRange && !transcription.text().isEmpty();
      context.send(
          new AppRequest.TranscriptionReport(
              context.nextExchange(),
              transcription.callback(),
              context.account(),
              context.leg(),
              context.parameters(),
              transcription.sid(),
              sid,
              completed,
              completed ? transcription.text() : ""));
    }
  }
}
