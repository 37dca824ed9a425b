package dev.ringback.call;

import dev.ringback.twiml.Verb.Prompt;
import dev.ringback.voice.ExchangeId;
import dev.ringback.voice.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prompts that are heard one after the other.
 *
 * @param document their URLs are relative to
 * @param index of the one that is heard now
 * @param loading the request for its file; null: it is there, or there is none
 * @param over its end; null while its file is fetched
 */
public record Playback(
    Target document,
    List<Prompt> prompts,
    int index,
    @Nullable ExchangeId loading,
    @Nullable Alarm over) {}
