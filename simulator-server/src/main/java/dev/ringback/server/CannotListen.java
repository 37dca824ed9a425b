package dev.ringback.server;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

/** The server cannot listen where it should. */
public final class CannotListen extends Exception {
  private static final long serialVersionUID = 1L;

  private CannotListen(String message) {
    super(message);
  }

  static CannotListen on(String host, int port, RuntimeException e) {
    // The deepest cause is the system's own word; those above it guess.
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
      return new CannotListen(
          "'%s' is no address and no name of this machine; choose one that is with --host"
              .formatted(host));
    }
    String words = String.valueOf(cause.getMessage());
    if (words.contains("in use")) {
      return new CannotListen(
          "port %d on %s is in use; stop what runs there, or choose another with --port"
              .formatted(port, host));
    }
    if (words.contains("assign requested address")) {
      return new CannotListen(
          "%s is no address of this machine; choose one that is with --host".formatted(host));
    }
    if (words.contains("ermission denied")) {
      return new CannotListen(
          "port %d on %s is for administrators; choose one above 1023 with --port"
              .formatted(port, host));
    }
    return new CannotListen("cannot listen on %s, port %d: %s".formatted(host, port, words));
  }
}
