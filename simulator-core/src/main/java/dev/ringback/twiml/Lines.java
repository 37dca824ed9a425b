package dev.ringback.twiml;

import java.util.Arrays;

/** Where the lines of a text begin: from offsets to positions and back. */
final class Lines {
  private final int[] starts;
  private final int length;

  Lines(String text) {
    int[] found = new int[16];
    int count = 1; // the first line starts at 0
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean end =
          c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
      if (end) {
        if (count == found.length) {
          found = Arrays.copyOf(found, count * 2);
        }
        found[count++] = i + 1;
      }
    }
    this.starts = Arrays.copyOf(found, count);
    this.length = text.length();
  }

  Position position(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(line + 1, offset - starts[line] + 1);
  }

  int offset(int line, int column) {
    int start = starts[Math.clamp(line - 1L, 0, starts.length - 1)];
    return Math.clamp(start + column - 1L, 0, length);
  }
}
