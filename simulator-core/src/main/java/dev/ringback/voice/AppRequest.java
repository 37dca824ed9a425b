package dev.ringback.voice;

import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.SessionEvent;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request to the app, as facts; {@code dev.ringback.callback} knows the form of each. */
public sealed interface AppRequest {
  ExchangeId id();

  RequestKind kind();

  Target target();

  Sid account();

  /**
   * A request for TwiML: the standard voice parameters and what its reason adds.
   *
   * @param parameters of the call itself, such as {@code ApplicationSid}
   */
  @WireData
  record VoiceRequest(
      ExchangeId id,
      RequestKind kind,
      Target target,
      Sid account,
      Leg leg,
      Map<String, String> parameters,
      Extra extra)
      implements AppRequest {}

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

    /**
     * To the action URL of a Gather that took speech.
     *
     * @param result what was understood
     * @param confidence from 0 to 1
     */
    record Spoken(String result, double confidence) implements Extra {}

    /** To the action URL of a Dial. */
    record Dialled(DialOutcome outcome) implements Extra {}

    /**
     * To a document heard while a call waits in a queue, and to the {@code url} of a {@code
     * <Queue>}.
     *
     * @param dequeuing the leg that takes it out; null: nobody does yet
     */
    record Waiting(QueuePlace place, @Nullable Sid dequeuing) implements Extra {}

    /**
     * To the action URL of an Enqueue.
     *
     * @param queue null: it was never in one
     */
    record Queued(QueueResult result, @Nullable Sid queue, long seconds) implements Extra {}

    /** To the wait URL of a conference. */
    record ConferenceWait(Sid conference) implements Extra {}

    /** To a fallback URL. */
    record Failure(int errorCode, String errorUrl) implements Extra {}
  }

  /** Asks for a file to play; it carries no parameters (docs/voice/twiml/play). */
  record MediaRequest(ExchangeId id, Target target, Sid account) implements AppRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.MEDIA;
    }
  }

  /**
   * What a Gather has understood so far (docs/voice/twiml/gather, "partialResultCallback").
   *
   * @param sequenceNumber from 0
   */
  @WireData
  record PartialResult(
      ExchangeId id,
      Target target,
      Sid account,
      Leg leg,
      Map<String, String> parameters,
      String unstable,
      int sequenceNumber)
      implements AppRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.PARTIAL_RESULT;
    }
  }

  /**
   * The text of a recording (docs/voice/twiml/record, "transcribeCallback").
   *
   * @param text empty when there is none
   */
  @WireData
  record TranscriptionReport(
      ExchangeId id,
      Target target,
      Sid account,
      Leg leg,
      Map<String, String> parameters,
      Sid transcription,
      Sid recording,
      boolean completed,
      String text)
      implements AppRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.TRANSCRIPTION;
    }
  }

  /**
   * An event of a media stream (docs/voice/twiml/stream, "statusCallback").
   *
   * @param name null: it has none
   * @param event {@code stream-started} or {@code stream-stopped}
   */
  @WireData
  record StreamStatus(
      ExchangeId id,
      Target target,
      Sid account,
      Sid call,
      Sid stream,
      @Nullable String name,
      String event,
      Instant timestamp)
      implements AppRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.STREAM_STATUS;
    }
  }

  /**
   * An event of a conference (docs/voice/twiml/conference, "statusCallback").
   *
   * @param event as sent, such as {@code participant-join}
   * @param sequenceNumber from 1
   * @param call whose the event is
   * @param participant whether the event is of a participant rather than of the conference
   * @param reason why the conference is over; null: it is not
   */
  @WireData
  record ConferenceStatus(
      ExchangeId id,
      Target target,
      Sid account,
      Sid conference,
      String name,
      String event,
      int sequenceNumber,
      Instant timestamp,
      Sid call,
      boolean participant,
      @Nullable String label,
      boolean muted,
      boolean startsOnEnter,
      boolean endsOnExit,
      @Nullable String reason)
      implements AppRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.CONFERENCE_STATUS;
    }
  }

  /**
   * An entry of the Debugger (docs/usage/troubleshooting/debugging-event-webhooks).
   *
   * @param payload JSON
   */
  @WireData
  record DebuggerEvent(
      ExchangeId id,
      Target target,
      Sid account,
      Sid event,
      Instant timestamp,
      boolean error,
      String payload)
      implements AppRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.DEBUGGER;
    }
  }

  /**
   * A request of Conversations or Frontline (docs/conversations/conversations-webhooks).
   *
   * @param parameters all there are
   */
  record Notice(
      ExchangeId id, RequestKind kind, Target target, Sid account, Map<String, String> parameters)
      implements AppRequest {}

  /** An event of a session (page: "request from Twilio to your statusCallback URL"). */
  @WireData
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
      implements AppRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.SESSION_STATUS;
    }
  }

  /**
   * An event of a recording (page: "request to the recordingStatusCallback URL").
   *
   * @param call the parent call
   * @param conference that was recorded; null: it was none
   * @param seconds null unless completed
   */
  @WireData
  record RecordingStatusReport(
      ExchangeId id,
      Target target,
      Sid account,
      Sid call,
      @Nullable Sid conference,
      Sid recording,
      RecordingStatus status,
      @Nullable Long seconds,
      int channels,
      RecordingSource source,
      RecordingTrack track,
      Instant startTime,
      int errorCode)
      implements AppRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.RECORDING_STATUS;
    }
  }

  /**
   * A call progress event: the number's own status callback, or that of a leg a Dial called
   * (docs/voice/api/call-resource, docs/voice/twiml/number).
   */
  @WireData
  record CallStatusReport(
      ExchangeId id,
      RequestKind kind,
      Target target,
      Sid account,
      Leg leg,
      Map<String, String> parameters,
      int sequenceNumber,
      Instant timestamp,
      SessionOutcome.@Nullable RecordingFacts recording)
      implements AppRequest {}
}
