/**
 * What a call does, as pure functions. {@link dev.ringback.call.CallMachine} is the door: a {@link
 * dev.ringback.call.Call} and a {@link dev.ringback.call.CallInput} give the next call and the
 * {@link dev.ringback.call.Effect}s. {@link dev.ringback.call.CallMachine} runs documents verb by
 * verb, {@link dev.ringback.call.SessionMachine} the {@code <Conversation>} session, {@link
 * dev.ringback.call.Recorder} what is recorded.
 *
 * <p>A call touches nothing but itself. It asks the directory by effect and hears the answer as an
 * input; so does everything else that is not a call. No clock, thread, random source or I/O here.
 */
@NullMarked
package dev.ringback.call;

import org.jspecify.annotations.NullMarked;
