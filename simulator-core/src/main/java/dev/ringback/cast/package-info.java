/**
 * Who plays the parties: a {@link dev.ringback.cast.Cast} says how a party behaves, {@link
 * dev.ringback.cast.ActPlanner} turns what the party notices into what it does and when.
 */
@NullMarked
package dev.ringback.cast;

import org.jspecify.annotations.NullMarked;
