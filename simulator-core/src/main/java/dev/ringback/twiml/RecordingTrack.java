package dev.ringback.twiml;

/** The values of {@code recordingTrack}; default {@link #BOTH}. */
public enum RecordingTrack implements WireNamed {
  INBOUND("inbound"),
  OUTBOUND("outbound"),
  BOTH("both");

  private final String wireName;

  RecordingTrack(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
