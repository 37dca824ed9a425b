package dev.ringback.engine;

import dev.ringback.account.ApiError;
import dev.ringback.conversation.Change;
import dev.ringback.conversation.Directory;
import dev.ringback.conversation.Participant;
import dev.ringback.engine.ChangeProcess.Outcome;
import dev.ringback.id.Sid;
import java.util.function.Supplier;

/** Changes of conversations that are made in the account's own name rather than by a call. */
final class AccountChanges {
  private final Directory directory;
  private final ChangeProcess changes;
  private final AccountRequester account;

  AccountChanges(Directory directory, ChangeProcess changes, AccountRequester account) {
    this.directory = directory;
    this.changes = changes;
    this.account = account;
  }

  Directory directory() {
    return directory;
  }

  AccountRequester account() {
    return account;
  }

  /**
   * Makes a change with its webhooks.
   *
   * @param change may be refused at once
   */
  <T> void make(Supplier<Change<T>> change, Outcome<? super T> outcome) {
    Change<T> ready;
    try {
      ready = change.get();
    } catch (ApiError refused) {
      outcome.refused(refused);
      return;
    }
    changes.make(account, ready, outcome);
  }

  /** Makes a change of which no webhook hears. */
  <T> void makeSilently(Change<T> change, Outcome<? super T> outcome) {
    changes.makeSilently(account, change, outcome);
  }

  /**
   * Adds a worker to a conversation.
   *
   * @param outcome known once the pre-webhook has been asked
   */
  void addWorker(Sid conversation, String worker, Outcome<? super Participant> outcome) {
    try {
      changes.make(
          account,
          directory.participantChanges().add(conversation, Participant.Draft.worker(worker)),
          outcome);
    } catch (ApiError refusal) {
      outcome.refused(refusal);
    }
  }
}
