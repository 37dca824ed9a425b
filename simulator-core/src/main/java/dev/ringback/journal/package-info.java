/**
 * What happened, one {@link dev.ringback.journal.JournalEntry} after the other, and nothing else:
 * console, timelines, verdicts, replay and reports are readers of the {@link
 * dev.ringback.journal.Journal}.
 */
@NullMarked
package dev.ringback.journal;

import org.jspecify.annotations.NullMarked;
