package dev.ringback.twiml;

/** How far Ringback goes with an element or attribute. */
public enum Support {
  /** Does what the page says. */
  EMULATED,
  /** Does something near it; the note says what. */
  APPROXIMATED,
  /** Read, named in a warning, and otherwise without effect. */
  NOT_EMULATED
}
