package dev.ringback.callback;

import java.nio.charset.StandardCharsets;

/** Percent-encoding: what is allowed stays, the rest becomes its bytes in UTF-8. */
final class Percent {
  private static final String HEX = "0123456789ABCDEF";

  private Percent() {}

  /** Whether a character of ASCII may stay. */
  interface Allowed {
    boolean test(char c);
  }

  static void encode(String text, Allowed allowed, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80 && allowed.test(c)) {
        out.append(c);
      } else if (c < 0x80) {
        escape((byte) c, out);
      } else {
        int end = i + Character.charCount(text.codePointAt(i));
        for (byte b : text.substring(i, end).getBytes(StandardCharsets.UTF_8)) {
          escape(b, out);
        }
        i = end - 1;
      }
    }
  }

  private static void escape(byte b, StringBuilder out) {
    out.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
  }
}
