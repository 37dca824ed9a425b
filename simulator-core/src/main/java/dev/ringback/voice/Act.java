package dev.ringback.voice;

import java.time.Duration;

/** What a person does, or a carrier on the way to one. */
public sealed interface Act {

  /** A clause without its subject, such as {@code presses 1}. */
  default String text() {
    return switch (this) {
      case Ring ring -> "is rung";
      case Busy busy -> "is busy";
      case Unreachable unreachable -> "is unreachable";
      case Decline decline -> "declines";
      case Answer answer -> "answers";
      case HangUp hangUp -> "hangs up";
      case Press press -> "presses " + press.digits();
      case Talk talk -> "talks for " + talk.length().toMillis() / 1000.0 + " s";
      case Speak speak ->
          "speaks for %s s%s"
              .formatted(
                  speak.length().toMillis() / 1000.0,
                  speak.words().isEmpty() ? "" : ": \"" + speak.words() + "\"");
    };
  }

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
   * Talks with the other party by turns, each of whom is heard while the other listens.
   *
   * @param length of the conversation
   * @param begins whether the first turn is this party's
   */
  record Talk(Duration length, boolean begins) implements Act {
    private static final Duration USUAL_TURN = Duration.ofSeconds(2);
    private static final int MOST_TURNS = 50;

    /** How long one of the two speaks at a time; longer in a long conversation. */
    public Duration turn() {
      Duration least = length.dividedBy(MOST_TURNS);
      return least.compareTo(USUAL_TURN) > 0 ? least : USUAL_TURN;
    }
  }

  /**
   * @param length how long there is something to hear
   * @param words that can be understood; empty: none
   * @param confidence of the recognition, from 0 to 1
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
