package dev.ringback.id;

import java.io.Serializable;

/**
 * A string identifier: two letters that say what it names and 32 hexadecimal digits, 34 characters
 * in all (Twilio: "What is a SID"). A value of this type is well-formed; use {@link
 * #isWellFormed(SidKind, String)} on text that may not be.
 *
 * @param value such as {@code CA} followed by 32 hexadecimal digits
 */
public record Sid(String value) implements Comparable<Sid>, Serializable {
  private static final int LENGTH = 34;

  public Sid {
    if (!hasShape(value)) {
      throw new IllegalArgumentException(
          "'" + value + "' is not a SID: two capital letters and 32 hexadecimal digits");
    }
  }

  /** Whether {@code text} is a SID of that kind; Twilio accepts digits of either case. */
  public static boolean isWellFormed(SidKind kind, String text) {
    return text.startsWith(kind.prefix()) && hasShape(text);
  }

  /** Whether this SID names a thing of that kind. */
  public boolean is(SidKind kind) {
    return value.startsWith(kind.prefix());
  }

  private static boolean hasShape(String text) {
    if (text.length() != LENGTH || !isCapital(text.charAt(0)) || !isCapital(text.charAt(1))) {
      return false;
    }
    for (int i = 2; i < LENGTH; i++) {
      if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        return false;
      }
    }
    return true;
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }

  @Override
  public int compareTo(Sid other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
