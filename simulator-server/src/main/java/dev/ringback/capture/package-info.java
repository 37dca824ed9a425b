/**
 * Calls of the real Twilio, kept for ever: a proxy between it and the app ({@link
 * dev.ringback.capture.CaptureProxy}), and a scenario found for each call by playing guesses until
 * one asks the app what Twilio asked ({@link dev.ringback.capture.Inference}).
 */
@NullMarked
package dev.ringback.capture;

import org.jspecify.annotations.NullMarked;
