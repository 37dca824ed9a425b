package dev.ringback.replay;

import org.jspecify.annotations.Nullable;

/**
 * A conversation that was open between a customer and a number when a call came.
 *
 * @param worker null: nobody was in it
 */
public record KnownPair(String customer, String number, @Nullable String worker) {}
