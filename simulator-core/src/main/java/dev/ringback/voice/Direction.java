package dev.ringback.voice;

import dev.ringback.twiml.WireNamed;

/** The values of {@code Direction}. */
public enum Direction implements WireNamed {
  INBOUND("inbound"),
  OUTBOUND_API("outbound-api"),
  OUTBOUND_DIAL("outbound-dial");

  private final String wireName;

  Direction(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
