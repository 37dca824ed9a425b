package dev.ringback.callback;

import dev.ringback.voice.AppRequest;
import dev.ringback.voice.AppRequest.CallStatusReport;
import dev.ringback.voice.AppRequest.RecordingStatusReport;
import dev.ringback.voice.AppRequest.SessionStatus;
import dev.ringback.voice.Leg;
import dev.ringback.voice.SessionOutcome.RecordingFacts;
import java.time.Duration;

/** The forms of callbacks that report: statuses, recordings, transcriptions, webhooks. */
final class CallbackForm {
  /** How stable a partial result is, from 0 to 1; the model has one value. */
  private static final String STABILITY = "0.8";

  private final StandardParameters parameters;

  CallbackForm(StandardParameters parameters) {
    this.parameters = parameters;
  }

  /** The page, "request from Twilio to your statusCallback URL"; in the order of its table. */
  static Form sessionStatus(SessionStatus status, Duration skew) {
    return new Form.Builder()
        .add("AccountSid", status.account().value())
        .add("ConversationSid", status.conversation().value())
        .add("DialCallSid", status.dialCall().value())
        .add("WorkerInitiated", Boolean.toString(status.workerInitiated()))
        .add("Status", status.event().wireName())
        .add("SequenceNumber", Integer.toString(status.sequenceNumber()))
        .add("Timestamp", TwilioDates.rfc2822(status.timestamp().plus(skew)))
        .add("CallbackSource", "voice-conversation-service")
        .build();
  }

  /** The page, "request to the recordingStatusCallback URL"; its table, then what others have. */
  Form recordingStatus(RecordingStatusReport report) {
    return new Form.Builder()
        .add("AccountSid", report.account().value())
        .add("CallSid", report.call().value())
        .add("RecordingSid", report.recording().value())
        .add("RecordingUrl", parameters.recordingUrl(report.account(), report.recording()))
        .add("RecordingStatus", report.status().wireName())
        .addIfKnown("RecordingDuration", report.seconds())
        .add("RecordingChannels", Integer.toString(report.channels()))
        .add("RecordingSource", report.source().wireName())
        .add("RecordingStartTime", TwilioDates.rfc2822(report.startTime()))
        .add("RecordingTrack", report.track().wireName())
        .add("ErrorCode", Integer.toString(report.errorCode()))
        .addIfKnown("ConferenceSid", report.conference())
        .build();
  }

  /** docs/voice/api/call-resource, "status callback". */
  Form callStatus(CallStatusReport report, Duration skew) {
    Leg leg = report.leg();
    Form.Builder form =
        StandardParameters.standard(report.account(), leg, report.parameters())
            .add("CallbackSource", "call-progress-events")
            .add("SequenceNumber", Integer.toString(report.sequenceNumber()))
            .add("Timestamp", TwilioDates.rfc2822(report.timestamp().plus(skew)));
    if (leg.status().isFinal()) {
      // The page names the durations for completed calls; the others have been seen with 0.
      form.add("SipResponseCode", Integer.toString(leg.sipResponse()))
          .add("CallDuration", Long.toString(leg.seconds()))
          .add("Duration", Long.toString((leg.seconds() + 59) / 60));
    }
    RecordingFacts recording = report.recording();
    if (recording != null) {
      form.add("RecordingUrl", parameters.recordingUrl(report.account(), recording.sid()))
          .add("RecordingSid", recording.sid().value())
          .add("RecordingDuration", Long.toString(recording.seconds()));
    }
    return form.sorted();
  }

  /** docs/voice/twiml/gather, "partialResultCallback". */
  static Form partialResult(AppRequest.PartialResult partial) {
    return StandardParameters.standard(partial.account(), partial.leg(), partial.parameters())
        .add("SequenceNumber", Integer.toString(partial.sequenceNumber()))
        .add("Stability", STABILITY)
        .add("UnstableSpeechResult", partial.unstable())
        .sorted();
  }

  /** docs/voice/twiml/record, "transcribeCallback". */
  Form transcription(AppRequest.TranscriptionReport report) {
    String transcription = report.transcription().value();
    return StandardParameters.standard(report.account(), report.leg(), report.parameters())
        .add("TranscriptionSid", transcription)
        .add("TranscriptionText", report.text())
        .add("TranscriptionStatus", report.completed() ? "completed" : "failed")
        .add(
            "TranscriptionUrl",
            parameters.recordingUrl(report.account(), report.recording())
                + "/Transcriptions/"
                + transcription)
        .add("RecordingSid", report.recording().value())
        .add("RecordingUrl", parameters.recordingUrl(report.account(), report.recording()))
        .sorted();
  }

  /** docs/voice/twiml/stream, "statusCallback". */
  static Form streamStatus(AppRequest.StreamStatus status, Duration skew) {
    return new Form.Builder()
        .add("AccountSid", status.account().value())
        .add("CallSid", status.call().value())
        .add("StreamSid", status.stream().value())
        .addIfKnown("StreamName", status.name())
        .add("StreamEvent", status.event())
        .add("Timestamp", TwilioDates.iso8601(status.timestamp().plus(skew)))
        .build();
  }

  /** docs/voice/twiml/conference, "statusCallback". */
  static Form conferenceStatus(AppRequest.ConferenceStatus status, Duration skew) {
    Form.Builder form =
        new Form.Builder()
            .add("AccountSid", status.account().value())
            .add("ConferenceSid", status.conference().value())
            .add("FriendlyName", status.name())
            .add("StatusCallbackEvent", status.event())
            .add("SequenceNumber", Integer.toString(status.sequenceNumber()))
            .add("Timestamp", TwilioDates.rfc2822(status.timestamp().plus(skew)));
    if (status.participant()) {
      form.add("CallSid", status.call().value())
          .add("Muted", Boolean.toString(status.muted()))
          .add("Hold", "false")
          .add("Coaching", "false")
          .add("StartConferenceOnEnter", Boolean.toString(status.startsOnEnter()))
          .add("EndConferenceOnExit", Boolean.toString(status.endsOnExit()))
          .addIfKnown("ParticipantLabel", status.label());
    }
    if (status.event().equals("conference-end")) {
      form.add("CallSidEndingConference", status.call().value())
          .addIfKnown("ReasonConferenceEnded", status.reason());
    }
    return form.sorted();
  }

  /** docs/usage/troubleshooting/debugging-event-webhooks; in the order of its table. */
  static Form debuggerEvent(AppRequest.DebuggerEvent event) {
    return new Form.Builder()
        .add("AccountSid", event.account().value())
        .add("Sid", event.event().value())
        .add("ParentAccountSid", "")
        .add("Timestamp", TwilioDates.iso8601(event.timestamp()))
        .add("Level", event.error() ? "ERROR" : "WARNING")
        .add("PayloadType", "application/json")
        .add("Payload", event.payload())
        .build();
  }

  /** docs/conversations/conversations-webhooks; in the order of the names, as dumps have it. */
  static Form notice(AppRequest.Notice notice) {
    Form.Builder form = new Form.Builder();
    notice.parameters().forEach(form::add);
    return form.sorted();
  }
}
