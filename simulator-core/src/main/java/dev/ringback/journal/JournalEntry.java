package dev.ringback.journal;

import dev.ringback.id.Sid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the journal.
 *
 * @param number in the world, from 1
 * @param at the world's time
 * @param call the first leg of the call concerned; null: the account as a whole
 * @param callNumber in that call, from 1 and without a gap; 0 without a call
 */
public record JournalEntry(
    long number, Instant at, @Nullable Sid call, int callNumber, Fact fact) {}
