package dev.ringback.engine;

import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;

/** The identifiers of a world, all from its seed. */
final class Identifiers {
  private final long seed;
  private final long resources;

  /** A mint a kind, so that what is made of one kind changes no other. */
  private final Map<SidKind, SidMint> mints = new EnumMap<>(SidKind.class);

  private long minted = 2; // the account's SID and token came first

  Identifiers(long seed) {
    this.seed = seed;
    this.resources = seed ^ 0x5EED_0F_AB1EL;
  }

  /** Of what the REST API makes; those of calls do not depend on them. */
  Sid ofResource(SidKind kind) {
    SidMint mint =
        mints.computeIfAbsent(
            kind, k -> SidMint.of(new SidMint(resources, k.prefix().hashCode()).branch()));
    mints.put(kind, mint.next());
    return mint.sid(kind);
  }

  /**
   * Of the next call.
   *
   * @param taken a call that was adopted may have come with one of ours
   */
  SidMint ofCall(Predicate<Sid> taken) {
    SidMint mint = new SidMint(seed, minted++);
    while (taken.test(mint.sid(SidKind.CALL))) {
      mint = new SidMint(seed, minted++);
    }
    return mint;
  }
}
