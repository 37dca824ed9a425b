package dev.ringback.facts;

import dev.ringback.callback.Param;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The facts that a single request can confirm or contradict. */
final class FactRules {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  private static final Set<String> STATUSES =
      Set.of(
          "queued",
          "initiated",
          "ringing",
          "in-progress",
          "completed",
          "busy",
          "failed",
          "no-answer",
          "canceled");

  private static final Set<String> DIAL_STATUSES =
      Set.of("completed", "busy", "no-answer", "failed", "canceled", "answered");

  private static final Set<String> QUEUE_RESULTS =
      Set.of(
          "bridged",
          "bridging-in-process",
          "hangup",
          "leave",
          "redirected",
          "redirected-from-bridged",
          "queue-full",
          "error",
          "system-error");

  /** In minutes, a begun one counts as one. */
  private static final long MINUTE = 60;

  static final List<FactRule> ALL = rules();

  private FactRules() {}

  private static List<FactRule> rules() {
    List<FactRule> rules = new ArrayList<>();
    legs(rules);
    places(rules);
    clients(rules);
    headers(rules);
    callbacks(rules);
    RecordingRules.add(rules);
    verbs(rules);
    return List.copyOf(rules);
  }

  private static void legs(List<FactRule> rules) {
    FactRule.matching(rules, "parameters.call-sid", "CallSid", "CA[0-9a-f]{32}");
    FactRule.matching(rules, "parameters.account-sid", "AccountSid", "AC[0-9a-f]{32}");
    FactRule.matching(rules, "parameters.api-version", "ApiVersion", "2010-04-01");
    FactRule.matching(
        rules, "parameters.direction", "Direction", "inbound|outbound-api|outbound-dial");
    FactRule.add(
        rules,
        "parameters.from-and-to-are-numbers",
        one -> one.isVoice() && one.value("From").matches("\\+?\\d.*"),
        one -> one.value("From").matches("\\+[1-9]\\d{1,14}"),
        "From");
    FactRule.add(
        rules,
        "parameters.caller-copies-from",
        one -> one.has("Caller"),
        one -> one.value("Caller").equals(one.value("From")),
        "Caller",
        "From");
    FactRule.add(
        rules,
        "parameters.called-copies-to",
        one -> one.has("Called"),
        one -> one.value("Called").equals(one.value("To")),
        "Called",
        "To");
    FactRule.add(
        rules,
        "call-status.of-webhooks",
        one -> one.has("CallStatus"),
        one -> STATUSES.contains(one.value("CallStatus")),
        "CallStatus");
    FactRule.add(
        rules,
        "call-status.first-request-inbound",
        one -> one.isFirstOfACustomer() && one.value("Direction").equals("inbound"),
        one -> one.value("CallStatus").equals("ringing"),
        "CallStatus");
    FactRule.add(
        rules,
        "parameters.parent-call-sid",
        one -> one.isVoice() && one.value("Direction").equals("outbound-dial"),
        one -> one.value("ParentCallSid").matches("CA[0-9a-f]{32}"),
        "ParentCallSid");
    FactRule.add(
        rules,
        "parameters.call-token",
        one -> one.isFirstOfACustomer() && one.value("Direction").equals("inbound"),
        one -> one.has("CallToken"),
        "CallToken");
    FactRule.add(
        rules,
        "parameters.call-token-content",
        one -> one.has("CallToken") && !one.value("CallToken").equals("token"), // a stand-in
        FactRules::isCallToken,
        "CallToken");
    FactRule.add(rules, "parameters.order", Observed::isVoice, FactRules::isInOrder);
  }

  private static boolean isCallToken(Observed one) {
    try {
      String text = URLDecoder.decode(one.value("CallToken"), StandardCharsets.UTF_8);
      return text.startsWith("{")
          && text.contains("\"parentCallInfoToken\"")
          && text.contains("\"identityHeaderTokens\"");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isInOrder(Observed one) {
    List<String> names = one.form().params().stream().map(Param::name).toList();
    return names.equals(names.stream().sorted(Comparator.naturalOrder()).toList());
  }

  private static void places(List<FactRule> rules) {
    for (String part : List.of("City", "State", "Zip", "Country")) {
      FactRule.add(
          rules,
          "parameters.place-copies",
          one -> one.has("From" + part) && one.has("Caller" + part),
          one ->
              one.value("Caller" + part).equals(one.value("From" + part))
                  && one.value("Called" + part).equals(one.value("To" + part)),
          "Caller" + part,
          "From" + part,
          "Called" + part,
          "To" + part);
    }
    FactRule.add(
        rules,
        "parameters.country-is-two-letters",
        one -> !one.value("FromCountry").isEmpty(),
        one -> one.value("FromCountry").matches("[A-Z]{2}"),
        "FromCountry");
    FactRule.add(
        rules,
        "parameters.city-and-state",
        one -> !one.value("FromCity").isEmpty(),
        one ->
            one.value("FromCity").equals(one.value("FromCity").toUpperCase(Locale.ROOT))
                && one.value("FromState").matches("[A-Z]{0,3}"),
        "FromCity",
        "FromState");
  }

  private static void clients(List<FactRule> rules) {
    FactRule.add(
        rules,
        "parameters.client-calls-are-inbound",
        Observed::isOfAClient,
        one -> one.value("Direction").equals("inbound"),
        "Direction");
    FactRule.add(
        rules,
        "parameters.client-calls-have-an-application",
        Observed::isOfAClient,
        one -> one.value("ApplicationSid").matches("AP[0-9a-f]{32}"),
        "ApplicationSid");
    FactRule.add(
        rules,
        "parameters.client-calls-have-no-place",
        Observed::isOfAClient,
        one -> one.value("FromCountry").isEmpty(),
        "FromCountry");
  }

  private static void headers(List<FactRule> rules) {
    FactRule.header(rules, "headers.signature", "X-Twilio-Signature", "[A-Za-z0-9+/]{27}=");
    FactRule.header(rules, "headers.user-agent", "User-Agent", "TwilioProxy/1\\.1");
    FactRule.header(rules, "headers.accept", "Accept", "\\*/\\*");
    FactRule.header(rules, "headers.home-region", "X-Home-Region", "us1");
    FactRule.header(
        rules, "headers.idempotency-token-is-a-uuid", "I-Twilio-Idempotency-Token", UUID.pattern());
    FactRule.add(
        rules,
        "headers.content-type",
        one -> one.line().startsWith("POST ") && one.header("Content-Type").isPresent(),
        one ->
            one.header("Content-Type")
                .orElse("")
                .equals("application/x-www-form-urlencoded; charset=UTF-8"),
        "Content-Type");
  }

  private static void callbacks(List<FactRule> rules) {
    FactRule.add(
        rules,
        "status-callbacks.timestamp-rfc2822",
        one -> one.isProgress() && one.has("Timestamp"),
        one -> FactRule.RFC_2822.matcher(one.value("Timestamp")).matches(),
        "Timestamp");
    FactRule.add(
        rules,
        "status-callbacks.callback-source",
        one -> one.isVoice() && one.has("CallbackSource"),
        Observed::isProgress,
        "CallbackSource");
    FactRule.add(
        rules,
        "status-callbacks.call-duration-in-seconds",
        one -> one.isProgress() && one.has("CallDuration"),
        one -> one.value("CallDuration").matches("\\d+"),
        "CallDuration");
    FactRule.add(
        rules,
        "status-callbacks.duration-in-minutes",
        one -> one.isProgress() && isNumber(one, "Duration") && isNumber(one, "CallDuration"),
        one -> number(one, "Duration") == (number(one, "CallDuration") + MINUTE - 1) / MINUTE,
        "Duration",
        "CallDuration");
    FactRule.add(
        rules,
        "status-callbacks.session-has-its-own-parameters",
        Observed::isSessionStatus,
        one -> !one.has("CallSid") && !one.has("To"),
        "CallSid",
        "To");
  }

  private static void verbs(List<FactRule> rules) {
    FactRule.add(
        rules,
        "dial.dial-call-status",
        one -> one.has("DialCallStatus"),
        one -> DIAL_STATUSES.contains(one.value("DialCallStatus")),
        "DialCallStatus");
    FactRule.matching(rules, "dial.dial-call-sid", "DialCallSid", "CA[0-9a-f]{32}");
    FactRule.matching(rules, "dial.dial-call-duration", "DialCallDuration", "\\d+");
    FactRule.matching(rules, "dial.dial-bridged", "DialBridged", "true|false");
    FactRule.add(
        rules,
        "dial.recording-sid",
        one -> one.has("DialCallStatus") && one.has("RecordingUrl"),
        one -> one.value("RecordingSid").matches("RE[0-9a-f]{32}"),
        "RecordingSid");
    FactRule.add(
        rules,
        "record.action-parameters",
        Observed::isRecord,
        one -> one.value("RecordingDuration").matches("\\d+"),
        "RecordingDuration",
        "Digits");
    FactRule.add(
        rules,
        "record.action-has-the-recording-sid",
        Observed::isRecord,
        one -> one.value("RecordingSid").matches("RE[0-9a-f]{32}"),
        "RecordingSid");
    FactRule.add(
        rules,
        "enqueue.queue-result",
        one -> one.has("QueueResult"),
        one -> QUEUE_RESULTS.contains(one.value("QueueResult")),
        "QueueResult");
    FactRule.add(
        rules,
        "enqueue.action-parameters",
        one -> one.has("QueueResult"),
        one -> one.value("QueueSid").matches("QU[0-9a-f]{32}") && isNumber(one, "QueueTime"),
        "QueueSid",
        "QueueTime");
    FactRule.add(
        rules,
        "gather.finished-on-key-and-msg",
        one -> one.has("Digits") && one.has("FinishedOnKey"),
        one -> one.value("msg").equals("Gather End"),
        "msg");
  }

  private static boolean isNumber(Observed one, String name) {
    return one.value(name).matches("\\d{1,9}");
  }

  private static long number(Observed one, String name) {
    return Long.parseLong(one.value(name));
  }
}
