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
   * @param words that can be understood; empty: none
   * @param confidence of whoever understands them, from 0 to 1
   */
  record Speak(Duration length, String words, double confidence) implements Act {
    /** How sure recognition is when nothing else is said. */
    public static final double USUAL_CONFIDENCE = 0.9;

    /** Something that cannot be understood. */
    public Speak(Duration length) {
      this(length, "", USUAL_CONFIDENCE);
    }
  }
}
