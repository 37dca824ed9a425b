package dev.ringback.capture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whose request each is: most name their call, or a leg of it; others what belongs to it. */
final class CapturedCalls {
  /** More are forgotten, the oldest first. */
  private static final int MOST = 1_000;

  private final Map<String, CapturedCall> calls = new LinkedHashMap<>();

  /** Empty: it belongs to no call that is known. */
  synchronized Optional<CapturedCall> add(Captured captured) {
    Optional<CapturedCall> call = callOf(captured);
    call.ifPresent(found -> found.add(captured));
    return call;
  }

  private Optional<CapturedCall> callOf(Captured captured) {
    String parent = captured.value("ParentCallSid");
    String sid = parent.isEmpty() ? captured.value("CallSid") : parent;
    if (!sid.isEmpty()) {
      return Optional.of(calls.containsKey(sid) ? calls.get(sid) : begin(sid));
    }
    for (String name : List.of("DialCallSid", "ConversationSid", "RecordingSid")) {
      for (CapturedCall call : newestFirst()) {
        if (call.knows(name, captured.value(name))
            || (name.equals("DialCallSid") && call.knows("CallSid", captured.value(name)))) {
          return Optional.of(call);
        }
      }
    }
    return newestFirst().stream()
        .filter(call -> !call.isOver())
        .findFirst()
        .or(() -> newestFirst().stream().findFirst());
  }

  private CapturedCall begin(String sid) {
    if (calls.size() >= MOST) {
      calls.remove(calls.keySet().iterator().next());
    }
    CapturedCall call = new CapturedCall(sid);
    calls.put(sid, call);
    return call;
  }

  private List<CapturedCall> newestFirst() {
    return new ArrayList<>(calls.values()).reversed();
  }

  synchronized List<CapturedCall> all() {
    return List.copyOf(calls.values());
  }
}
