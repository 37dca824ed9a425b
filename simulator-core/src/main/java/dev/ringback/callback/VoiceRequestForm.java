package dev.ringback.callback;

import dev.ringback.id.Sid;
import dev.ringback.voice.AppRequest.Extra;
import dev.ringback.voice.AppRequest.VoiceRequest;
import dev.ringback.voice.DialOutcome;
import dev.ringback.voice.Direction;
import dev.ringback.voice.Leg;
import dev.ringback.voice.QueuePlace;
import dev.ringback.voice.SessionOutcome;
import dev.ringback.voice.SessionOutcome.RecordingFacts;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The forms of requests that ask for TwiML: the standard parameters and what the reason adds. */
final class VoiceRequestForm {
  private final StandardParameters parameters;

  VoiceRequestForm(StandardParameters parameters) {
    this.parameters = parameters;
  }

  /** docs/voice/twiml, "TwiML voice request parameters". */
  Form of(VoiceRequest request) {
    Form.Builder form =
        StandardParameters.standard(request.account(), request.leg(), request.parameters());
    Leg leg = request.leg();
    if (leg.direction() == Direction.INBOUND && StandardParameters.isNumber(leg.from())) {
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
          .add("RecordingUrl", parameters.recordingUrl(account, recording.sid()));
    }
  }
}
