package dev.ringback.cast;

import java.util.Map;

/**
 * The directions given for one call; they go before what the account is configured with.
 *
 * @param called by number or worker identity
 */
public record Troupe(Map<String, Cast> called, Caller caller) {
  public static final Troupe NO_DIRECTIONS = new Troupe(Map.of(), Caller.DEFAULT);
}
