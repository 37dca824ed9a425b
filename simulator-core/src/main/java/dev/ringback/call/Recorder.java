package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.twiml.RecordingEvent;
import dev.ringback.twiml.Trim;
import dev.ringback.twiml.TwilioError;
import dev.ringback.voice.Act;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.HeardSound;
import dev.ringback.voice.Pace;
import dev.ringback.voice.Recording;
import dev.ringback.voice.Recording.Plan;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.RingTone;
import dev.ringback.voice.SessionOutcome.RecordingFacts;
import dev.ringback.voice.Sound;
import dev.ringback.voice.Sound.Voice;
import dev.ringback.voice.Target;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The life of a recording: it runs, stops, and a while later its file is there, or it turns out
 * that there is nothing to keep (docs/voice/api/recording).
 */
public final class Recorder {
  private Recorder() {}

  public static Sid start(StepContext context, Plan plan) {
    Recording recording = make(context, plan, null);
    context.add(recording);
    announce(context, recording, RecordingEvent.IN_PROGRESS);
    Instant until = context.speaksUntil();
    if (until != null && until.isAfter(context.now()) && recording.hears(Voice.CALLER)) {
      context.change(
          recording.heard(
              new HeardSound(false, context.now(), until, new Sound.Speech(Voice.CALLER, ""))));
    }
    return recording.sid();
  }

  /** A recording that was asked for and never began; in due time it turns out to be absent. */
  public static void neverBegan(StepContext context, Plan plan) {
    Recording recording = make(context, plan, context.now());
    context.add(recording);
    wakeWhenReady(context, recording.sid());
  }

  /** Every running recording that can hear it does, from now on and for so long. */
  public static void heard(StepContext context, Voice voice, Sound sound, Duration lasts) {
    heard(context, voice, sound, lasts, 1);
  }

  /** The same again and again; as often as a recording takes sounds. */
  public static void heard(
      StepContext context, Voice voice, Sound sound, Duration once, int times) {
    for (Recording recording : context.recordings()) {
      if (recording.running() && recording.hears(voice)) {
        Recording hears = recording;
        Instant from = context.now();
        for (int i = 0; i < times; i++) {
          hears = hears.heard(new HeardSound(voice != Voice.CALLER, from, from.plus(once), sound));
          from = from.plus(once);
        }
        context.change(hears);
      }
    }
  }

  /** What a person does that can be heard. */
  public static void heard(StepContext context, Voice voice, Act act) {
    if (act instanceof Act.Speak speak) {
      heard(context, voice, new Sound.Speech(voice, speak.words()), speak.length());
    } else if (act instanceof Act.Talk talk) {
      talk(context, voice, talk);
    } else if (act instanceof Act.Press press) {
      heard(context, voice, new Sound.Keys(press.digits()), Pace.keys(press.digits()));
    }
  }

  /** Every other turn of a conversation is this voice's. */
  private static void talk(StepContext context, Voice voice, Act.Talk talk) {
    Instant end = context.now().plus(talk.length());
    Instant first = talk.begins() ? context.now() : context.now().plus(talk.turn());
    for (Recording recording : context.recordings()) {
      if (recording.running() && recording.hears(voice)) {
        Recording hears = recording;
        for (Instant at = first; at.isBefore(end); at = at.plus(talk.turn().multipliedBy(2))) {
          Instant over = at.plus(talk.turn());
          hears =
              hears.heard(
                  new HeardSound(
                      voice != Voice.CALLER,
                      at,
                      over.isBefore(end) ? over : end,
                      new Sound.Speech(voice, "")));
        }
        context.change(hears);
      }
    }
  }

  /** The far end falls silent: a prompt was cut short, or a party has gone. */
  public static void hush(StepContext context, boolean far) {
    for (Recording recording : context.recordings()) {
      if (recording.running() && !recording.isSilent()) {
        context.change(recording.hushed(far, context.now()));
      }
    }
  }

  /** A leg rings, for so long at most: an answer, or the end of the leg, hushes it. */
  public static void rings(StepContext context, Duration atMost) {
    for (Recording recording : context.recordings()) {
      if (recording.running() && recording.hears(Voice.CALLED)) {
        Recording hears = recording;
        Instant end = context.now().plus(atMost);
        for (Instant ring = context.now(); ring.isBefore(end); ring = ring.plus(RingTone.CADENCE)) {
          hears = hears.heard(new HeardSound(true, ring, ring.plus(RingTone.ON), new Sound.Ring()));
        }
        context.change(hears);
      }
    }
  }

  /** Stops it; tells the facts of what will be kept, or null when nothing will. */
  public static @Nullable RecordingFacts stop(StepContext context, Sid sid) {
    Recording recording = context.recording(sid);
    if (recording == null) {
      return null; // the REST API has deleted it
    }
    if (recording.running()) {
      recording = recording.stopped(context.now());
      context.change(recording);
      wakeWhenReady(context, sid);
    }
    return recording.worthKeeping() ? new RecordingFacts(sid, recording.seconds()) : null;
  }

  /** The call ends, and with it the recordings of the call as a whole. */
  static void stopAll(StepContext context) {
    for (Recording recording : context.recordings()) {
      if (recording.running() && recording.scope() == Recording.Scope.CALL) {
        stop(context, recording.sid());
      }
    }
  }

  /** What the REST API does with a recording that runs. */
  public static void change(
      StepContext context, Sid sid, CallInput.RecordingCommand command, boolean skips) {
    Recording recording =
        context.recordings().stream()
            .filter(r -> r.sid().equals(sid) && r.running())
            .findFirst()
            .orElse(null);
    if (recording == null) {
      return;
    }
    switch (command) {
      case PAUSE -> {
        if (recording.pause() == null) {
          context.change(recording.paused(context.now(), skips));
        }
      }
      case RESUME -> {
        if (recording.pause() != null) {
          context.change(recording.resumed(context.now()));
        }
      }
      case STOP -> stop(context, sid);
    }
  }

  /** The REST API deletes a recording, and its file, as soon as there is one. */
  public static void delete(StepContext context, Sid sid) {
    Recording recording = context.recording(sid);
    boolean isThere =
        recording != null
            && !recording.running()
            && recording.status() != RecordingStatus.IN_PROGRESS;
    if (isThere) {
      context.forget(sid);
    }
  }

  private static void wakeWhenReady(StepContext context, Sid sid) {
    context.wakeAt(
        context.now().plus(context.behaviour().recordings().recordingProcessing()),
        new Alarm.RecordingReady(sid));
  }

  private static @Nullable Recording settling(StepContext context, Sid sid) {
    return context.recordings().stream()
        .filter(
            r -> r.sid().equals(sid) && !r.running() && r.status() == RecordingStatus.IN_PROGRESS)
        .findFirst()
        .orElse(null);
  }

  public static void ready(StepContext context, Sid sid) {
    Recording recording = settling(context, sid);
    if (recording == null) {
      return;
    }
    boolean kept = recording.worthKeeping();
    settle(
        context,
        kept
            ? recording.settled(RecordingStatus.COMPLETED, 0)
            : recording.settled(RecordingStatus.ABSENT, reason(recording).code()));
  }

  /** Ordered trouble: the file is lost. */
  public static void lose(StepContext context, Sid sid, RecordingStatus status) {
    Recording recording = settling(context, sid);
    if (recording != null) {
      settle(
          context,
          recording.settled(
              status,
              (status == RecordingStatus.FAILED
                      ? TwilioError.RECORDING_ENCRYPTION_FAILED
                      : TwilioError.RECORDING_TOO_SHORT)
                  .code()));
    }
  }

  private static void settle(StepContext context, Recording recording) {
    context.change(recording);
    boolean completed = recording.status() == RecordingStatus.COMPLETED;
    // What was never begun, for want of an answer, has nothing that could be too short.
    boolean begun =
        recording.scope() != Recording.Scope.BRIDGE
            || !recording.startedAt().equals(recording.stoppedAt());
    if (!completed && begun) {
      boolean failed = recording.status() == RecordingStatus.FAILED;
      TwilioError error = failed ? TwilioError.RECORDING_ENCRYPTION_FAILED : reason(recording);
      String why =
          failed
              ? "it could not be kept"
              : error == TwilioError.RECORDING_SILENT
                  ? "nothing was heard"
                  : "it is shorter than a second";
      context.raise(error, "recording %s has no file: %s".formatted(recording.sid(), why));
    }
    announce(context, recording, completed ? RecordingEvent.COMPLETED : RecordingEvent.ABSENT);
  }

  private static Recording make(StepContext context, Plan plan, @Nullable Instant stoppedAt) {
    return Recording.begun(
        context.sid(SidKind.RECORDING), context.leg().sid(), plan, context.now(), stoppedAt);
  }

  private static void announce(StepContext context, Recording recording, RecordingEvent event) {
    boolean completed = event == RecordingEvent.COMPLETED;
    context.note(
        new CallEvent.RecordingChanged(
            recording.sid(),
            recording.status(),
            recording.channels(),
            completed ? recording.seconds() : 0));
    Target callback = recording.plan().callback().of(event);
    if (callback != null) {
      context.send(
          new AppRequest.RecordingStatusReport(
              context.nextExchange(),
              callback,
              context.account(),
              context.leg().sid(),
              recording.conference(),
              recording.sid(),
              recording.status(),
              completed ? recording.seconds() : null,
              recording.channels(),
              recording.source(),
              recording.track(),
              recording.startedAt(),
              recording.errorCode()));
    }
  }

  /** Why there is nothing to keep. */
  private static TwilioError reason(Recording recording) {
    boolean silent = recording.trim() == Trim.TRIM_SILENCE && recording.isSilent();
    return silent && !recording.startedAt().equals(recording.stoppedAt())
        ? TwilioError.RECORDING_SILENT
        : TwilioError.RECORDING_TOO_SHORT;
  }
}
