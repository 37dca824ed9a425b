package dev.ringback.facts;

import java.util.List;

/** What a recording's status callback can tell of the facts. */
final class RecordingRules {
  private RecordingRules() {}

  static void add(List<FactRule> rules) {
    FactRule.add(
        rules,
        "recording-status.no-standard-parameters",
        Observed::isRecordingStatus,
        one -> !one.has("From") && !one.has("CallStatus"),
        "From",
        "CallStatus");
    FactRule.add(
        rules,
        "recording-status.sids-and-url",
        Observed::isRecordingStatus,
        one ->
            one.value("RecordingSid").matches("RE[0-9a-f]{32}")
                && one.value("RecordingUrl").endsWith("/" + one.value("RecordingSid")),
        "RecordingSid",
        "RecordingUrl");
    FactRule.add(
        rules,
        "recording-status.status",
        Observed::isRecordingStatus,
        one -> one.value("RecordingStatus").matches("in-progress|completed|absent|failed"),
        "RecordingStatus");
    FactRule.add(
        rules,
        "recording-status.duration",
        one -> one.isRecordingStatus() && one.has("RecordingDuration"),
        one -> one.value("RecordingStatus").equals("completed"),
        "RecordingStatus",
        "RecordingDuration");
    FactRule.add(
        rules,
        "recording-status.channels",
        Observed::isRecordingStatus,
        one -> one.value("RecordingChannels").matches("[12]"),
        "RecordingChannels");
    FactRule.add(
        rules,
        "recording-status.source",
        Observed::isRecordingStatus,
        one -> !one.value("RecordingSource").isEmpty(),
        "RecordingSource");
    FactRule.add(
        rules,
        "recording-status.start-time-is-rfc-2822",
        one -> one.isRecordingStatus() && one.has("RecordingStartTime"),
        one -> FactRule.RFC_2822.matcher(one.value("RecordingStartTime")).matches(),
        "RecordingStartTime");
    FactRule.add(
        rules,
        "recording-status.track",
        one -> one.isRecordingStatus() && one.has("RecordingTrack"),
        one -> one.value("RecordingTrack").matches("both|inbound|outbound"),
        "RecordingTrack");
    FactRule.add(
        rules,
        "recording-status.error-code-of-success",
        one -> one.isRecordingStatus() && one.value("RecordingStatus").equals("completed"),
        one -> one.value("ErrorCode").isEmpty() || one.value("ErrorCode").equals("0"),
        "ErrorCode");
    FactRule.add(
        rules,
        "recording-status.no-api-version",
        Observed::isRecordingStatus,
        one -> !one.has("ApiVersion"),
        "ApiVersion");
  }
}
