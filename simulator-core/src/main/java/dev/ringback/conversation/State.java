package dev.ringback.conversation;

import dev.ringback.twiml.WireNamed;

/** The state of a conversation (docs/conversations/states-timers). */
public enum State implements WireNamed {
  INITIALIZING("initializing"),
  ACTIVE("active"),
  INACTIVE("inactive"),
  /** For good; its number pair is free again. */
  CLOSED("closed");

  private final String wireName;

  State(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
