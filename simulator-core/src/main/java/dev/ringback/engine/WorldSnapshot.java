package dev.ringback.engine;

import java.time.Instant;

/**
 * All that a world was at some moment, as bytes that the same build of Ringback makes a world of
 * again: they name classes and lambdas as its compiler did.
 */
public final class WorldSnapshot {
  private final Instant at;
  private final byte[] bytes;

  /**
   * @param at the world's time then
   * @param bytes are not to be changed any more
   */
  public WorldSnapshot(Instant at, byte[] bytes) {
    this.at = at;
    this.bytes = bytes;
  }

  /** The world's time then. */
  public Instant at() {
    return at;
  }

  /** Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }
}
