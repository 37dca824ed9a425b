package dev.ringback.engine;

import dev.ringback.call.Call;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState;
import dev.ringback.call.DirectoryAnswer;
import dev.ringback.call.SessionState;
import dev.ringback.id.Sid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls that wait until a worker comes into their conversation, and the hold on virtual time of
 * a custom routing that has promised one.
 */
final class WaitingForWorker {
  private final WorldTime time;

  /** By conversation, the first to wait first. */
  private final Map<Sid, List<LiveCall>> waiting = new HashMap<>();

  WaitingForWorker(WorldTime time) {
    this.time = time;
  }

  void add(Sid conversation, LiveCall call) {
    waiting.computeIfAbsent(conversation, sid -> new ArrayList<>()).add(call);
  }

  /** Holds virtual time, for at most {@code patience} of the wall's, until a worker has come. */
  void hold(Sid conversation, Duration patience) {
    time.holds().take(nameOf(conversation), patience);
  }

  private static String nameOf(Sid conversation) {
    return "routing of " + conversation;
  }

  /** A worker has come into a conversation: the calls that wait for one hear of it. */
  void joined(Sid conversation, String worker) {
    List<LiveCall> calls = waiting.remove(conversation);
    if (calls != null) {
      for (LiveCall call : calls) {
        CallInput input =
            new CallInput.Told(0, new DirectoryAnswer.WorkerJoined(conversation, worker));
        time.agenda().enter(time.now(), call, () -> call.take(input));
      }
    }
  }

  void release(Sid conversation) {
    time.holds().release(nameOf(conversation));
  }

  /** Whether a call waits for a worker to come into that conversation. */
  boolean isAwaited(Sid conversation) {
    return waiting.getOrDefault(conversation, List.of()).stream()
        .anyMatch(call -> isWaiting(call.call, conversation));
  }

  /** One that waited in vain has gone on, and may not be over yet. */
  private static boolean isWaiting(Call call, Sid conversation) {
    return call.state() instanceof CallState.InSession in
        && (in.session().state() instanceof SessionState.Creating
            || (in.session().state() instanceof SessionState.AwaitingWorker
                && conversation.equals(in.session().conversation())));
  }

  /** The call is over. */
  void remove(LiveCall call) {
    waiting
        .entrySet()
        .removeIf(entry -> {
          boolean wasLast = entry.getValue().remove(call) && entry.getValue().isEmpty();
          if (wasLast) {
            release(entry.getKey());
          }
          return wasLast;
        });
  }
}
