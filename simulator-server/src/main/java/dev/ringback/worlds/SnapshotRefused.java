package dev.ringback.worlds;

/** A snapshot cannot be taken now, and why. */
public final class SnapshotRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SnapshotRefused(String message) {
    super(message);
  }
}
