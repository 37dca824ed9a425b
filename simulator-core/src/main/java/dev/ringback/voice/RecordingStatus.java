package dev.ringback.voice;

import dev.ringback.twiml.WireNamed;

/** The values of {@code RecordingStatus}. */
public enum RecordingStatus implements WireNamed {
  IN_PROGRESS("in-progress"),
  PAUSED("paused"),
  COMPLETED("completed"),
  ABSENT("absent"),
  FAILED("failed");

  private final String wireName;

  RecordingStatus(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
