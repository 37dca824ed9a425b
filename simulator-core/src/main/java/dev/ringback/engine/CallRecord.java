package dev.ringback.engine;

import dev.ringback.call.Call;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.ExchangeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A call and what happened in it.
 *
 * @param wallTimes how long each request really took; never in the journal, which must not depend
 *     on it
 * @param over whether nothing more will happen
 */
public record CallRecord(
    Call call, List<JournalEntry> entries, Map<ExchangeId, Duration> wallTimes, boolean over) {}
