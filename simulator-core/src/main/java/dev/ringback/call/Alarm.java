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

  /** {@code routingAssignmentTimeout}. */
  record NoWorker(int number) implements Alarm {}

  /** {@code inboundTimeout}. */
  record RingTimeout(int number) implements Alarm {}

  /** The file of a recording is there. */
  record RecordingReady(Sid recording) implements Alarm {}
}
