package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.twiml.RecordingEvent;
import dev.ringback.twiml.Trim;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recording and what was to hear while it ran.
 *
 * @param callback where its events go; null: nowhere
 * @param firstSound null: nothing was heard yet
 * @param lastSound when the last sound ends; may lie ahead while somebody speaks
 * @param stoppedAt null while it runs
 * @param status in progress until the file is there or is known to be absent
 */
public record Recording(
    Sid sid,
    RecordingSource source,
    int channels,
    Trim trim,
    @Nullable Target callback,
    Set<RecordingEvent> events,
    Instant startedAt,
    @Nullable Instant firstSound,
    @Nullable Instant lastSound,
    @Nullable Instant stoppedAt,
    RecordingStatus status) {

  /** Shorter ones are not kept (error 16101). */
  static final Duration SHORTEST = Duration.ofSeconds(1);

  boolean running() {
    return stoppedAt == null;
  }

  Recording heard(Instant from, Instant to) {
    Instant first = firstSound == null || from.isBefore(firstSound) ? from : firstSound;
    Instant last = lastSound == null || to.isAfter(lastSound) ? to : lastSound;
    return with(first, last, stoppedAt, status);
  }

  Recording stopped(Instant now) {
    return with(firstSound, earlier(lastSound, now), now, status);
  }

  Recording settled(RecordingStatus status) {
    return with(firstSound, lastSound, stoppedAt, status);
  }

  private static @Nullable Instant earlier(@Nullable Instant a, Instant b) {
    return a == null || a.isBefore(b) ? a : b;
  }

  private Recording with(
      @Nullable Instant first,
      @Nullable Instant last,
      @Nullable Instant stoppedAt,
      RecordingStatus status) {
    return new Recording(
        sid, source, channels, trim, callback, events, startedAt, first, last, stoppedAt, status);
  }

  /** How long the file is: all of it, or without the silence at both ends. Zero while it runs. */
  Duration length() {
    if (stoppedAt == null) {
      return Duration.ZERO;
    }
    if (trim == Trim.DO_NOT_TRIM) {
      return Duration.between(startedAt, stoppedAt);
    }
    if (firstSound == null || lastSound == null || lastSound.isBefore(firstSound)) {
      return Duration.ZERO;
    }
    return Duration.between(firstSound, lastSound);
  }

  /** Whether there is anything to keep. */
  boolean worthKeeping() {
    return length().compareTo(SHORTEST) >= 0;
  }

  /** The file's length in whole seconds. */
  long seconds() {
    return Leg.wholeSeconds(length());
  }
}
