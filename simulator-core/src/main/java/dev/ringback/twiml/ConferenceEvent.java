package dev.ringback.twiml;

/** The values of {@code <Conference statusCallbackEvent>} (docs/voice/twiml/conference). */
public enum ConferenceEvent implements WireNamed {
  START("start", true),
  END("end", true),
  JOIN("join", true),
  LEAVE("leave", true),
  MUTE("mute", false),
  HOLD("hold", false),
  MODIFY("modify", false),
  SPEAKER("speaker", false),
  ANNOUNCEMENT("announcement", false);

  private final String wireName;
  private final boolean happens;

  ConferenceEvent(String wireName, boolean happens) {
    this.wireName = wireName;
    this.happens = happens;
  }

  /** Whether it ever happens here; an app that wants to hear of another is told in a warning. */
  public boolean happens() {
    return happens;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
