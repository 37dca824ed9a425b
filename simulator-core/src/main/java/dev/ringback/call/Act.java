package dev.ringback.call;

import java.time.Duration;

/** What a person does, or a carrier on the way to one. */
public sealed interface Act {

  /** The phone rings. */
  record Ring() implements Act {}

  /** Why a call is not answered. */
  sealed interface Refusal extends Act {}

  /** The line is busy. */
  record Busy() implements Refusal {}

  /** The network finds no way to the party. */
  record Unreachable() implements Refusal {}

  record Decline() implements Refusal {}

  record Answer() implements Act {}

  record HangUp() implements Act {}

  /**
   * @param digits {@code 0-9 * #}, in order
   */
  record Press(String digits) implements Act {}

  /**
   * @param length how long there is something to hear
   */
  record Speak(Duration length) implements Act {}
}
