package dev.ringback.engine;

import dev.ringback.id.Sid;

/** What became of a placement. */
public sealed interface Placed {

  record Ringing(Sid call) implements Placed {}

  /**
   * @param field of the placement that is wrong
   * @param message what is wrong with it
   * @param hint what to do
   */
  record Refused(String field, String message, String hint) implements Placed {}
}
