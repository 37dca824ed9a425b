package dev.ringback.report;

import dev.ringback.callback.Param;
import dev.ringback.journal.Fact;
import dev.ringback.voice.RequestKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a request, as much of them as is shown. */
public final class RequestParameters {
  private RequestParameters() {}

  /** All parameters of a request, in Twilio's order. */
  static Map<String, String> all(Fact.Requested request) {
    Map<String, String> all = new LinkedHashMap<>();
    for (Param param : request.form().params()) {
      all.put(param.name(), param.value());
    }
    return all;
  }

  /** Those of the parameters that say what is new: what a glance looks for. */
  public static Map<String, String> news(Fact.Requested request) {
    Map<String, String> news = new LinkedHashMap<>();
    for (String name : news(request.kind())) {
      request.form().value(name).ifPresent(value -> news.put(name, value));
    }
    return news;
  }

  private static List<String> news(RequestKind kind) {
    return switch (kind) {
      case VOICE, URL, REDIRECT, MEDIA, ROUTING -> List.of();
      case ACTION -> List.of("Result", "DialCallStatus", "DialCallDuration", "RecordingDuration");
      case GATHER -> List.of("Digits", "SpeechResult", "Confidence");
      case RECORD -> List.of("RecordingDuration", "Digits");
      case DIAL -> List.of("DialCallStatus", "DialCallDuration", "QueueResult");
      case ENQUEUE -> List.of("QueueResult", "QueueTime");
      case WAIT -> List.of("QueuePosition", "QueueTime");
      case FALLBACK -> List.of("ErrorCode", "ErrorUrl");
      case SESSION_STATUS -> List.of("Status", "SequenceNumber");
      case DIAL_STATUS, CALL_STATUS -> List.of("CallStatus", "CallDuration");
      case CONFERENCE_STATUS -> List.of("StatusCallbackEvent");
      case STREAM_STATUS -> List.of("StreamEvent");
      case PARTIAL_RESULT -> List.of("UnstableSpeechResult");
      case TRANSCRIPTION -> List.of("TranscriptionStatus", "TranscriptionText");
      case PRE_WEBHOOK, POST_WEBHOOK -> List.of("EventType");
      case INTEGRATION -> List.of("Location");
      case DEBUGGER -> List.of("Level");
      case RECORDING_STATUS -> List.of("RecordingStatus", "RecordingDuration", "RecordingChannels");
      case AMD_STATUS -> List.of("AnsweredBy");
    };
  }
}
