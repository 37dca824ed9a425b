/**
 * Graphs of objects as bytes, and back: a world that is snapshot is everything that its state can
 * reach. Start with {@link dev.ringback.snapshot.GraphWriter}.
 */
@NullMarked
package dev.ringback.snapshot;

import org.jspecify.annotations.NullMarked;
