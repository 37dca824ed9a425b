package dev.ringback.report;

/** Text of strangers on a terminal: nothing in it moves a cursor, rings a bell or turns letters. */
public final class Printable {
  private Printable() {}

  /** The text with its control characters written out, such as {@code \\x1b}. */
  public static String of(String text) {
    if (text.codePoints().noneMatch(Printable::isControl)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          if (isControl(c)) {
            out.append(c < 0x100 ? "\\x%02x".formatted(c) : "\\u%04x".formatted(c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }

  /** C0, C1, and what turns the direction of letters. */
  private static boolean isControl(int c) {
    return Character.isISOControl(c)
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x200e
        || c == 0x200f;
  }
}
