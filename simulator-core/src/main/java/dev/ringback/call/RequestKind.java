package dev.ringback.call;

import dev.ringback.twiml.WireNamed;

/** Why Ringback makes a request to the app; the names scenarios and timelines use. */
public enum RequestKind implements WireNamed {
  /** The number's voice URL, or the Request URL of the app for a worker's call. */
  VOICE("voice", true),
  /** {@code <Connect action>}. */
  ACTION("action", true),
  /** {@code <Conversation url>}, on the called leg. */
  URL("url", true),
  /** {@code <Gather action>}. */
  GATHER("gather", true),
  /** {@code <Record action>}. */
  RECORD("record", true),
  /** {@code <Redirect>}. */
  REDIRECT("redirect", true),
  /** The number's fallback URL, after an error. */
  FALLBACK("fallback", true),
  /** {@code <Conversation statusCallback>}. */
  SESSION_STATUS("session-status", false),
  /** {@code recordingStatusCallback} of {@code <Conversation>} or {@code <Record>}. */
  RECORDING_STATUS("recording-status", false),
  /** The number's own status callback. */
  CALL_STATUS("call-status", false);

  private final String wireName;
  private final boolean expectsTwiml;

  RequestKind(String wireName, boolean expectsTwiml) {
    this.wireName = wireName;
    this.expectsTwiml = expectsTwiml;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /** Whether the answer is run; otherwise only its status counts. */
  public boolean expectsTwiml() {
    return expectsTwiml;
  }
}
