/**
 * Audio: how long a file plays ({@link dev.ringback.media.AudioLength}), and what a recording
 * sounds like ({@link dev.ringback.media.RecordingAudio}, read it first).
 */
@NullMarked
package dev.ringback.media;

import org.jspecify.annotations.NullMarked;
