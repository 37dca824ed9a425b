/**
 * What happened, one {@link dev.ringback.journal.JournalEntry} after the other, and nothing else:
 * console, timelines, verdicts, replay and reports are readers of the {@link
 * dev.ringback.journal.Journal}. A reader that wants to know what was asked of the app and what it
 * answered reads {@link dev.ringback.journal.Exchanges}; {@link dev.ringback.journal.Fact} first.
 */
@NullMarked
package dev.ringback.journal;

import org.jspecify.annotations.NullMarked;
