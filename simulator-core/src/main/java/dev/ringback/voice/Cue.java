package dev.ringback.voice;

import java.time.Duration;

/** What a party notices, and may react to with an {@link Act}. */
public sealed interface Cue {

  /** The party is being called; its carrier says what comes of it. */
  record Dialled() implements Cue {}

  /** Its phone rings. */
  record Ringing() implements Cue {}

  /** It can talk with the other party. */
  record Connected() implements Cue {}

  /** It hears a prompt, which has just begun. */
  record Heard(String words, Duration lasts) implements Cue {}

  /** It hears the beep of a Record. */
  record Beep() implements Cue {}
}
