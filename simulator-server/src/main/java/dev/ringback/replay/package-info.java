/**
 * Calls that happened, again: journals as files ({@link dev.ringback.replay.JournalFile}), and the
 * first difference when one is played once more ({@link dev.ringback.replay.Replay}).
 */
@NullMarked
package dev.ringback.replay;

import org.jspecify.annotations.NullMarked;
