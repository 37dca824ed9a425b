package dev.ringback.call;

import dev.ringback.id.Sid;

/** The phases of a session, in the order of its story. */
public sealed interface SessionState {

  /** Asks the directory for the conversation. */
  record LookingUp(int question) implements SessionState {}

  /** Has a conversation made. */
  record Creating(int question) implements SessionState {}

  /** Waits for a worker to be added. */
  record AwaitingWorker(Alarm noWorker) implements SessionState {}

  /** Has dialled the other party, whose phone does not ring yet. */
  record Dialling(Sid leg, Alarm timeout) implements SessionState {}

  /** The other party's phone rings. */
  record Ringing(Sid leg, Alarm timeout) implements SessionState {}

  /** The other party has answered and hears the document of {@code url} alone. */
  record Whispering(Call called) implements SessionState {}

  /** The two talk. */
  record Talking(Sid leg) implements SessionState {}
}
