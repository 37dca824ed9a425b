package dev.ringback.call;

import dev.ringback.id.Sid;

/** A call's own timers. The number tells a timer from an older one of its kind. */
public sealed interface Alarm {

  /** A Say, Play or Pause is over, or the prompts of a Gather. */
  record VerbOver(int number) implements Alarm {}

  /** Nobody pressed a key in time. */
  record NoKey(int number) implements Alarm {}

  /** The caller has been silent for so long that a Record ends. */
  record Silence(int number) implements Alarm {}

  /** A Record has reached its {@code maxLength}. */
  record MaxLength(int number) implements Alarm {}

  /** Speech and the silence after it are over. */
  record SpeechOver(int number) implements Alarm {}

  /** It is time for a partial result of speech. */
  record PartialResult(int number) implements Alarm {}

  /** {@code TimeLimit} of a call by the REST API. */
  record CallLimit(int number) implements Alarm {}

  /** {@code timeLimit} of a Dial. */
  record TimeLimit(int number) implements Alarm {}

  /** {@code routingAssignmentTimeout}. */
  record NoWorker(int number) implements Alarm {}

  /** {@code inboundTimeout} of a session, {@code timeout} of a Dial. */
  record RingTimeout(int number) implements Alarm {}

  /** The file of a recording is there. */
  record RecordingReady(Sid recording) implements Alarm {}

  /** The transcription of a recording is there. */
  record TranscriptionReady(Sid recording) implements Alarm {}
}
