package dev.ringback.scenario;

import dev.ringback.conversation.EventType;
import dev.ringback.conversation.State;
import dev.ringback.twiml.Grammar;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.SessionEvent;
import dev.ringback.twiml.TwilioError;
import dev.ringback.twiml.WireNamed;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.Direction;
import dev.ringback.voice.QueueResult;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The words a scenario can use: what a request of a kind can carry, and the values of what has only
 * a few. A word that is not here can never be met, so a file that has one is wrong.
 */
public final class Vocabulary {
  private static final List<String> BOOLEAN = List.of("true", "false");

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

  /** docs/voice/twiml/conference, "statusCallbackEvent", as they are sent. */
  private static final List<String> CONFERENCE_EVENTS =
      List.of(
          "conference-start",
          "conference-end",
          "participant-join",
          "participant-leave",
          "participant-mute",
          "participant-unmute",
          "participant-hold",
          "participant-unhold",
          "participant-modify",
          "participant-speech-start",
          "participant-speech-stop",
          "announcement-end",
          "announcement-fail");

  private static final Set<String> NUMBERS =
      Set.of(
          "SequenceNumber",
          "CallDuration",
          "Duration",
          "DialCallDuration",
          "RecordingDuration",
          "SipResponseCode",
          "DialSipResponseCode",
          "QueueTime",
          "QueuePosition",
          "AvgQueueTime",
          "CurrentQueueSize",
          "MaxQueueSize",
          "ErrorCode",
          "Confidence",
          "Stability",
          "RetryCount",
          "Index",
          "MachineDetectionDuration");

  private Vocabulary() {}

  /** Whether a request of that kind can carry a parameter of that name. */
  public static boolean carries(RequestKind kind, String name) {
    boolean voice = kind.expectsTwiml() || parameters(kind).contains("CallStatus");
    boolean header = name.startsWith("SipHeader_") || name.startsWith("DialSipHeader_");
    return parameters(kind).contains(name) || (voice && header);
  }

  /** What a request of that kind can carry. */
  public static Set<String> parameters(RequestKind kind) {
    return switch (kind) {
      case VOICE, REDIRECT -> of(STANDARD);
      case URL -> of(STANDARD, List.of("QueueSid", "QueueTime", "DequeingCallSid"));
      case FALLBACK -> of(STANDARD, List.of("ErrorCode", "ErrorUrl"));
      case ACTION ->
          of(
              STANDARD,
              List.of("Result", "WorkerInitiated", "HandoffData", "SessionId", "SessionStatus"),
              DIALLED,
              RECORDED);
      case GATHER ->
          of(
              STANDARD,
              List.of("Digits", "FinishedOnKey", "msg", "SpeechResult", "Confidence", "Language"));
      case RECORD -> of(STANDARD, List.of("Digits"), RECORDED);
      case DIAL ->
          of(
              STANDARD,
              DIALLED,
              List.of("DialBridged", "DialSipCallId", "DialSipResponseCode", "ReferTransferTarget"),
              QUEUED,
              RECORDED);
      case ENQUEUE -> of(STANDARD, QUEUED);
      case WAIT ->
          of(
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
          of(
              List.of(
                  "AccountSid",
                  "ConversationSid",
                  "DialCallSid",
                  "WorkerInitiated",
                  "Status",
                  "SequenceNumber",
                  "Timestamp",
                  "CallbackSource"));
      case DIAL_STATUS, CALL_STATUS -> of(STANDARD, PROGRESS, RECORDED);
      case CONFERENCE_STATUS ->
          of(
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
          of(
              List.of(
                  "AccountSid",
                  "CallSid",
                  "StreamSid",
                  "StreamName",
                  "StreamEvent",
                  "StreamError",
                  "Timestamp"));
      case PARTIAL_RESULT ->
          of(
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
          of(
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
          of(
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
          of(
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
          of(
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
          of(
              List.of(
                  "AccountSid",
                  "Sid",
                  "ParentAccountSid",
                  "Timestamp",
                  "Level",
                  "PayloadType",
                  "Payload"));
      case RECORDING_STATUS ->
          of(
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
          of(List.of("AccountSid", "CallSid", "AnsweredBy", "MachineDetectionDuration"));
    };
  }

  /** The only values of a parameter, or empty when it has any. */
  public static Optional<List<String>> values(RequestKind kind, String name) {
    return switch (name) {
      case "Result" -> closed(Result.class);
      case "DialCallStatus" ->
          Optional.of(
              names(DialCallStatus.class).stream()
                  .filter(status -> kind != RequestKind.ACTION || !status.equals("answered"))
                  .toList());
      case "CallStatus" ->
          Optional.of(
              Stream.concat(names(CallStatus.class).stream(), Stream.of("initiated"))
                  .distinct()
                  .toList());
      case "Direction" -> closed(Direction.class);
      case "QueueResult" ->
          Optional.of(
              Stream.concat(names(QueueResult.class).stream(), Stream.of("error", "system-error"))
                  .distinct()
                  .toList());
      case "RecordingStatus" -> closed(RecordingStatus.class);
      case "RecordingSource" ->
          Optional.of(
              Stream.concat(
                      names(RecordingSource.class).stream(),
                      Stream.of("Trunking", "StartConferenceRecordingAPI"))
                  .distinct()
                  .toList());
      case "RecordingTrack" -> closed(RecordingTrack.class);
      case "RecordingChannels" -> Optional.of(List.of("1", "2"));
      case "Status" ->
          kind == RequestKind.SESSION_STATUS ? closed(SessionEvent.class) : Optional.empty();
      case "TranscriptionStatus" -> Optional.of(List.of("completed", "failed"));
      case "StatusCallbackEvent" -> Optional.of(CONFERENCE_EVENTS);
      case "StreamEvent" ->
          Optional.of(List.of("stream-started", "stream-stopped", "stream-error"));
      case "EventType" ->
          Optional.of(
              EventType.wireNames(
                  EventType.all().stream()
                      .filter(type ->
                          (type.kind() == RequestKind.POST_WEBHOOK)
                              == (kind == RequestKind.POST_WEBHOOK))
                      .toList()));
      case "State", "StateFrom", "StateTo" -> closed(State.class);
      case "AnsweredBy" ->
          Optional.of(
              List.of(
                  "human",
                  "machine_start",
                  "machine_end_beep",
                  "machine_end_silence",
                  "machine_end_other",
                  "fax",
                  "unknown"));
      case "Level" -> Optional.of(List.of("ERROR", "WARNING"));
      case "CallbackSource" ->
          Optional.of(
              List.of(
                  kind == RequestKind.SESSION_STATUS
                      ? "voice-conversation-service"
                      : "call-progress-events"));
      case "ApiVersion" -> Optional.of(List.of("2010-04-01"));
      case "WorkerInitiated",
          "DialBridged",
          "Muted",
          "Hold",
          "Coaching",
          "StartConferenceOnEnter",
          "EndConferenceOnExit" ->
          Optional.of(BOOLEAN);
      default -> Optional.empty();
    };
  }

  /** How a value that is not one of a few must look; empty: like anything. */
  public static Optional<Shape> shape(String name) {
    if (NUMBERS.contains(name)) {
      return Optional.of(new Shape("-?\\d+(\\.\\d+)?", "a number"));
    }
    return name.endsWith("Sid") && !name.equals("ParentAccountSid")
        ? Optional.of(
            new Shape("[A-Z]{2}[0-9a-f]{32}", "a SID: two letters and 32 hexadecimal digits"))
        : Optional.empty();
  }

  /**
   * @param pattern all values match it
   * @param mustBe ends the sentence "… must be"
   */
  public record Shape(String pattern, String mustBe) {}

  /** The verbs an answer can have. */
  public static Set<String> verbs() {
    Set<String> verbs = new LinkedHashSet<>(Grammar.VERBS.keySet());
    verbs.addAll(Grammar.VERBS_NOT_EMULATED);
    return verbs;
  }

  /** The codes an alert can have: Twilio's, and {@code ringback} for a remark of our own. */
  public static List<String> codes() {
    List<String> codes = new ArrayList<>();
    Arrays.stream(TwilioError.values()).forEach(error -> codes.add(Integer.toString(error.code())));
    codes.add("ringback");
    return codes;
  }

  private static <E extends Enum<E> & WireNamed> Optional<List<String>> closed(Class<E> type) {
    return Optional.of(names(type));
  }

  private static <E extends Enum<E> & WireNamed> List<String> names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(WireNamed::wireName).toList();
  }

  @SafeVarargs
  private static Set<String> of(List<String>... lists) {
    Set<String> all = new LinkedHashSet<>();
    for (List<String> list : lists) {
      all.addAll(list);
    }
    return all;
  }
}
