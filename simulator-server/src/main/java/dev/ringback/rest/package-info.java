/**
 * Twilio's own API, as far as it is spoken: {@link dev.ringback.rest.RecordingMedia} serves the
 * files of recordings.
 */
@NullMarked
package dev.ringback.rest;

import org.jspecify.annotations.NullMarked;
