package dev.ringback.callback;

import dev.ringback.call.CallStatus;
import dev.ringback.call.Callback;
import dev.ringback.call.Callback.CallStatusReport;
import dev.ringback.call.Callback.Extra;
import dev.ringback.call.Callback.RecordingStatusReport;
import dev.ringback.call.Callback.SessionStatus;
import dev.ringback.call.Callback.VoiceRequest;
import dev.ringback.call.Direction;
import dev.ringback.call.Leg;
import dev.ringback.call.SessionOutcome;
import dev.ringback.call.SessionOutcome.RecordingFacts;
import dev.ringback.id.Sid;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which parameters a request carries, and in which order. */
public final class Forms {
  private static final String API_VERSION = "2010-04-01";

  private final String publicUrl;

  /**
   * @param publicUrl where this Twilio answers, without a slash at the end; recordings are below it
   */
  public Forms(String publicUrl) {
    this.publicUrl = publicUrl;
  }

  public Form of(Callback callback) {
    return switch (callback) {
      case VoiceRequest voice -> voice(voice);
      case SessionStatus status -> sessionStatus(status);
      case RecordingStatusReport report -> recordingStatus(report);
      case CallStatusReport report -> callStatus(report);
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

  private void recording(Form.Builder form, Sid account, @Nullable RecordingFacts recording) {
    if (recording != null) {
      form.add("RecordingSid", recording.sid().value())
          .add("RecordingDuration", Long.toString(recording.seconds()))
          .add("RecordingUrl", recordingUrl(account, recording.sid()));
    }
  }

  /** The page, "request from Twilio to your statusCallback URL"; in the order of its table. */
  private static Form sessionStatus(SessionStatus status) {
    return new Form.Builder()
        .add("AccountSid", status.account().value())
        .add("ConversationSid", status.conversation().value())
        .add("DialCallSid", status.dialCall().value())
        .add("WorkerInitiated", Boolean.toString(status.workerInitiated()))
        .add("Status", status.event().wireName())
        .add("SequenceNumber", Integer.toString(status.sequenceNumber()))
        .add("Timestamp", TwilioDates.rfc2822(status.timestamp()))
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
        .add("RecordingTrack", "both")
        .add("ErrorCode", Integer.toString(report.errorCode()))
        .build();
  }

  /** docs/voice/api/call-resource, "status callback". */
  private static Form callStatus(CallStatusReport report) {
    Leg leg = report.leg();
    Form.Builder form =
        standard(report.account(), leg, report.parameters())
            .add("CallbackSource", "call-progress-events")
            .add("SequenceNumber", Integer.toString(report.sequenceNumber()))
            .add("Timestamp", TwilioDates.rfc2822(report.timestamp()));
    if (leg.status() == CallStatus.COMPLETED) {
      form.add("CallDuration", Long.toString(leg.seconds()))
          .add("Duration", Long.toString((leg.seconds() + 59) / 60));
    }
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
