package dev.ringback.facts;

import dev.ringback.callback.Form;
import dev.ringback.callback.Param;
import java.util.List;
import java.util.Optional;

/**
 * A request as somebody has seen it.
 *
 * @param number of the request in its call, from 1
 * @param line its method and path
 * @param headers empty where nobody has noted them
 */
public record Observed(int number, String line, List<Param> headers, Form form) {

  String value(String name) {
    return form.value(name).orElse("");
  }

  boolean has(String name) {
    return form.value(name).isPresent();
  }

  Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Param::value)
        .findFirst();
  }

  // What it is, by what it carries

  boolean isRecordingStatus() {
    return has("RecordingStatus");
  }

  boolean isSessionStatus() {
    return has("Status") && has("SequenceNumber") && has("ConversationSid") && !has("From");
  }

  boolean isProgress() {
    return value("CallbackSource").equals("call-progress-events");
  }

  /** Of a leg, with the standard parameters. */
  boolean isVoice() {
    return has("CallSid") && has("From") && has("CallStatus");
  }

  boolean isFirstOfACustomer() {
    return number == 1 && isVoice() && value("From").startsWith("+") && !isProgress();
  }

  boolean isOfAClient() {
    return number == 1 && isVoice() && value("From").startsWith("client:");
  }

  /** The action of a Record. */
  boolean isRecord() {
    return isVoice() && has("RecordingUrl") && has("Digits") && !isRecordingStatus();
  }
}
