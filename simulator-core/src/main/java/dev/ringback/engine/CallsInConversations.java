package dev.ringback.engine;

import dev.ringback.id.Sid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which calls are in which conversation: as long as the call lives, the conversation stays. */
final class CallsInConversations {
  private final LiveCalls calls;

  /** By conversation; those that are over may still be named. */
  private final Map<Sid, Set<Sid>> callsIn = new HashMap<>();

  CallsInConversations(LiveCalls calls) {
    this.calls = calls;
  }

  void enters(LiveCall call, Sid conversation) {
    Set<Sid> there = callsIn.computeIfAbsent(conversation, sid -> new HashSet<>());
    there.removeIf(other -> !calls.isGoing(other));
    there.add(call.callSid());
  }

  boolean isInUse(Sid conversation) {
    return callsIn.getOrDefault(conversation, Set.of()).stream().anyMatch(calls::isGoing);
  }

  void forget(Sid conversation) {
    callsIn.remove(conversation);
  }
}
