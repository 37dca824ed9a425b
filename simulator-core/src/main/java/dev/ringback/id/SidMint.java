package dev.ringback.id;

import java.util.HexFormat;
import java.util.UUID;

/**
 * Makes identifiers that look random and are not: each is a function of a seed and a counter, so
 * the same seed gives the same identifiers in the same order. A value; {@link #next()} is the mint
 * after one coin.
 *
 * @param seed whose identifiers these are: a world's, or a call's own (see {@link #branch})
 * @param counter how many were made before
 */
public record SidMint(long seed, long counter) {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final HexFormat HEX = HexFormat.of();

  public static SidMint of(long seed) {
    return new SidMint(seed, 0);
  }

  public SidMint next() {
    return new SidMint(seed, counter + 1);
  }

  public Sid sid(SidKind kind) {
    return new Sid(kind.prefix() + hex32());
  }

  /** 32 lowercase hexadecimal digits, the shape of an auth token. */
  public String hex32() {
    return HEX.toHexDigits(high()) + HEX.toHexDigits(low());
  }

  /** A version 4 UUID, the shape of an idempotency token. */
  public UUID uuid() {
    return new UUID((high() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L, (low() >>> 2) | 0x8000000000000000L);
  }

  /** The seed of a mint of its own, for a part that must not share this one's counter. */
  public long branch() {
    return mix(high() ^ low());
  }

  private long high() {
    return mix(seed + GOLDEN_GAMMA * (2 * counter + 1));
  }

  private long low() {
    return mix(seed + GOLDEN_GAMMA * (2 * counter + 2));
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom generators). */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
