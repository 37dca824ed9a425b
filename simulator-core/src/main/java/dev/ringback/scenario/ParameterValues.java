package dev.ringback.scenario;

import dev.ringback.conversation.EventType;
import dev.ringback.conversation.State;
import dev.ringback.twiml.RecordingTrack;
import dev.ringback.twiml.SessionEvent;
import dev.ringback.twiml.WireNamed;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.Direction;
import dev.ringback.voice.QueueResult;
import dev.ringback.voice.RecordingSource;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which values a request's parameter can have: one of a few, or all that look alike. */
public final class ParameterValues {
  private static final List<String> BOOLEAN = List.of("true", "false");

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

  private ParameterValues() {}

  /** The only values of a parameter, or empty when it has any. */
  public static Optional<List<String>> of(RequestKind kind, String name) {
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

  private static <E extends Enum<E> & WireNamed> Optional<List<String>> closed(Class<E> type) {
    return Optional.of(names(type));
  }

  private static <E extends Enum<E> & WireNamed> List<String> names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(WireNamed::wireName).toList();
  }
}
