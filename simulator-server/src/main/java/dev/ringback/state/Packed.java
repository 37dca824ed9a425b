package dev.ringback.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterOutputStream;

/** Bytes, deflated. */
public final class Packed {
  private final byte[] bytes;

  private Packed(byte[] bytes) {
    this.bytes = bytes;
  }

  /** As they come from a file. */
  public static Packed read(byte[] packed) {
    return new Packed(packed);
  }

  public static Packed of(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, fast)) {
      deflater.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      fast.end();
    }
    return new Packed(out.toByteArray());
  }

  /** Deflated. */
  public byte[] bytes() {
    return bytes;
  }

  /** As they were; empty: they are not what was deflated. */
  public Optional<byte[]> plain() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InflaterOutputStream inflater = new InflaterOutputStream(out)) {
      inflater.write(bytes);
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.of(out.toByteArray());
  }
}
