package dev.ringback.capture;

import dev.ringback.twiml.TwimlElements;
import dev.ringback.voice.Landing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The requests that name one call or a leg of it, as far as they have come. */
final class CapturedCall {
  private static final Set<String> ENDED =
      Set.of("completed", "busy", "failed", "no-answer", "canceled");

  /** Verbs and nouns behind which Twilio asks the app something more. */
  private static final Set<String> GOES_ON =
      Set.of("Connect", "Dial", "Record", "Gather", "Enqueue", "Redirect", "Prompt", "Pay");

  private final String sid;
  private final long number;
  private final List<Captured> requests = new ArrayList<>();

  /**
   * @param number of calls with the same identifier before it
   */
  CapturedCall(String sid, long number) {
    this.sid = sid;
    this.number = number;
  }

  String sid() {
    return sid;
  }

  long number() {
    return number;
  }

  synchronized void add(Captured captured) {
    requests.add(captured);
  }

  /** In the order in which they came; at least one. */
  synchronized List<Captured> requests() {
    return requests.stream().sorted(Comparator.comparing(Captured::at)).toList();
  }

  /** Why no scenario can be made of it; empty: one can. */
  String obstacle() {
    Captured first = requests().getFirst();
    if (first.value("Direction").equals("outbound-api")) {
      return "it was placed by the REST API, which a captured scenario cannot say";
    }
    boolean later =
        first.has("Result")
            || first.has("DialCallStatus")
            || first.has("Digits")
            || first.has("RecordingStatus")
            || first.has("ParentCallSid")
            || first.has("CallbackSource");
    return later ? "its beginning was not seen" : "";
  }

  /** Whether it is over, or the app has sent the last document. */
  boolean isOver() {
    List<Captured> own =
        requests().stream()
            .filter(request -> request.value("CallSid").equals(sid) && request.has("CallStatus"))
            .toList();
    if (own.isEmpty()) {
      return false;
    }
    return own.stream().anyMatch(request -> ENDED.contains(request.value("CallStatus")))
        || (own.getLast().landing() instanceof Landing.Answered answered
            && TwimlElements.of(answered.body()).stream()
                .noneMatch(element -> GOES_ON.contains(element.name())));
  }

  /** Whether one of its requests has that identifier somewhere. */
  boolean names(String identifier) {
    return !identifier.isEmpty()
        && requests().stream()
            .flatMap(request -> request.form().params().stream())
            .anyMatch(param -> param.value().equals(identifier));
  }
}
