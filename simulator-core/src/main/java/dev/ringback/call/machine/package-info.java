/**
 * A call as a function: {@link dev.ringback.call.machine.CallMachine#step} fetches documents, runs
 * them verb by verb, and ends the call.
 */
@NullMarked
package dev.ringback.call.machine;

import org.jspecify.annotations.NullMarked;
