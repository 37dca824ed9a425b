package dev.ringback.twiml;

/** A place in a document; both numbers count from 1. */
record Position(int line, int column) {
  static final Position START = new Position(1, 1);
}
