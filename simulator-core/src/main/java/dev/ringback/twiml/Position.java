package dev.ringback.twiml;

/** A place in a document; both numbers count from 1. */
record Position(int line, int column) {
  static final Position START = new Position(1, 1);

  /** The place of the character at {@code offset}. */
  static Position of(String text, int offset) {
    int line = 1;
    int lineStart = 0;
    int end = Math.min(offset, text.length());
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new Position(line, end - lineStart + 1);
  }
}
