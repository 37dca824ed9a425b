package dev.ringback.engine;

import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Directory;
import dev.ringback.conversation.Participant;
import dev.ringback.conversation.Timers;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import java.time.Instant;
import java.util.List;

/** Puts conversations in place that were made in another world, for a call that moves here. */
final class RestoredConversations {
  private final Directory directory;
  private final SessionDirectory sessions;
  private final WaitingForWorker waiting;
  private final WorldTime time;

  RestoredConversations(
      Directory directory, SessionDirectory sessions, WaitingForWorker waiting, WorldTime time) {
    this.directory = directory;
    this.sessions = sessions;
    this.waiting = waiting;
    this.time = time;
  }

  /** Takes over what a fact of the call's journal says of conversations. */
  void restore(LiveCall call, Fact fact) {
    Instant now = time.now();
    if (fact instanceof Fact.ServiceAdopted adopted
        && directory.services().adopts(adopted.service())) {
      directory.adopt(adopted.service());
    }
    if (fact instanceof Fact.ConversationCreated created) {
      Sid sid = created.conversation();
      directory.restore(
          begun(directory, sid, created.service(), now),
          List.of(Participant.Draft.customer(created.customer(), created.number())),
          now);
      sessions.restore(call.callSid(), sid);
      waiting.add(sid, call);
    }
    if (fact instanceof Fact.WorkerAdded added
        && directory.conversations().find(added.conversation()).isPresent()
        && !directory.conversations().workers(added.conversation()).contains(added.worker())) {
      directory.restore(
          directory.conversations().find(added.conversation()).orElseThrow(),
          List.of(Participant.Draft.worker(added.worker())),
          now);
    }
  }

  /** A conversation as it begins, without timers. */
  static Conversation begun(Directory directory, Sid sid, Sid service, Instant now) {
    return Conversation.begun(
        sid, service, directory.services().configuration().messagingService(), Timers.NONE, now);
  }
}
