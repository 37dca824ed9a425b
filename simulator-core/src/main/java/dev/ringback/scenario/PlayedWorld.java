package dev.ringback.scenario;

import dev.ringback.engine.ApiLog;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.ExchangeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A world in which a scenario was played to its end.
 *
 * @param journal all of it
 * @param resources what its account has now
 * @param apiRequests what the app asked of the REST API
 * @param wallTimes how long the app took for each answer, on the wall
 */
public record PlayedWorld(
    List<JournalEntry> journal,
    List<Resource> resources,
    List<ApiLog.Request> apiRequests,
    Map<ExchangeId, Duration> wallTimes) {}
