package dev.ringback.voice;

import dev.ringback.twiml.WireNamed;

/** What became of the dialled leg, in the order of the page's list. */
public enum DialCallStatus implements WireNamed {
  COMPLETED("completed"),
  BUSY("busy"),
  NO_ANSWER("no-answer"),
  FAILED("failed"),
  CANCELED("canceled"),
  /** A conference was joined (docs/voice/twiml/dial, "DialCallStatus"). */
  ANSWERED("answered");

  private final String wireName;

  DialCallStatus(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /** The status after a refusal; a declined call is reported as busy. */
  public static DialCallStatus of(Act.Refusal refusal) {
    return switch (refusal) {
      case Act.Busy busy -> BUSY;
      case Act.Decline decline -> BUSY;
      case Act.Unreachable unreachable -> FAILED;
    };
  }

  /** The final status of a leg that was not answered. */
  public CallStatus ofUnanswered() {
    return switch (this) {
      case COMPLETED, ANSWERED -> CallStatus.COMPLETED;
      case BUSY -> CallStatus.BUSY;
      case NO_ANSWER -> CallStatus.NO_ANSWER;
      case FAILED -> CallStatus.FAILED;
      case CANCELED -> CallStatus.CANCELED;
    };
  }
}
