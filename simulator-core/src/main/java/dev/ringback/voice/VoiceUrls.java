package dev.ringback.voice;

import org.jspecify.annotations.Nullable;

/**
 * The URLs behind a number or app.
 *
 * @param voice where a call's first document comes from
 * @param fallback asked when a document cannot be had; null: none
 * @param statusCallback told when the call has ended; null: nobody
 */
public record VoiceUrls(Target voice, @Nullable Target fallback, @Nullable Target statusCallback) {}
