package dev.ringback.engine;

import java.time.Instant;

/**
 * All that a world was at some moment, as bytes that the same build of Ringback makes a world of
 * again; see {@link dev.ringback.snapshot.Build}.
 *
 * @param at the world's time then
 */
public record WorldSnapshot(Instant at, byte[] bytes) {}
