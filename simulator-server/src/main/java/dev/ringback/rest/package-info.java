/**
 * Twilio's own API: what all routes share. {@link dev.ringback.rest.TwilioApi} finds the route of a
 * request and writes its answer; {@link dev.ringback.rest.RecordingMedia} serves the files of
 * recordings.
 */
@NullMarked
package dev.ringback.rest;

import org.jspecify.annotations.NullMarked;
