package dev.ringback.engine;

import dev.ringback.id.Sid;

/** What became of a placement. */
public sealed interface Placed {

  record Ringing(Sid call) implements Placed {}

  /**
   * @param field of the placement that is wrong; empty: none is
   * @param message what is wrong
   * @param hint what to do
   * @param tooMany whether nothing is wrong with it, but as many calls are live as may be
   */
  record Refused(String field, String message, String hint, boolean tooMany) implements Placed {
    public Refused(String field, String message, String hint) {
      this(field, message, hint, false);
    }
  }
}
