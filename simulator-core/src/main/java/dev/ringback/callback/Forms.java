package dev.ringback.callback;

import dev.ringback.id.Sid;
import dev.ringback.voice.AppRequest;
import dev.ringback.voice.AppRequest.CallStatusReport;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.AppRequest.RecordingStatusReport;
import dev.ringback.voice.AppRequest.SessionStatus;
import dev.ringback.voice.AppRequest.VoiceRequest;
import dev.ringback.voice.DialOutcome;
import dev.ringback.voice.Direction;
import dev.ringback.voice.Leg;
import dev.ringback.voice.QueuePlace;
import dev.ringback.voice.SessionOutcome;
import dev.ringback.voice.SessionOutcome.RecordingFacts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which parameters a request carries, and in which order. */
public final class Forms {
  private static final String API_VERSION = "2010-04-01";

  /** How stable a partial result is, from 0 to 1; the model has one value. */
  private static final String STABILITY = "0.8";

  private final String publicUrl;

  /**
   * @param publicUrl where this Twilio answers, without a slash at the end; recordings are below it
   */
  public Forms(String publicUrl) {
    this.publicUrl = publicUrl;
  }

  /**
   * @param skew by how much the clock behind its {@code Timestamp} goes wrong; zero but for a fault
   */
  public Form of(AppRequest callback, Duration skew) {
    return switch (callback) {
      case VoiceRequest voice -> voice(voice);
      case SessionStatus status -> sessionStatus(status, skew);
      case RecordingStatusReport report -> recordingStatus(report);
      case CallStatusReport report -> callStatus(report, skew);
      case AppRequest.MediaRequest media -> new Form.Builder().build();
      case AppRequest.PartialResult partial -> partialResult(partial);
      case AppRequest.TranscriptionReport report -> transcription(report);
      case AppRequest.StreamStatus status -> streamStatus(status, skew);
      case AppRequest.ConferenceStatus status -> conferenceStatus(status, skew);
      case AppRequest.DebuggerEvent event -> debuggerEvent(event);
      case AppRequest.Notice notice -> notice(notice);
    };
  }

  /** docs/voice/twiml, "TwiML voice request parameters". */
  private Form voice(VoiceRequest request) {
    Form.Builder form = standard(request.account(), request.leg(), request.parameters());
    Leg leg = request.leg();
    if (leg.direction() == Direction.INBOUND && isNumber(leg.from())) {
      form.add("CallToken", CallToken.of(request.account(), leg));
    }
    switch (request.extra()) {
      case Extra.None none -> {}
      case Extra.Session session -> session(form, request.account(), session.outcome());
      case Extra.Digits digits ->
          form.add("Digits", digits.digits())
              .add("FinishedOnKey", digits.finishedOnKey())
              .add("msg", "Gather End");
      case Extra.Recorded recorded -> {
        form.add("Digits", recorded.digits());
        recording(form, request.account(), recorded.recording());
      }
      case Extra.Spoken spoken ->
          form.add("SpeechResult", spoken.result())
              .add("Confidence", BigDecimal.valueOf(spoken.confidence()).toPlainString());
      case Extra.Dialled dialled -> dialled(form, request.account(), dialled.outcome());
      case Extra.Waiting waiting -> {
        QueuePlace place = waiting.place();
        form.add("QueueSid", place.queue().value())
            .add("QueueTime", Long.toString(place.seconds()));
        if (waiting.dequeuing() != null) {
          form.add("DequeingCallSid", waiting.dequeuing().value()); // sic
        } else {
          form.add("QueuePosition", Integer.toString(place.position()))
              .add("AvgQueueTime", Long.toString(place.averageSeconds()))
              .add("CurrentQueueSize", Integer.toString(place.size()))
              .add("MaxQueueSize", Integer.toString(place.maxSize()));
        }
      }
      case Extra.Queued queued -> queued(form, queued);
      case Extra.ConferenceWait wait -> form.add("ConferenceSid", wait.conference().value());
      case Extra.Failure failure ->
          form.add("ErrorCode", Integer.toString(failure.errorCode()))
              .add("ErrorUrl", failure.errorUrl());
    }
    return form.sorted();
  }

  /** The page, "Twilio's request to the action URL". */
  private void session(Form.Builder form, Sid account, SessionOutcome outcome) {
    form.add("Result", outcome.result().wireName())
        .add("WorkerInitiated", Boolean.toString(outcome.workerInitiated()))
        .addIfKnown(
            "DialCallStatus",
            outcome.dialCallStatus() == null ? null : outcome.dialCallStatus().wireName())
        .addIfKnown("DialCallSid", outcome.dialCallSid())
        .addIfKnown("DialCallDuration", outcome.dialCallDuration());
    recording(form, account, outcome.recording());
  }

  /** docs/voice/twiml/dial, "request parameters of the action". */
  private void dialled(Form.Builder form, Sid account, DialOutcome outcome) {
    form.add("DialCallStatus", outcome.status().wireName())
        .addIfKnown("DialCallSid", outcome.leg())
        .addIfKnown("DialCallDuration", outcome.seconds())
        .addIfKnown("DialBridged", outcome.bridged())
        .addIfKnown("DialSipCallId", outcome.sipCallId())
        .addIfKnown("DialSipResponseCode", outcome.sipResponseCode());
    if (outcome.queue() != null) {
      queued(form, outcome.queue());
    }
    recording(form, account, outcome.recording());
  }

  /** docs/voice/twiml/enqueue, "request parameters of the action". */
  private static void queued(Form.Builder form, Extra.Queued queued) {
    form.add("QueueResult", queued.result().wireName()).addIfKnown("QueueSid", queued.queue());
    if (queued.queue() != null) {
      form.add("QueueTime", Long.toString(queued.seconds()));
    }
  }

  private void recording(Form.Builder form, Sid account, @Nullable RecordingFacts recording) {
    if (recording != null) {
      form.add("RecordingSid", recording.sid().value())
          .add("RecordingDuration", Long.toString(recording.seconds()))
          .add("RecordingUrl", recordingUrl(account, recording.sid()));
    }
  }

  /** The page, "request from Twilio to your statusCallback URL"; in the order of its table. */
  private static Form sessionStatus(SessionStatus status, Duration skew) {
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
  private Form recordingStatus(RecordingStatusReport report) {
    return new Form.Builder()
        .add("AccountSid", report.account().value())
        .add("CallSid", report.call().value())
        .add("RecordingSid", report.recording().value())
        .add("RecordingUrl", recordingUrl(report.account(), report.recording()))
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
  private Form callStatus(CallStatusReport report, Duration skew) {
    Leg leg = report.leg();
    Form.Builder form =
        standard(report.account(), leg, report.parameters())
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
      form.add("RecordingUrl", recordingUrl(report.account(), recording.sid()))
          .add("RecordingSid", recording.sid().value())
          .add("RecordingDuration", Long.toString(recording.seconds()));
    }
    return form.sorted();
  }

  /** docs/voice/twiml/gather, "partialResultCallback". */
  private static Form partialResult(AppRequest.PartialResult partial) {
    return standard(partial.account(), partial.leg(), partial.parameters())
        .add("SequenceNumber", Integer.toString(partial.sequenceNumber()))
        .add("Stability", STABILITY)
        .add("UnstableSpeechResult", partial.unstable())
        .sorted();
  }

  /** docs/voice/twiml/record, "transcribeCallback". */
  private Form transcription(AppRequest.TranscriptionReport report) {
    String transcription = report.transcription().value();
    return standard(report.account(), report.leg(), report.parameters())
        .add("TranscriptionSid", transcription)
        .add("TranscriptionText", report.text())
        .add("TranscriptionStatus", report.completed() ? "completed" : "failed")
        .add(
            "TranscriptionUrl",
            recordingUrl(report.account(), report.recording()) + "/Transcriptions/" + transcription)
        .add("RecordingSid", report.recording().value())
        .add("RecordingUrl", recordingUrl(report.account(), report.recording()))
        .sorted();
  }

  /** docs/voice/twiml/stream, "statusCallback". */
  private static Form streamStatus(AppRequest.StreamStatus status, Duration skew) {
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
  private static Form conferenceStatus(AppRequest.ConferenceStatus status, Duration skew) {
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
  private static Form debuggerEvent(AppRequest.DebuggerEvent event) {
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
  private static Form notice(AppRequest.Notice notice) {
    Form.Builder form = new Form.Builder();
    notice.parameters().forEach(form::add);
    return form.sorted();
  }

  private static Form.Builder standard(Sid account, Leg leg, Map<String, String> parameters) {
    Form.Builder form =
        new Form.Builder()
            .add("AccountSid", account.value())
            .add("ApiVersion", API_VERSION)
            .add("CallSid", leg.sid().value())
            .add("CallStatus", leg.status().wireName())
            .add("Direction", leg.direction().wireName())
            .addIfKnown("ParentCallSid", leg.parent());
    party(form, "From", "Caller", leg.from());
    party(form, "To", "Called", leg.to());
    parameters.forEach(form::add);
    return form;
  }

  private static void party(Form.Builder form, String name, String legacyName, String address) {
    form.add(name, address).add(legacyName, address);
    if (isNumber(address)) {
      String country = Geo.country(address);
      place(form, name, country);
      place(form, legacyName, country);
    }
  }

  private static void place(Form.Builder form, String party, String country) {
    form.add(party.concat("City"), "")
        .add(party.concat("Country"), country)
        .add(party.concat("State"), "")
        .add(party.concat("Zip"), "");
  }

  private static boolean isNumber(String address) {
    return address.startsWith("+");
  }

  private String recordingUrl(Sid account, Sid recording) {
    return "%s/%s/Accounts/%s/Recordings/%s".formatted(publicUrl, API_VERSION, account, recording);
  }
}
