package dev.ringback.rest;

import java.io.IOException;
import java.io.OutputStream;

/** Lets a range of what is written pass, and counts the rest. */
final class RangeOutput extends OutputStream {
  private final OutputStream out;
  private final ByteRange range;
  private long position;

  RangeOutput(OutputStream out, ByteRange range) {
    this.out = out;
    this.range = range;
  }

  /** How much was written to it so far. */
  long position() {
    return position;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    long from = Math.max(position, range.first());
    long to = Math.min(position + length, range.last() + 1);
    if (from < to) {
      out.write(bytes, (int) (offset + from - position), (int) (to - from));
    }
    position += length;
  }
}
