package dev.ringback.voice;

import dev.ringback.id.Sid;
import dev.ringback.twiml.RecordingEvent;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.Trim;
import dev.ringback.voice.Sound.Voice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recording and what was to hear while it ran.
 *
 * @param call whose it is: the first leg
 * @param conference that is recorded; null: it is none
 * @param scope what it hears
 * @param callback where its events go; null: nowhere
 * @param sounds in the order in which they began
 * @param pause of now; null: none
 * @param skipped how much was cut out in pauses; times of sounds and of the stop are without it
 * @param stoppedAt null while it runs
 * @param status in progress until the file is there or is known to be absent
 * @param errorCode why there is no file; 0: there is one, or not yet
 * @param transcription null: none was asked for
 */
public record Recording(
    Sid sid,
    Sid call,
    @Nullable Sid conference,
    RecordingSource source,
    Scope scope,
    int channels,
    RecordingTrack track,
    Trim trim,
    @Nullable Target callback,
    Set<RecordingEvent> events,
    Instant startedAt,
    List<HeardSound> sounds,
    @Nullable Pause pause,
    Duration skipped,
    @Nullable Instant stoppedAt,
    RecordingStatus status,
    int errorCode,
    @Nullable Transcription transcription) {

  /**
   * A pause of a recording.
   *
   * @param skips whether it will be cut out; otherwise it is silent
   */
  public record Pause(Instant since, boolean skips) {}

  /** What a recording hears. */
  public enum Scope {
    /** A message: the caller alone. */
    CALLER,
    /** Two parties that are brought together, and the ringing before. */
    BRIDGE,
    /** All that the caller says and hears. */
    CALL
  }

  /**
   * What is to become text (docs/voice/twiml/record, "transcribe").
   *
   * @param callback null: nobody is told
   * @param text empty: nothing could be understood
   * @param pending whether it is still to come
   */
  public record Transcription(Sid sid, @Nullable Target callback, String text, boolean pending) {}

  /** Shorter ones are not kept (error 16101). */
  static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Beyond this number the last sound goes on; only a call of many hours comes so far. */
  static final int MAX_SOUNDS = 2_000;

  public boolean running() {
    return stoppedAt == null;
  }

  /** Whether this recording hears that voice, by its scope and its track. */
  public boolean hears(Voice voice) {
    boolean inRange =
        switch (scope) {
          case CALLER -> voice == Voice.CALLER;
          case BRIDGE -> voice != Voice.TWILIO;
          case CALL -> true;
        };
    return inRange
        && switch (track) {
          case BOTH -> true;
          case INBOUND -> voice == Voice.CALLER;
          case OUTBOUND -> voice != Voice.CALLER;
        };
  }

  /** The same instant in the time of the file. */
  private Instant ofFile(Instant instant) {
    return instant.minus(skipped);
  }

  public Recording paused(Instant now, boolean skips) {
    return hushed(true, now).hushed(false, now).holding(new Pause(now, skips), skipped);
  }

  public Recording resumed(Instant now) {
    Duration cut =
        pause != null && pause.skips() ? Duration.between(pause.since(), now) : Duration.ZERO;
    return holding(null, skipped.plus(cut));
  }

  private Recording holding(@Nullable Pause pause, Duration skipped) {
    return with(
        sounds,
        pause,
        skipped,
        stoppedAt,
        pause == null ? RecordingStatus.IN_PROGRESS : RecordingStatus.PAUSED,
        errorCode,
        transcription);
  }

  public Recording heard(HeardSound real) {
    HeardSound sound =
        new HeardSound(real.far(), ofFile(real.from()), ofFile(real.to()), real.sound());
    Instant from = sound.from().isBefore(startedAt) ? startedAt : sound.from();
    if (pause != null || !sound.to().isAfter(from)) {
      return this;
    }
    List<HeardSound> longer = new ArrayList<>(sounds);
    HeardSound last = longer.size() < MAX_SOUNDS ? null : longer.removeLast();
    longer.add(
        last == null
            ? new HeardSound(sound.far(), from, sound.to(), sound.sound())
            : new HeardSound(last.far(), last.from(), sound.to(), last.sound()));
    return with(List.copyOf(longer), stoppedAt, status, errorCode);
  }

  /**
   * From now on a voice is silent, whatever it was to say. When it is the far one, nobody takes
   * another turn in talking with it.
   */
  public Recording hushed(boolean far, Instant now) {
    Instant from = ofFile(now);
    return with(
        sounds.stream()
            .map(s -> s.far() == far || s.from().isAfter(from) ? s.until(from) : s)
            .filter(s -> s.to().isAfter(s.from()))
            .toList(),
        stoppedAt,
        status,
        errorCode);
  }

  public Recording stopped(Instant now) {
    if (pause != null) {
      return resumed(now).stopped(now);
    }
    Instant end = ofFile(now);
    return with(
        sounds.stream().map(s -> s.until(end)).filter(s -> s.to().isAfter(s.from())).toList(),
        end,
        status,
        errorCode);
  }

  public Recording settled(RecordingStatus status, int errorCode) {
    return with(sounds, stoppedAt, status, errorCode);
  }

  public Recording transcribed(Transcription transcription) {
    return with(sounds, pause, skipped, stoppedAt, status, errorCode, transcription);
  }

  private Recording with(
      List<HeardSound> sounds, @Nullable Instant stoppedAt, RecordingStatus status, int errorCode) {
    return with(sounds, pause, skipped, stoppedAt, status, errorCode, transcription);
  }

  private Recording with(
      List<HeardSound> sounds,
      @Nullable Pause pause,
      Duration skipped,
      @Nullable Instant stoppedAt,
      RecordingStatus status,
      int errorCode,
      @Nullable Transcription transcription) {
    return new Recording(
        sid,
        call,
        conference,
        source,
        scope,
        channels,
        track,
        trim,
        callback,
        events,
        startedAt,
        sounds,
        pause,
        skipped,
        stoppedAt,
        status,
        errorCode,
        transcription);
  }

  /** Whether nothing will become of it that is not known yet. */
  public boolean settled() {
    return status != RecordingStatus.IN_PROGRESS
        && status != RecordingStatus.PAUSED
        && (transcription == null || !transcription.pending());
  }

  /** Whether there is more in it than keys. */
  public boolean hasSpeech() {
    return sounds.stream().anyMatch(s -> !(s.sound() instanceof Sound.Keys));
  }

  public boolean isSilent() {
    return sounds.isEmpty();
  }

  /** Where the file begins: at the start, or with the first sound. */
  public Instant begin() {
    return trim == Trim.DO_NOT_TRIM
        ? startedAt
        : sounds.stream().map(HeardSound::from).min(Instant::compareTo).orElse(startedAt);
  }

  /** Where the file ends: at the stop, or with the last sound; before both the start. */
  public Instant end() {
    if (stoppedAt == null) {
      return begin();
    }
    return trim == Trim.DO_NOT_TRIM
        ? stoppedAt
        : sounds.stream().map(HeardSound::to).max(Instant::compareTo).orElse(startedAt);
  }

  /** How long the file is: all of it, or without the silence at both ends. Zero while it runs. */
  public Duration length() {
    return stoppedAt == null ? Duration.ZERO : Duration.between(begin(), end());
  }

  /** Whether there is anything to keep. */
  public boolean worthKeeping() {
    return length().compareTo(SHORTEST) >= 0;
  }

  /** The file's length in whole seconds. */
  public long seconds() {
    return Leg.wholeSeconds(length());
  }
}
