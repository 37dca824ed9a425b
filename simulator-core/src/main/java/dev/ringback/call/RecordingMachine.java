package dev.ringback.call;

import dev.ringback.call.SessionOutcome.RecordingFacts;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.twiml.RecordingEvent;
import dev.ringback.twiml.Trim;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The life of a recording: it runs, stops, and a while later its file is there, or it turns out
 * that there is nothing to keep (docs/voice/api/recording).
 */
final class RecordingMachine {
  private static final int TOO_SHORT = 16101;
  private static final int SILENT = 16102;

  private RecordingMachine() {}

  /** What is to be recorded, and who wants to know. */
  record Order(
      RecordingSource source,
      int channels,
      Trim trim,
      @Nullable Target callback,
      Set<RecordingEvent> events) {}

  static Sid start(Turn turn, Order order) {
    Recording recording = make(turn, order, null);
    turn.add(recording);
    announce(turn, recording, RecordingEvent.IN_PROGRESS);
    return recording.sid();
  }

  /** A recording that was asked for and never began; in due time it turns out to be absent. */
  static void neverBegan(Turn turn, Order order) {
    Recording recording = make(turn, order, turn.now());
    turn.add(recording);
    wakeWhenReady(turn, recording.sid());
  }

  static void heard(Turn turn, Sid sid, Instant from, Duration length) {
    Recording recording = turn.recording(sid);
    if (recording.running()) {
      turn.change(recording.heard(from, from.plus(length)));
    }
  }

  /** Stops it; tells the facts of what will be kept, or null when nothing will. */
  static @Nullable RecordingFacts stop(Turn turn, Sid sid) {
    Recording recording = turn.recording(sid).stopped(turn.now());
    turn.change(recording);
    wakeWhenReady(turn, sid);
    return recording.worthKeeping() ? new RecordingFacts(sid, recording.seconds()) : null;
  }

  private static void wakeWhenReady(Turn turn, Sid sid) {
    turn.wakeAt(
        turn.now().plus(turn.behaviour().recordingProcessing()), new Alarm.RecordingReady(sid));
  }

  static void ready(Turn turn, Sid sid) {
    Recording recording =
        turn.recordings().stream().filter(r -> r.sid().equals(sid)).findFirst().orElse(null);
    if (recording == null
        || recording.running()
        || recording.status() != RecordingStatus.IN_PROGRESS) {
      return;
    }
    boolean kept = recording.worthKeeping();
    Recording settled =
        recording.settled(kept ? RecordingStatus.COMPLETED : RecordingStatus.ABSENT);
    turn.change(settled);
    announce(turn, settled, kept ? RecordingEvent.COMPLETED : RecordingEvent.ABSENT);
  }

  private static Recording make(Turn turn, Order order, @Nullable Instant stoppedAt) {
    return new Recording(
        turn.sid(SidKind.RECORDING),
        order.source(),
        order.channels(),
        order.trim(),
        order.callback(),
        order.events(),
        turn.now(),
        null,
        null,
        stoppedAt,
        RecordingStatus.IN_PROGRESS);
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
              recording.sid(),
              recording.status(),
              completed ? recording.seconds() : null,
              recording.channels(),
              recording.source(),
              recording.startedAt(),
              errorCode(recording)));
    }
  }

  private static int errorCode(Recording recording) {
    if (recording.status() != RecordingStatus.ABSENT) {
      return 0;
    }
    boolean silent = recording.trim() == Trim.TRIM_SILENCE && recording.firstSound() == null;
    return silent && !recording.startedAt().equals(recording.stoppedAt()) ? SILENT : TOO_SHORT;
  }
}
