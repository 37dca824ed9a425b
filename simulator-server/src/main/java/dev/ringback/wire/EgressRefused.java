package dev.ringback.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An address is not dialled, or nothing is sent there; the message says why and what to do. */
public final class EgressRefused extends IOException {
  private static final long serialVersionUID = 1L;

  EgressRefused(String message) {
    super(message);
  }

  /** What was refused, if that is why something failed; null: it is not. */
  public static @Nullable EgressRefused in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EgressRefused refused) {
        return refused;
      }
      for (Throwable other : cause.getSuppressed()) {
        if (other instanceof EgressRefused refused) {
          return refused; // one of several addresses of the same host
        }
      }
    }
    return null;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
