package dev.ringback.engine;

import dev.ringback.journal.Fact;
import dev.ringback.journal.Journal;
import dev.ringback.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/** Numbers what happens and writes it into the journal, and into the record of the call. */
final class JournalWriter {
  private final Journal journal;
  private final WorldClock clock;
  private long number;

  JournalWriter(Journal journal, WorldClock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * @param about whom it concerns; null: the account as a whole
   */
  void write(@Nullable Requester about, Fact fact) {
    JournalEntry entry =
        new JournalEntry(
            ++number,
            clock.now(),
            about == null ? null : about.callSid(),
            about == null ? 0 : about.nextNumber(),
            fact);
    if (about != null) {
      about.remember(entry);
    }
    journal.append(entry);
  }
}
