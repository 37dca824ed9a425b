package dev.ringback.config;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Auth tokens: 32 hexadecimal digits. */
public final class AuthToken {
  private static final SecureRandom RANDOM = new SecureRandom();

  private AuthToken() {}

  /** A token that nobody knows yet. */
  public static String draw() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static boolean isWellFormed(String text) {
    return text.matches("[0-9a-fA-F]{32}");
  }
}
