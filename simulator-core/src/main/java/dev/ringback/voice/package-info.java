/**
 * What everything that has to do with calls speaks of: legs and their statuses, targets, requests
 * to the app and their landings, what parties do and notice, recordings, alerts. Read {@link
 * dev.ringback.voice.Leg}, {@link dev.ringback.voice.AppRequest} and {@link
 * dev.ringback.voice.Landing} first.
 */
@NullMarked
package dev.ringback.voice;

import org.jspecify.annotations.NullMarked;
