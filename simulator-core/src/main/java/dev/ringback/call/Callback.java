package dev.ringback.call;

import dev.ringback.id.Sid;
import dev.ringback.twiml.SessionEvent;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request to the app, as facts; {@code dev.ringback.callback} knows the form of each. */
public sealed interface Callback {
  ExchangeId id();

  RequestKind kind();

  Target target();

  Sid account();

  /**
   * A request for TwiML: the standard voice parameters and what its reason adds.
   *
   * @param parameters of the call itself, such as {@code ApplicationSid}
   */
  record VoiceRequest(
      ExchangeId id,
      RequestKind kind,
      Target target,
      Sid account,
      Leg leg,
      Map<String, String> parameters,
      Extra extra)
      implements Callback {}

  /** What a voice request says beyond the standard. */
  sealed interface Extra {
    record None() implements Extra {}

    /** To the action URL of a session. */
    record Session(SessionOutcome outcome) implements Extra {}

    /**
     * To the action URL of a Gather.
     *
     * @param finishedOnKey the key that ended it, or empty
     */
    record Digits(String digits, String finishedOnKey) implements Extra {}

    /**
     * To the action URL of a Record.
     *
     * @param digits the key that ended it, {@code hangup}, or empty
     * @param recording null: nothing was heard
     */
    record Recorded(String digits, SessionOutcome.@Nullable RecordingFacts recording)
        implements Extra {}

    /** To a fallback URL. */
    record Failure(int errorCode, String errorUrl) implements Extra {}
  }

  /** An event of a session (page: "request from Twilio to your statusCallback URL"). */
  record SessionStatus(
      ExchangeId id,
      Target target,
      Sid account,
      Sid conversation,
      Sid dialCall,
      boolean workerInitiated,
      SessionEvent event,
      int sequenceNumber,
      Instant timestamp)
      implements Callback {
    @Override
    public RequestKind kind() {
      return RequestKind.SESSION_STATUS;
    }
  }

  /**
   * An event of a recording (page: "request to the recordingStatusCallback URL").
   *
   * @param call the parent call
   * @param seconds null unless completed
   */
  record RecordingStatusReport(
      ExchangeId id,
      Target target,
      Sid account,
      Sid call,
      Sid recording,
      RecordingStatus status,
      @Nullable Long seconds,
      int channels,
      RecordingSource source,
      Instant startTime,
      int errorCode)
      implements Callback {
    @Override
    public RequestKind kind() {
      return RequestKind.RECORDING_STATUS;
    }
  }

  /** The number's own status callback (docs/voice/api/call-resource). */
  record CallStatusReport(
      ExchangeId id,
      Target target,
      Sid account,
      Leg leg,
      Map<String, String> parameters,
      int sequenceNumber,
      Instant timestamp)
      implements Callback {
    @Override
    public RequestKind kind() {
      return RequestKind.CALL_STATUS;
    }
  }
}
