/**
 * Trouble to order: {@link dev.ringback.fault.Fault} says what goes wrong, {@link
 * dev.ringback.fault.FaultRule} to what, how often and how probably. The engine strikes.
 */
@NullMarked
package dev.ringback.fault;

import org.jspecify.annotations.NullMarked;
