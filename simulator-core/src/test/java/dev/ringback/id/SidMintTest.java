package dev.ringback.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.fidelity.Fact;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SidMintTest {
  @Test
  void sameSeedSameSids() {
    assertEquals(
        new SidMint(7, 3).sid(SidKind.CALL), SidMint.of(7).next().next().next().sid(SidKind.CALL));
    assertNotEquals(SidMint.of(7).sid(SidKind.CALL), SidMint.of(8).sid(SidKind.CALL));
  }

  @Test
  void hundredThousandSidsOfNeighbouringSeedsAreAllDifferent() {
    Set<String> seen = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      for (SidMint mint = SidMint.of(seed); mint.counter() < 1000; mint = mint.next()) {
        assertTrue(seen.add(mint.hex32()), () -> "seen twice at seed " + seen.size());
      }
    }
  }

  /** Of two random texts of 32 hexadecimal digits, 30 differ on average. */
  @Test
  @Fact("sids.look-random")
  void neighboursLookUnrelated() {
    for (long seed = 0; seed < 100; seed++) {
      for (SidMint mint = SidMint.of(seed); mint.counter() < 100; mint = mint.next()) {
        assertTrue(unlike(mint.hex32(), mint.next().hex32()) >= 16);
        assertTrue(unlike(mint.hex32(), new SidMint(seed + 1, mint.counter()).hex32()) >= 16);
      }
    }
  }

  private static long unlike(String one, String other) {
    return IntStream.range(0, 32).filter(i -> one.charAt(i) != other.charAt(i)).count();
  }

  @Test
  void uuidsAreOfVersionFour() {
    for (SidMint mint = SidMint.of(1); mint.counter() < 100; mint = mint.next()) {
      assertEquals(4, mint.uuid().version());
      assertEquals(2, mint.uuid().variant());
    }
  }

  @Test
  @Fact({"sids.call", "sids.either-case-is-taken", "sids.shape"})
  void sidsAreChecked() {
    assertTrue(Sid.isWellFormed(SidKind.CALL, "CA" + "0123456789abcdefABCDEF0123456789"));
    assertFalse(Sid.isWellFormed(SidKind.CALL, "RE" + "0".repeat(32)));
    assertFalse(Sid.isWellFormed(SidKind.CALL, "CA" + "0".repeat(31)));
    assertFalse(Sid.isWellFormed(SidKind.CALL, "CA" + "g".repeat(32)));
    assertFalse(Sid.isWellFormed(SidKind.CALL, "CA" + "٣".repeat(32)));
    assertThrows(IllegalArgumentException.class, () -> new Sid("ISXXXX"));
  }
}
