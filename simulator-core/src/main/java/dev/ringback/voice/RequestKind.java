package dev.ringback.voice;

import dev.ringback.twiml.WireNamed;

/** Why Ringback makes a request to the app; the names scenarios and timelines use. */
public enum RequestKind implements WireNamed {
  /** The number's voice URL, or the Request URL of the app for a worker's call. */
  VOICE("voice", true),
  /** {@code <Connect action>}. */
  ACTION("action", true),
  /** {@code url} of {@code <Conversation>}, {@code <Number>}, {@code <Client>}, {@code <Sip>}. */
  URL("url", true),
  /** {@code <Gather action>}. */
  GATHER("gather", true),
  /** {@code <Record action>}. */
  RECORD("record", true),
  /** {@code <Dial action>}. */
  DIAL("dial", true),
  /** {@code <Enqueue action>}. */
  ENQUEUE("enqueue", true),
  /** {@code waitUrl} of {@code <Enqueue>} and {@code <Conference>}. */
  WAIT("wait", true),
  /** {@code <Redirect>}. */
  REDIRECT("redirect", true),
  /** The number's fallback URL, after an error. */
  FALLBACK("fallback", true),
  /** {@code <Conversation statusCallback>}. */
  SESSION_STATUS("session-status", false),
  /** {@code statusCallback} of {@code <Number>}, {@code <Client>} and {@code <Sip>}. */
  DIAL_STATUS("dial-status", false),
  /** {@code <Conference statusCallback>}. */
  CONFERENCE_STATUS("conference-status", false),
  /** {@code <Stream statusCallback>}. */
  STREAM_STATUS("stream-status", false),
  /** {@code <Gather partialResultCallback>}. */
  PARTIAL_RESULT("partial-result", false),
  /** {@code <Record transcribeCallback>}. */
  TRANSCRIPTION("transcription", false),
  /** The file of a {@code <Play>}. */
  MEDIA("media", false),
  /** Asked before something happens in a conversation. */
  PRE_WEBHOOK("pre-webhook", false),
  /** Told after something has happened in a conversation. */
  POST_WEBHOOK("post-webhook", false),
  /** Frontline's custom routing callback. */
  ROUTING("routing", false),
  /** Frontline's CRM, outgoing conversation and templates callbacks. */
  INTEGRATION("integration", false),
  /** The account's Debugger webhook. */
  DEBUGGER("debugger", false),
  /** {@code recordingStatusCallback} of {@code <Conversation>} or {@code <Record>}. */
  RECORDING_STATUS("recording-status", false),
  /** {@code AsyncAmdStatusCallback} of a call by the REST API. */
  AMD_STATUS("amd-status", false),
  /** The number's own status callback, or that of a call by the REST API. */
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

  /** Whether the answer is waited for: TwiML to run, a file to play, a word on a change. */
  public boolean isWaitedFor() {
    return expectsTwiml || this == MEDIA || this == PRE_WEBHOOK || this == INTEGRATION;
  }

  /** Whether an https URL is signed with its port: that of a callback is, one for TwiML is not. */
  public boolean signsPort() {
    return !expectsTwiml && this != MEDIA;
  }

  /** Whether the answer is run; otherwise only its status counts. */
  public boolean expectsTwiml() {
    return expectsTwiml;
  }
}
