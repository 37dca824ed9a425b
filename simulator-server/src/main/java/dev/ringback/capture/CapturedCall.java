package dev.ringback.capture;

import dev.ringback.twiml.TwimlElements;
import dev.ringback.voice.Landing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The requests of one call, as far as they have come. */
final class CapturedCall {
  private static final Set<String> ENDED =
      Set.of("completed", "busy", "failed", "no-answer", "canceled");

  /** Verbs and nouns behind which Twilio asks the app something more. */
  private static final Set<String> GOES_ON =
      Set.of("Connect", "Dial", "Record", "Gather", "Enqueue", "Redirect", "Prompt", "Pay");

  private final String sid;
  private final List<Captured> requests = new ArrayList<>();

  CapturedCall(String sid) {
    this.sid = sid;
  }

  String sid() {
    return sid;
  }

  void add(Captured captured) {
    requests.add(captured);
  }

  /** In the order in which they came. */
  List<Captured> requests() {
    return requests.stream().sorted(Comparator.comparing(Captured::at)).toList();
  }

  /** Whether its beginning was seen. */
  boolean isWhole() {
    Captured first = requests().getFirst();
    return first.value("CallSid").equals(sid)
        && first.value("Direction").equals("inbound")
        && first.value("CallStatus").equals("ringing");
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

  boolean knows(String name, String value) {
    return !value.isEmpty() && requests.stream().anyMatch(r -> r.value(name).equals(value));
  }
}
