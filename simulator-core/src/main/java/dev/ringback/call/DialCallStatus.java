package dev.ringback.call;

import dev.ringback.twiml.WireNamed;

/** What became of the dialled leg, in the order of the page's list. */
public enum DialCallStatus implements WireNamed {
  COMPLETED("completed"),
  BUSY("busy"),
  NO_ANSWER("no-answer"),
  FAILED("failed"),
  CANCELED("canceled");

  private final String wireName;

  DialCallStatus(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
