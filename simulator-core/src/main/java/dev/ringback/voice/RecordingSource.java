package dev.ringback.voice;

import dev.ringback.twiml.WireNamed;

/** The values of {@code RecordingSource} Ringback uses. */
public enum RecordingSource implements WireNamed {
  DIAL_VERB("DialVerb"),
  CONFERENCE("Conference"),
  RECORD_VERB("RecordVerb"),
  OUTBOUND_API("OutboundAPI"),
  START_CALL_RECORDING_API("StartCallRecordingAPI"),
  START_CALL_RECORDING_TWIML("StartCallRecordingTwiML");

  private final String wireName;

  RecordingSource(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
