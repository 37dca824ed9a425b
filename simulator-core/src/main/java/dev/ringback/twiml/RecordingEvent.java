package dev.ringback.twiml;

/** The values of {@code recordingStatusCallbackEvent}. */
public enum RecordingEvent implements WireNamed {
  IN_PROGRESS("in-progress"),
  COMPLETED("completed"),
  ABSENT("absent");

  private final String wireName;

  RecordingEvent(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
