package dev.ringback.engine;

import dev.ringback.account.ApiError;
import dev.ringback.account.JsonText;
import dev.ringback.call.DirectoryQuestion;
import dev.ringback.conversation.Conversation;
import dev.ringback.conversation.Directory;
import dev.ringback.engine.ChangeProcess.Outcome;
import dev.ringback.frontline.CallLog;
import dev.ringback.journal.Fact;
import dev.ringback.twiml.Level;
import dev.ringback.voice.Alert;
import java.util.Optional;

/** Writes the end of a session into the attributes of its conversation, as Frontline does. */
final class SessionLog {
  private final Directory directory;
  private final ChangeProcess changes;
  private final JsonText json;
  private final WorldTime time;
  private final JournalWriter journal;

  SessionLog(
      Directory directory,
      ChangeProcess changes,
      JsonText json,
      WorldTime time,
      JournalWriter journal) {
    this.directory = directory;
    this.changes = changes;
    this.json = json;
    this.time = time;
    this.journal = journal;
  }

  /** A conversation that is closed by now keeps its attributes. */
  void write(LiveCall call, DirectoryQuestion.LogCall ended) {
    Optional<Conversation> conversation =
        directory.conversations().find(ended.conversation()).filter(c -> !c.closed());
    if (conversation.isEmpty()) {
      return;
    }
    String attributes =
        json.appended(
            conversation.get().attributes(),
            CallLog.MEMBER,
            CallLog.ended(time.now(), ended.seconds(), ended.inbound()));
    try {
      // No pre-webhook is asked: what was said was said.
      changes.makeUnasked(
          call,
          directory.conversationChanges().writeAttributes(ended.conversation(), attributes),
          Outcome.<Conversation>of(written -> {}, why -> refused(call, why)));
    } catch (ApiError full) {
      refused(call, full);
    }
  }

  private void refused(LiveCall call, ApiError why) {
    journal.write(
        call,
        new Fact.Alerted(
            Alert.ours(
                Level.WARNING,
                "the call is not in frontline.events of its conversation: " + why.message())));
  }
}
