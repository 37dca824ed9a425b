package dev.ringback.call;

import dev.ringback.call.Noise.Voice;
import dev.ringback.call.SessionOutcome.RecordingFacts;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.twiml.RecordingEvent;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.Trim;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The life of a recording: it runs, stops, and a while later its file is there, or it turns out
 * that there is nothing to keep (docs/voice/api/recording).
 */
final class RecordingMachine {
  /** The ringing tone of North America: two seconds on, four off. */
  private static final Duration RING = Duration.ofSeconds(2);

  private static final Duration CADENCE = Duration.ofSeconds(6);

  private RecordingMachine() {}

  /** What is to be recorded, and who wants to know. */
  record Order(
      RecordingSource source,
      Recording.Scope scope,
      int channels,
      RecordingTrack track,
      Trim trim,
      @Nullable Target callback,
      Set<RecordingEvent> events,
      @Nullable Sid conference) {

    static Order of(
        RecordingSource source, Recording.Scope scope, Target document, Verb.RecordingOrder order) {
      String callback = order.callback();
      return new Order(
          source,
          scope,
          order.mode().channels(),
          order.track(),
          order.trim(),
          callback == null ? null : document.resolve(callback, order.callbackMethod()),
          order.events(),
          null);
    }

    /** The same of a conference. */
    Order of(Sid conference) {
      return new Order(source, scope, channels, track, trim, callback, events, conference);
    }
  }

  static Sid start(Turn turn, Order order) {
    Recording recording = make(turn, order, null);
    turn.add(recording);
    announce(turn, recording, RecordingEvent.IN_PROGRESS);
    Instant until = turn.speaksUntil();
    if (until != null && until.isAfter(turn.now()) && recording.hears(Voice.CALLER)) {
      turn.change(
          recording.heard(new Sound(false, turn.now(), until, new Noise.Speech(Voice.CALLER, ""))));
    }
    return recording.sid();
  }

  /** A recording that was asked for and never began; in due time it turns out to be absent. */
  static void neverBegan(Turn turn, Order order) {
    Recording recording = make(turn, order, turn.now());
    turn.add(recording);
    wakeWhenReady(turn, recording.sid());
  }

  /** Every running recording that can hear it does, from now on and for so long. */
  static void heard(Turn turn, Voice voice, Noise noise, Duration lasts) {
    heard(turn, voice, noise, lasts, 1);
  }

  /** The same again and again; as often as a recording takes sounds. */
  static void heard(Turn turn, Voice voice, Noise noise, Duration once, int times) {
    for (Recording recording : turn.recordings()) {
      if (recording.running() && recording.hears(voice)) {
        Recording hears = recording;
        Instant from = turn.now();
        for (int i = 0; i < times; i++) {
          hears = hears.heard(new Sound(voice != Voice.CALLER, from, from.plus(once), noise));
          from = from.plus(once);
        }
        turn.change(hears);
      }
    }
  }

  /** What a person does that can be heard. */
  static void heard(Turn turn, Voice voice, Act act) {
    if (act instanceof Act.Speak speak) {
      heard(turn, voice, new Noise.Speech(voice, speak.words()), speak.length());
    } else if (act instanceof Act.Talk talk) {
      talk(turn, voice, talk);
    } else if (act instanceof Act.Press press) {
      heard(turn, voice, new Noise.Keys(press.digits()), Pace.keys(press.digits()));
    }
  }

  /** Every other turn of a conversation is this voice's. */
  private static void talk(Turn turn, Voice voice, Act.Talk talk) {
    Instant end = turn.now().plus(talk.length());
    Instant first = talk.begins() ? turn.now() : turn.now().plus(talk.turn());
    for (Recording recording : turn.recordings()) {
      if (recording.running() && recording.hears(voice)) {
        Recording hears = recording;
        for (Instant at = first; at.isBefore(end); at = at.plus(talk.turn().multipliedBy(2))) {
          Instant over = at.plus(talk.turn());
          hears =
              hears.heard(
                  new Sound(
                      voice != Voice.CALLER,
                      at,
                      over.isBefore(end) ? over : end,
                      new Noise.Speech(voice, "")));
        }
        turn.change(hears);
      }
    }
  }

  /** The far end falls silent: a prompt was cut short, or a party has gone. */
  static void hush(Turn turn, boolean far) {
    for (Recording recording : turn.recordings()) {
      if (recording.running() && !recording.isSilent()) {
        turn.change(recording.hushed(far, turn.now()));
      }
    }
  }

  /** A leg rings, for so long at most: whoever answers or gives up hushes it. */
  static void rings(Turn turn, Duration atMost) {
    for (Recording recording : turn.recordings()) {
      if (recording.running() && recording.hears(Voice.CALLED)) {
        Recording hears = recording;
        Instant end = turn.now().plus(atMost);
        for (Instant ring = turn.now(); ring.isBefore(end); ring = ring.plus(CADENCE)) {
          hears = hears.heard(new Sound(true, ring, ring.plus(RING), new Noise.Ring()));
        }
        turn.change(hears);
      }
    }
  }

  /** Stops it; tells the facts of what will be kept, or null when nothing will. */
  static @Nullable RecordingFacts stop(Turn turn, Sid sid) {
    Recording recording = turn.recording(sid);
    if (recording == null) {
      return null; // the REST API has deleted it
    }
    if (recording.running()) {
      recording = recording.stopped(turn.now());
      turn.change(recording);
      wakeWhenReady(turn, sid);
    }
    return recording.worthKeeping() ? new RecordingFacts(sid, recording.seconds()) : null;
  }

  /** What the REST API does with a recording that runs. */
  static void change(Turn turn, Sid sid, CallInput.RecordingCommand command, boolean skips) {
    Recording recording =
        turn.recordings().stream()
            .filter(r -> r.sid().equals(sid) && r.running())
            .findFirst()
            .orElse(null);
    if (recording == null) {
      return;
    }
    switch (command) {
      case PAUSE -> {
        if (recording.pause() == null) {
          turn.change(recording.paused(turn.now(), skips));
        }
      }
      case RESUME -> {
        if (recording.pause() != null) {
          turn.change(recording.resumed(turn.now()));
        }
      }
      case STOP -> stop(turn, sid);
    }
  }

  /** The REST API deletes a recording, and its file, as soon as there is one. */
  static void delete(Turn turn, Sid sid) {
    Recording recording = turn.recording(sid);
    boolean isThere =
        recording != null
            && !recording.running()
            && recording.status() != RecordingStatus.IN_PROGRESS;
    if (isThere) {
      turn.forget(sid);
    }
  }

  private static void wakeWhenReady(Turn turn, Sid sid) {
    turn.wakeAt(
        turn.now().plus(turn.behaviour().recordingProcessing()), new Alarm.RecordingReady(sid));
  }

  private static @Nullable Recording settling(Turn turn, Sid sid) {
    return turn.recordings().stream()
        .filter(
            r -> r.sid().equals(sid) && !r.running() && r.status() == RecordingStatus.IN_PROGRESS)
        .findFirst()
        .orElse(null);
  }

  static void ready(Turn turn, Sid sid) {
    Recording recording = settling(turn, sid);
    if (recording == null) {
      return;
    }
    boolean kept = recording.worthKeeping();
    settle(
        turn,
        kept
            ? recording.settled(RecordingStatus.COMPLETED, 0)
            : recording.settled(RecordingStatus.ABSENT, reason(recording).code()));
  }

  /** Ordered trouble: the file is lost. */
  static void lose(Turn turn, Sid sid, RecordingStatus status) {
    Recording recording = settling(turn, sid);
    if (recording != null) {
      settle(
          turn,
          recording.settled(
              status,
              (status == RecordingStatus.FAILED
                      ? TwilioError.RECORDING_ENCRYPTION_FAILED
                      : TwilioError.RECORDING_TOO_SHORT)
                  .code()));
    }
  }

  private static void settle(Turn turn, Recording recording) {
    turn.change(recording);
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
      turn.raise(error, "recording %s has no file: %s".formatted(recording.sid(), why));
    }
    announce(turn, recording, completed ? RecordingEvent.COMPLETED : RecordingEvent.ABSENT);
  }

  private static Recording make(Turn turn, Order order, @Nullable Instant stoppedAt) {
    return new Recording(
        turn.sid(SidKind.RECORDING),
        turn.leg().sid(),
        order.conference(),
        order.source(),
        order.scope(),
        order.channels(),
        order.track(),
        order.trim(),
        order.callback(),
        order.events(),
        turn.now(),
        List.of(),
        null,
        Duration.ZERO,
        stoppedAt,
        RecordingStatus.IN_PROGRESS,
        0,
        null);
  }

  private static void announce(Turn turn, Recording recording, RecordingEvent event) {
    boolean completed = event == RecordingEvent.COMPLETED;
    turn.note(
        new Moment.RecordingChanged(
            recording.sid(),
            recording.status(),
            recording.channels(),
            completed ? recording.seconds() : 0));
    if (recording.callback() != null && recording.events().contains(event)) {
      turn.send(
          new Callback.RecordingStatusReport(
              turn.nextExchange(),
              recording.callback(),
              turn.account(),
              turn.leg().sid(),
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
