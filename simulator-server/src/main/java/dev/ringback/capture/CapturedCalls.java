package dev.ringback.capture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose request each is. Most name their call, or a leg of it. Others name what belongs to a call,
 * which may be known only later, by the request that ends it: so they are given to a call anew
 * whenever one is looked at.
 */
final class CapturedCalls {
  /** More are forgotten, the oldest first. */
  private static final int MOST = 1_000;

  /** What comes later than that after a call is none of its. */
  private static final Duration LONGEST_AFTER = Duration.ofMinutes(10);

  private static final List<String> THINGS =
      List.of("DialCallSid", "CallSid", "RecordingSid", "ConversationSid");

  private final List<CapturedCall> calls = new ArrayList<>();

  /** Requests that name no call. */
  private final List<Captured> loose = new ArrayList<>();

  /** Calls of which there is news. */
  synchronized Set<CapturedCall> add(Captured captured) {
    Set<CapturedCall> news = new LinkedHashSet<>();
    String parent = captured.value("ParentCallSid");
    String sid = parent.isEmpty() ? captured.value("CallSid") : parent;
    if (sid.isEmpty()) {
      loose.add(captured);
      if (loose.size() > MOST) {
        loose.removeFirst();
      }
      owner(captured).ifPresent(news::add);
    } else {
      CapturedCall call = named(sid).filter(known -> !begins(known, captured)).orElse(null);
      if (call == null) {
        call = begin(sid);
      }
      call.add(captured);
      news.add(call);
    }
    return news;
  }

  /** A test's Twilio gives the same identifiers to its first call each time it is started. */
  private static boolean begins(CapturedCall known, Captured captured) {
    return known.isOver()
        && captured.value("CallStatus").equals("ringing")
        && captured.value("Direction").equals("inbound")
        && !captured.has("ParentCallSid");
  }

  private Optional<CapturedCall> named(String sid) {
    return newestFirst().stream().filter(call -> call.sid().equals(sid)).findFirst();
  }

  private CapturedCall begin(String sid) {
    if (calls.size() >= MOST) {
      calls.removeFirst();
    }
    CapturedCall call =
        new CapturedCall(sid, calls.stream().filter(c -> c.sid().equals(sid)).count());
    calls.add(call);
    return call;
  }

  private List<CapturedCall> newestFirst() {
    return calls.reversed();
  }

  /** All that belongs to a call, in the order in which it came. */
  synchronized List<Captured> requestsOf(CapturedCall call) {
    List<Captured> all = new ArrayList<>(call.requests());
    for (Captured one : loose) {
      if (owner(one).filter(call::equals).isPresent()) {
        all.add(one);
      }
    }
    all.sort(Comparator.comparing(Captured::at));
    return all;
  }

  private Optional<CapturedCall> owner(Captured captured) {
    for (String thing : THINGS) {
      String value = captured.value(thing);
      for (CapturedCall call : newestFirst()) {
        if (isIn(call, captured) && call.names(value)) {
          return Optional.of(call);
        }
      }
      // Another one without a call tells whose it is: the conversation is the session's.
      for (Captured other : loose) {
        if (!value.isEmpty()
            && other.value(thing).equals(value)
            && !other.value("DialCallSid").equals(captured.value("DialCallSid"))) {
          for (CapturedCall call : newestFirst()) {
            if (isIn(call, captured) && call.names(other.value("DialCallSid"))) {
              return Optional.of(call);
            }
          }
        }
      }
    }
    return newestFirst().stream()
        .filter(call -> isIn(call, captured))
        .min(Comparator.comparing(CapturedCall::isOver));
  }

  /** Whether the call was there when it came, or not long before. */
  private static boolean isIn(CapturedCall call, Captured captured) {
    List<Captured> own = call.requests();
    boolean begun = !captured.at().isBefore(own.getFirst().at());
    boolean soon = captured.at().isBefore(own.getLast().at().plus(LONGEST_AFTER));
    return begun && (soon || !call.isOver());
  }

  synchronized List<CapturedCall> all() {
    return List.copyOf(calls);
  }
}
