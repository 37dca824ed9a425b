package dev.ringback.voice;

import dev.ringback.id.Sid;
import dev.ringback.twiml.RecordingEvent;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.Trim;
import dev.ringback.twiml.Verb;
import dev.ringback.voice.Sound.Voice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording and what was to hear while it ran.
 *
 * @param call whose it is: the first leg
 * @param plan what is to be recorded
 * @param life what has become of it
 */
public record Recording(Sid sid, Sid call, Plan plan, Life life) {

  /**
   * What is to be recorded, and who is told.
   *
   * @param scope what it hears
   * @param callback of its events
   * @param conference that is recorded; null: it is none
   */
  public record Plan(
      RecordingSource source,
      Scope scope,
      Format format,
      Subscription<RecordingEvent> callback,
      @Nullable Sid conference) {

    /** The plan of a verb, a noun or a request of the REST API. */
    public static Plan of(
        RecordingSource source, Scope scope, Target document, Verb.RecordingOptions options) {
      return new Plan(
          source,
          scope,
          new Format(options.mode().channels(), options.track(), options.trim()),
          Subscription.of(options.callback(), document),
          null);
    }

    /** The same of a conference. */
    public Plan of(Sid conference) {
      return new Plan(source, scope, format, callback, conference);
    }
  }

  /**
   * @param channels 1 or 2
   */
  public record Format(int channels, RecordingTrack track, Trim trim) {}

  /**
   * What has become of a recording.
   *
   * @param sounds in the order in which they began
   * @param pause of now; null: none
   * @param skipped how much was cut out in pauses; times of sounds and of the stop are without it
   * @param stoppedAt null while it runs
   * @param outcome what is known of its file
   */
  public record Life(
      Instant startedAt,
      List<HeardSound> sounds,
      @Nullable Pause pause,
      Duration skipped,
      @Nullable Instant stoppedAt,
      Outcome outcome) {
    private Life hearing(List<HeardSound> sounds) {
      return new Life(startedAt, sounds, pause, skipped, stoppedAt, outcome);
    }

    private Life holding(@Nullable Pause pause, Duration skipped, Outcome outcome) {
      return new Life(startedAt, sounds, pause, skipped, stoppedAt, outcome);
    }

    private Life stopped(List<HeardSound> sounds, Instant stoppedAt) {
      return new Life(startedAt, sounds, pause, skipped, stoppedAt, outcome);
    }

    private Life knowing(Outcome outcome) {
      return new Life(startedAt, sounds, pause, skipped, stoppedAt, outcome);
    }
  }

  /**
   * What is known of the file of a recording.
   *
   * @param status in progress until the file is there or is known to be absent
   * @param errorCode why there is no file; 0: there is one, or not yet
   * @param transcription null: none was asked for
   */
  public record Outcome(
      RecordingStatus status, int errorCode, @Nullable Transcription transcription) {
    private static final Outcome NONE = new Outcome(RecordingStatus.IN_PROGRESS, 0, null);
  }

  /**
   * A recording that begins.
   *
   * @param stoppedAt null: it runs; otherwise it never began
   */
  public static Recording begun(
      Sid sid, Sid call, Plan plan, Instant now, @Nullable Instant stoppedAt) {
    return new Recording(
        sid, call, plan, new Life(now, List.of(), null, Duration.ZERO, stoppedAt, Outcome.NONE));
  }

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
    return stoppedAt() == null;
  }

  /** Whether this recording hears that voice, by its scope and its track. */
  public boolean hears(Voice voice) {
    boolean inRange =
        switch (scope()) {
          case CALLER -> voice == Voice.CALLER;
          case BRIDGE -> voice != Voice.TWILIO;
          case CALL -> true;
        };
    return inRange
        && switch (track()) {
          case BOTH -> true;
          case INBOUND -> voice == Voice.CALLER;
          case OUTBOUND -> voice != Voice.CALLER;
        };
  }

  /** The same instant in the time of the file. */
  private Instant ofFile(Instant instant) {
    return instant.minus(life.skipped());
  }

  public Recording paused(Instant now, boolean skips) {
    return hushed(true, now).hushed(false, now).holding(new Pause(now, skips), life.skipped());
  }

  public Recording resumed(Instant now) {
    Pause pause = pause();
    Duration cut =
        pause != null && pause.skips() ? Duration.between(pause.since(), now) : Duration.ZERO;
    return holding(null, life.skipped().plus(cut));
  }

  private Recording holding(@Nullable Pause pause, Duration skipped) {
    RecordingStatus status = pause == null ? RecordingStatus.IN_PROGRESS : RecordingStatus.PAUSED;
    return with(life.holding(pause, skipped, new Outcome(status, errorCode(), transcription())));
  }

  private Recording with(Life life) {
    return new Recording(sid, call, plan, life);
  }

  public Recording heard(HeardSound real) {
    HeardSound sound =
        new HeardSound(real.far(), ofFile(real.from()), ofFile(real.to()), real.sound());
    Instant from = sound.from().isBefore(startedAt()) ? startedAt() : sound.from();
    if (pause() != null || !sound.to().isAfter(from)) {
      return this;
    }
    List<HeardSound> longer = new ArrayList<>(sounds());
    HeardSound last = longer.size() < MAX_SOUNDS ? null : longer.removeLast();
    longer.add(
        last == null
            ? new HeardSound(sound.far(), from, sound.to(), sound.sound())
            : new HeardSound(last.far(), last.from(), sound.to(), last.sound()));
    return with(life.hearing(List.copyOf(longer)));
  }

  /**
   * From now on a voice is silent, whatever it was to say. When it is the far one, nobody takes
   * another turn in talking with it.
   */
  public Recording hushed(boolean far, Instant now) {
    Instant from = ofFile(now);
    return with(
        life.hearing(
            sounds().stream()
                .map(s -> s.far() == far || s.from().isAfter(from) ? s.until(from) : s)
                .filter(s -> s.to().isAfter(s.from()))
                .toList()));
  }

  public Recording stopped(Instant now) {
    if (pause() != null) {
      return resumed(now).stopped(now);
    }
    Instant end = ofFile(now);
    return with(
        life.stopped(
            sounds().stream().map(s -> s.until(end)).filter(s -> s.to().isAfter(s.from())).toList(),
            end));
  }

  public Recording settled(RecordingStatus status, int errorCode) {
    return with(life.knowing(new Outcome(status, errorCode, transcription())));
  }

  public Recording transcribed(Transcription transcription) {
    return with(life.knowing(new Outcome(status(), errorCode(), transcription)));
  }

  /** Whether nothing will become of it that is not known yet. */
  public boolean settled() {
    Transcription transcription = transcription();
    return status() != RecordingStatus.IN_PROGRESS
        && status() != RecordingStatus.PAUSED
        && (transcription == null || !transcription.pending());
  }

  /** Whether there is more in it than keys. */
  public boolean hasSpeech() {
    return sounds().stream().anyMatch(s -> !(s.sound() instanceof Sound.Keys));
  }

  public boolean isSilent() {
    return sounds().isEmpty();
  }

  /** Where the file begins: at the start, or with the first sound. */
  public Instant begin() {
    return trim() == Trim.DO_NOT_TRIM
        ? startedAt()
        : sounds().stream().map(HeardSound::from).min(Instant::compareTo).orElse(startedAt());
  }

  /** Where the file ends: at the stop, or with the last sound; before both the start. */
  public Instant end() {
    Instant stoppedAt = stoppedAt();
    if (stoppedAt == null) {
      return begin();
    }
    return trim() == Trim.DO_NOT_TRIM
        ? stoppedAt
        : sounds().stream().map(HeardSound::to).max(Instant::compareTo).orElse(startedAt());
  }

  /** How long the file is: all of it, or without the silence at both ends. Zero while it runs. */
  public Duration length() {
    return stoppedAt() == null ? Duration.ZERO : Duration.between(begin(), end());
  }

  /** Whether there is anything to keep. */
  public boolean worthKeeping() {
    return length().compareTo(SHORTEST) >= 0;
  }

  /** The file's length in whole seconds. */
  public long seconds() {
    return Leg.wholeSeconds(length());
  }

  // What is asked most

  public RecordingSource source() {
    return plan.source();
  }

  public Scope scope() {
    return plan.scope();
  }

  public int channels() {
    return plan.format().channels();
  }

  public RecordingTrack track() {
    return plan.format().track();
  }

  public Trim trim() {
    return plan.format().trim();
  }

  /** The conference that is recorded; null: it is none. */
  public @Nullable Sid conference() {
    return plan.conference();
  }

  public Instant startedAt() {
    return life.startedAt();
  }

  /** In the order in which they began. */
  public List<HeardSound> sounds() {
    return life.sounds();
  }

  /** Of now; null: none. */
  public @Nullable Pause pause() {
    return life.pause();
  }

  /** Null while it runs. */
  public @Nullable Instant stoppedAt() {
    return life.stoppedAt();
  }

  public RecordingStatus status() {
    return life.outcome().status();
  }

  /** Why there is no file; 0: there is one, or not yet. */
  public int errorCode() {
    return life.outcome().errorCode();
  }

  /** Null: none was asked for. */
  public @Nullable Transcription transcription() {
    return life.outcome().transcription();
  }
}
