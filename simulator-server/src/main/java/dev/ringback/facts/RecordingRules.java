package dev.ringback.facts;

import dev.ringback.facts.FactRules.Rule;
import java.util.List;

/** What a recording's status callback can tell of the facts. */
final class RecordingRules {
  private RecordingRules() {}

  static void add(List<Rule> rules) {
    FactRules.add(
        rules,
        "recording-status.no-standard-parameters",
        Observed::isRecordingStatus,
        one -> !one.has("From") && !one.has("CallStatus"),
        "From",
        "CallStatus");
    FactRules.add(
        rules,
        "recording-status.sids-and-url",
        Observed::isRecordingStatus,
        one ->
            one.value("RecordingSid").matches("RE[0-9a-f]{32}")
                && one.value("RecordingUrl").endsWith("/" + one.value("RecordingSid")),
        "RecordingSid",
        "RecordingUrl");
    FactRules.add(
        rules,
        "recording-status.status",
        Observed::isRecordingStatus,
        one -> one.value("RecordingStatus").matches("in-progress|completed|absent|failed"),
        "RecordingStatus");
    FactRules.add(
        rules,
        "recording-status.duration",
        one -> one.isRecordingStatus() && one.has("RecordingDuration"),
        one -> one.value("RecordingStatus").equals("completed"),
        "RecordingStatus",
        "RecordingDuration");
    FactRules.add(
        rules,
        "recording-status.channels",
        Observed::isRecordingStatus,
        one -> one.value("RecordingChannels").matches("[12]"),
        "RecordingChannels");
    FactRules.add(
        rules,
        "recording-status.source",
        Observed::isRecordingStatus,
        one -> !one.value("RecordingSource").isEmpty(),
        "RecordingSource");
    FactRules.add(
        rules,
        "recording-status.start-time-is-rfc-2822",
        one -> one.isRecordingStatus() && one.has("RecordingStartTime"),
        one -> FactRules.RFC_2822.matcher(one.value("RecordingStartTime")).matches(),
        "RecordingStartTime");
    FactRules.add(
        rules,
        "recording-status.track",
        one -> one.isRecordingStatus() && one.has("RecordingTrack"),
        one -> one.value("RecordingTrack").matches("both|inbound|outbound"),
        "RecordingTrack");
    FactRules.add(
        rules,
        "recording-status.error-code-of-success",
        one -> one.isRecordingStatus() && one.value("RecordingStatus").equals("completed"),
        one -> one.value("ErrorCode").isEmpty() || one.value("ErrorCode").equals("0"),
        "ErrorCode");
    FactRules.add(
        rules,
        "recording-status.no-api-version",
        Observed::isRecordingStatus,
        one -> !one.has("ApiVersion"),
        "ApiVersion");
  }
}
