package dev.ringback.state;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** By which a record tells whether it is what was written. */
final class Checksum {
  private Checksum() {}

  /** Of a record of a history, with its number. */
  static long of(long number, byte[] lines) {
    CRC32 crc = new CRC32();
    crc.update(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    crc.update(lines);
    return crc.getValue();
  }

  /** Of a snapshot, with all that is known of it. */
  static long of(String head, byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(head.getBytes(StandardCharsets.UTF_8));
    crc.update(bytes);
    return crc.getValue();
  }

  /** Of a world. */
  static long of(String account, String settings) {
    CRC32 crc = new CRC32();
    crc.update((account + settings).getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
