package dev.ringback.voice;

import dev.ringback.twiml.WireNamed;

/** The values of {@code CallStatus} (docs/voice/twiml, request parameters). */
public enum CallStatus implements WireNamed {
  QUEUED("queued"),
  INITIATED("initiated"),
  RINGING("ringing"),
  IN_PROGRESS("in-progress"),
  COMPLETED("completed"),
  BUSY("busy"),
  FAILED("failed"),
  NO_ANSWER("no-answer"),
  CANCELED("canceled");

  private final String wireName;

  CallStatus(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /** Whether a call with this status has ended. */
  public boolean isFinal() {
    return switch (this) {
      case QUEUED, INITIATED, RINGING, IN_PROGRESS -> false;
      case COMPLETED, BUSY, FAILED, NO_ANSWER, CANCELED -> true;
    };
  }
}
