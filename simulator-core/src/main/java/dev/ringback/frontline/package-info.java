/**
 * Twilio Frontline as a session meets it: whom it dials ({@link
 * dev.ringback.frontline.SessionLookup}), which worker a new conversation is routed to ({@link
 * dev.ringback.frontline.WorkerPool}, {@link dev.ringback.frontline.RoutingCallback}), and the log
 * of calls ({@link dev.ringback.frontline.CallLog}). All of it is pure; the engine makes the
 * changes and sends the requests.
 */
@NullMarked
package dev.ringback.frontline;

import org.jspecify.annotations.NullMarked;
