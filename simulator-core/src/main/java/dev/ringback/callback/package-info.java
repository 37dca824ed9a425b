/**
 * Requests to the app as they go over the wire: {@link dev.ringback.callback.FormWriter} knows
 * which parameters each {@link dev.ringback.voice.AppRequest} carries and in which order, {@link
 * dev.ringback.callback.RequestWriter} makes the whole request with headers and {@link
 * dev.ringback.callback.Signature}, {@link dev.ringback.callback.Delivery} says when it is tried
 * again. A new callback is a record in {@code call}, a case in {@code FormWriter} and a test.
 */
@NullMarked
package dev.ringback.callback;

import org.jspecify.annotations.NullMarked;
