package dev.ringback.engine;

import dev.ringback.journal.Entry;
import dev.ringback.journal.Fact;
import dev.ringback.journal.Journal;
import org.jspecify.annotations.Nullable;

/** Numbers what happens and writes it into the journal, and into the record of the call. */
final class Scribe {
  private final Journal journal;
  private final WorldClock clock;
  private long number;

  Scribe(Journal journal, WorldClock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * @param live the call concerned; null: the account as a whole
   */
  void write(@Nullable LiveCall live, Fact fact) {
    Entry entry =
        new Entry(
            ++number,
            clock.now(),
            live == null ? null : live.call.sid(),
            live == null ? 0 : live.nextNumber(),
            fact);
    if (live != null) {
      live.remember(entry);
    }
    journal.append(entry);
  }
}
