package dev.ringback.engine;

import dev.ringback.id.Sid;
import dev.ringback.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/** The account itself as a correspondent: what happens apart from any call. */
final class AccountRequester extends Requester {
  @Override
  @Nullable Sid call() {
    return null;
  }

  @Override
  boolean over() {
    return false;
  }

  @Override
  boolean dropped() {
    return false;
  }

  @Override
  int nextNumber() {
    return 0;
  }

  @Override
  void remember(JournalEntry entry) {
    wallTimes.clear(); // nobody asks how long the requests of the account took
  }
}
