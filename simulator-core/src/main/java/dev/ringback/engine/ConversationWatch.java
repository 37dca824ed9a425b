package dev.ringback.engine;

import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Directory;
import dev.ringback.conversation.Event;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import java.io.Serializable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a change of a conversation: its timers run, calls that wait for a worker hear
 * of one, and the oldest conversations are forgotten.
 */
final class ConversationWatch {
  private final Directory directory;
  private final WorldTime time;
  private final JournalWriter journal;
  private final WaitingForWorker waiting;
  private final CallsInConversations calls;
  private final TimeIsUp timeIsUp;

  /** By conversation, when the agenda looks at its timers next. */
  private final Map<Sid, Instant> timers = new HashMap<>();

  /** Hears that a timer of a conversation has run out. */
  interface TimeIsUp extends Serializable {
    void at(Sid conversation, Instant due);
  }

  ConversationWatch(
      Directory directory,
      WorldTime time,
      JournalWriter journal,
      WaitingForWorker waiting,
      CallsInConversations calls,
      TimeIsUp timeIsUp) {
    this.directory = directory;
    this.time = time;
    this.journal = journal;
    this.waiting = waiting;
    this.calls = calls;
    this.timeIsUp = timeIsUp;
  }

  // Timers (docs/conversations/states-timers)

  void setTimers(Event event) {
    if (event.conversation() != null) {
      setTimers(event.conversation());
    }
  }

  private void setTimers(Sid conversation) {
    directory.conversations().find(conversation).ifPresent(this::setTimers);
  }

  /** One entry a conversation is enough: when it falls due, the next one is made. */
  private void setTimers(Conversation conversation) {
    Sid sid = conversation.sid();
    Instant next = earlier(conversation.timers().inactiveAt(), conversation.timers().closedAt());
    Instant set = timers.get(sid);
    if (next == null || (set != null && !next.isBefore(set))) {
      return;
    }
    timers.put(sid, next);
    time.agenda()
        .enter(
            next,
            () -> {
              if (next.equals(timers.get(sid))) {
                timers.remove(sid);
                timeIsUp.at(sid, next);
                setTimers(sid);
              }
            });
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }

  // Calls

  /** A participant has come into a conversation; a worker is what calls wait for. */
  void participantAdded(Requester by, Event event) {
    Sid conversation = event.conversation();
    String identity = event.parameters().get("Identity");
    if (identity != null && conversation != null) {
      journal.write(by, new Fact.WorkerAdded(conversation, identity));
      waiting.release(conversation);
      workerJoined(conversation, identity);
    }
  }

  /** Calls that wait for a worker of that conversation hear of one. */
  void workerJoined(Sid conversation, String worker) {
    waiting.joined(conversation, worker);
  }

  /** Whether a call waits for a worker to come into that conversation. */
  boolean isAwaited(Sid conversation) {
    return waiting.isAwaited(conversation);
  }

  /** As long as the call lives, the conversation stays. */
  void enters(LiveCall call, Sid conversation) {
    calls.enters(call, conversation);
  }

  // Forgetting

  void conversationRemoved(Event event) {
    if (event.conversation() != null) {
      directory.scopedWebhooks().forget(event.conversation());
      calls.forget(event.conversation());
    }
  }

  /**
   * Makes room, if there are too many conversations.
   *
   * @param newest stays
   */
  void forgetOldest(Sid newest) {
    for (Sid forgotten : directory.forgetOldest(sid -> sid.equals(newest) || calls.isInUse(sid))) {
      timers.remove(forgotten);
      calls.forget(forgotten);
    }
  }
}
