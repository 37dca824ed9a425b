/**
 * What is known of a call and what can happen to it: a {@link dev.ringback.call.Call} with its
 * {@link dev.ringback.call.CallState}, a {@link dev.ringback.call.CallInput}, and the {@link
 * dev.ringback.call.Effect}s of a step. A step keeps its notes in a {@link
 * dev.ringback.call.StepContext}; what is recorded is kept by {@link dev.ringback.call.Recorder}.
 * The verbs are in {@code call.verb}, the function itself in {@code call.machine}.
 *
 * <p>A call touches nothing but itself. It asks the directory by effect and hears the answer as an
 * input; so does everything else that is not a call. No clock, thread, random source or I/O here.
 */
@NullMarked
package dev.ringback.call;

import org.jspecify.annotations.NullMarked;
