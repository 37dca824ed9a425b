package dev.ringback.callback;

import dev.ringback.voice.AppRequest;
import dev.ringback.voice.AppRequest.CallStatusReport;
import dev.ringback.voice.AppRequest.RecordingStatusReport;
import dev.ringback.voice.AppRequest.SessionStatus;
import dev.ringback.voice.AppRequest.VoiceRequest;
import java.time.Duration;

/** Which parameters a request carries, and in which order. */
public final class FormWriter {
  private final VoiceRequestForm voiceRequests;
  private final CallbackForm callbacks;

  /**
   * @param publicUrl where this Twilio answers, without a slash at the end; recordings are below it
   */
  public FormWriter(String publicUrl) {
    StandardParameters parameters = new StandardParameters(publicUrl);
    this.voiceRequests = new VoiceRequestForm(parameters);
    this.callbacks = new CallbackForm(parameters);
  }

  /**
   * @param skew by how much the clock behind its {@code Timestamp} goes wrong; zero but for a fault
   */
  public Form of(AppRequest request, Duration skew) {
    return switch (request) {
      case VoiceRequest voice -> voiceRequests.of(voice);
      case SessionStatus status -> CallbackForm.sessionStatus(status, skew);
      case RecordingStatusReport report -> callbacks.recordingStatus(report);
      case CallStatusReport report -> callbacks.callStatus(report, skew);
      case AppRequest.MediaRequest media -> new Form.Builder().build();
      case AppRequest.PartialResult partial -> CallbackForm.partialResult(partial);
      case AppRequest.TranscriptionReport report -> callbacks.transcription(report);
      case AppRequest.StreamStatus status -> CallbackForm.streamStatus(status, skew);
      case AppRequest.ConferenceStatus status -> CallbackForm.conferenceStatus(status, skew);
      case AppRequest.DebuggerEvent event -> CallbackForm.debuggerEvent(event);
      case AppRequest.Notice notice -> CallbackForm.notice(notice);
    };
  }
}
