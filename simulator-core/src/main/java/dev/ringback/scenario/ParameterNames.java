package dev.ringback.scenario;

import dev.ringback.voice.RequestKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which parameters a request of a kind can carry. What no request of the kind carries can never be
 * met, so a scenario that expects it is wrong.
 */
public final class ParameterNames {
  /** docs/voice/twiml, "Twilio's request parameters". */
  private static final List<String> STANDARD =
      List.of(
          "AccountSid",
          "AnsweredBy",
          "ApiVersion",
          "ApplicationSid",
          "CallSid",
          "CallStatus",
          "CallToken",
          "Called",
          "CalledCity",
          "CalledCountry",
          "CalledState",
          "CalledVia",
          "CalledZip",
          "Caller",
          "CallerCity",
          "CallerCountry",
          "CallerName",
          "CallerState",
          "CallerZip",
          "ConversationSid",
          "Direction",
          "ForwardedFrom",
          "From",
          "FromCity",
          "FromCountry",
          "FromState",
          "FromZip",
          "MachineDetectionDuration",
          "ParentCallSid",
          "SipCallId",
          "SipDomain",
          "SipDomainSid",
          "SipSourceIp",
          "StirPassportToken",
          "StirStatus",
          "StirVerstat",
          "To",
          "ToCity",
          "ToCountry",
          "ToState",
          "ToZip");

  private static final List<String> RECORDED =
      List.of("RecordingSid", "RecordingDuration", "RecordingUrl");

  private static final List<String> QUEUED = List.of("QueueResult", "QueueSid", "QueueTime");

  private static final List<String> DIALLED =
      List.of("DialCallStatus", "DialCallSid", "DialCallDuration");

  private static final List<String> PROGRESS =
      List.of(
          "CallbackSource",
          "SequenceNumber",
          "Timestamp",
          "SipResponseCode",
          "CallDuration",
          "Duration");

  private ParameterNames() {}

  /** Whether a request of that kind can carry a parameter of that name. */
  public static boolean carries(RequestKind kind, String name) {
    boolean voice = kind.expectsTwiml() || of(kind).contains("CallStatus");
    boolean header = name.startsWith("SipHeader_") || name.startsWith("DialSipHeader_");
    return of(kind).contains(name) || (voice && header);
  }

  /** What a request of that kind can carry. */
  public static Set<String> of(RequestKind kind) {
    return switch (kind) {
      case VOICE, REDIRECT -> all(STANDARD);
      case URL -> all(STANDARD, List.of("QueueSid", "QueueTime", "DequeingCallSid"));
      case FALLBACK -> all(STANDARD, List.of("ErrorCode", "ErrorUrl"));
      case ACTION ->
          all(
              STANDARD,
              List.of("Result", "WorkerInitiated", "HandoffData", "SessionId", "SessionStatus"),
              DIALLED,
              RECORDED);
      case GATHER ->
          all(
              STANDARD,
              List.of("Digits", "FinishedOnKey", "msg", "SpeechResult", "Confidence", "Language"));
      case RECORD -> all(STANDARD, List.of("Digits"), RECORDED);
      case DIAL ->
          all(
              STANDARD,
              DIALLED,
              List.of("DialBridged", "DialSipCallId", "DialSipResponseCode", "ReferTransferTarget"),
              QUEUED,
              RECORDED);
      case ENQUEUE -> all(STANDARD, QUEUED);
      case WAIT ->
          all(
              STANDARD,
              List.of(
                  "QueueSid",
                  "QueueTime",
                  "DequeingCallSid",
                  "QueuePosition",
                  "AvgQueueTime",
                  "CurrentQueueSize",
                  "MaxQueueSize",
                  "ConferenceSid"));
      case SESSION_STATUS ->
          all(
              List.of(
                  "AccountSid",
                  "ConversationSid",
                  "DialCallSid",
                  "WorkerInitiated",
                  "Status",
                  "SequenceNumber",
                  "Timestamp",
                  "CallbackSource"));
      case DIAL_STATUS, CALL_STATUS -> all(STANDARD, PROGRESS, RECORDED);
      case CONFERENCE_STATUS ->
          all(
              List.of(
                  "AccountSid",
                  "ConferenceSid",
                  "FriendlyName",
                  "StatusCallbackEvent",
                  "SequenceNumber",
                  "Timestamp",
                  "CallSid",
                  "Muted",
                  "Hold",
                  "Coaching",
                  "CallSidToCoach",
                  "StartConferenceOnEnter",
                  "EndConferenceOnExit",
                  "ParticipantLabel",
                  "CallSidEndingConference",
                  "ParticipantLabelEndingConference",
                  "ReasonConferenceEnded",
                  "ReasonParticipantLeft",
                  "Reason"));
      case STREAM_STATUS ->
          all(
              List.of(
                  "AccountSid",
                  "CallSid",
                  "StreamSid",
                  "StreamName",
                  "StreamEvent",
                  "StreamError",
                  "Timestamp"));
      case PARTIAL_RESULT ->
          all(
              STANDARD,
              List.of(
                  "SequenceNumber",
                  "Stability",
                  "StableSpeechResult",
                  "UnstableSpeechResult",
                  "Language",
                  "SpeechResult",
                  "Confidence"));
      case TRANSCRIPTION ->
          all(
              STANDARD,
              List.of(
                  "TranscriptionSid",
                  "TranscriptionText",
                  "TranscriptionStatus",
                  "TranscriptionUrl",
                  "RecordingSid",
                  "RecordingUrl"));
      case MEDIA -> Set.of();
      case PRE_WEBHOOK, POST_WEBHOOK ->
          all(
              List.of(
                  "AccountSid",
                  "ChatServiceSid",
                  "EventType",
                  "RetryCount",
                  "Source",
                  "ClientIdentity",
                  "ConversationSid",
                  "ParticipantSid",
                  "MessageSid",
                  "UserSid",
                  "RoleSid",
                  "Identity",
                  "Author",
                  "Body",
                  "MessageBody",
                  "Media",
                  "ChannelMessageSid",
                  "DeliveryReceiptSid",
                  "Status",
                  "ErrorCode",
                  "isOnline",
                  "isNotifiable",
                  "Index",
                  "Attributes",
                  "FriendlyName",
                  "UniqueName",
                  "MessagingServiceSid",
                  "State",
                  "StateFrom",
                  "StateTo",
                  "StateUpdated",
                  "Reason",
                  "DateCreated",
                  "DateUpdated",
                  "DateRemoved",
                  "LastReadMessageIndex",
                  "MessagingBinding.Address",
                  "MessagingBinding.AuthorAddress",
                  "MessagingBinding.ProxyAddress",
                  "MessagingBinding.ProjectedAddress",
                  "MessagingBinding.Type"));
      case ROUTING ->
          all(
              List.of(
                  "Attributes",
                  "ConversationServiceSid",
                  "ConversationSid",
                  "DateCreated",
                  "DateUpdated",
                  "FriendlyName",
                  "UniqueName",
                  "MessagingBinding.Address",
                  "MessagingBinding.AuthorAddress",
                  "MessagingBinding.ProxyAddress",
                  "State"));
      case INTEGRATION ->
          all(
              List.of(
                  "Location",
                  "Worker",
                  "Anchor",
                  "CustomerId",
                  "ConversationSid",
                  "ChannelType",
                  "ChannelValue",
                  "Channels",
                  "DisplayName",
                  "NextPageToken",
                  "PageSize",
                  "Query"));
      case DEBUGGER ->
          all(
              List.of(
                  "AccountSid",
                  "Sid",
                  "ParentAccountSid",
                  "Timestamp",
                  "Level",
                  "PayloadType",
                  "Payload"));
      case RECORDING_STATUS ->
          all(
              List.of(
                  "AccountSid",
                  "ApiVersion",
                  "CallSid",
                  "RecordingSid",
                  "RecordingUrl",
                  "RecordingStatus",
                  "RecordingDuration",
                  "RecordingChannels",
                  "RecordingSource",
                  "RecordingStartTime",
                  "RecordingTrack",
                  "ErrorCode",
                  "ConferenceSid"));
      case AMD_STATUS ->
          all(List.of("AccountSid", "CallSid", "AnsweredBy", "MachineDetectionDuration"));
    };
  }

  @SafeVarargs
  private static Set<String> all(List<String>... lists) {
    Set<String> all = new LinkedHashSet<>();
    for (List<String> list : lists) {
      all.addAll(list);
    }
    return all;
  }
}
