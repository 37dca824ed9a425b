package dev.ringback.twiml;

/** The values of {@code <Conference statusCallbackEvent>} (docs/voice/twiml/conference). */
public enum ConferenceEvent implements WireNamed {
  START("start"),
  END("end"),
  JOIN("join"),
  LEAVE("leave"),
  MUTE("mute"),
  HOLD("hold"),
  MODIFY("modify"),
  SPEAKER("speaker"),
  ANNOUNCEMENT("announcement");

  private final String wireName;

  ConferenceEvent(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
