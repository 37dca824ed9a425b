package dev.ringback.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are written one after the other, numbers as short as they are small. */
final class Bytes {
  private static final int FIRST = 64 * 1024;
  private static final int LONGEST_NUMBER = 10;

  private byte[] bytes = new byte[FIRST];
  private int length;

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  /** Any number; short when it is small and not negative. */
  void number(long number) {
    room(LONGEST_NUMBER);
    long left = number;
    while ((left & ~0x7FL) != 0) {
      bytes[length++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[length++] = (byte) left;
  }

  private static boolean isNarrow(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }

  /** Any text, with lone surrogates, too. */
  @SuppressWarnings("deprecation") // the low byte of each character is what is meant
  void text(String text) {
    int size = text.length();
    boolean narrow = isNarrow(text);
    number(((long) size << 1) | (narrow ? 0 : 1));
    room(2 * size);
    if (narrow) {
      text.getBytes(0, size, bytes, length);
      length += size;
    } else {
      for (int i = 0; i < size; i++) {
        bytes[length++] = (byte) (text.charAt(i) >> 8);
        bytes[length++] = (byte) text.charAt(i);
      }
    }
  }

  void append(Bytes other) {
    room(other.length);
    System.arraycopy(other.bytes, 0, bytes, length, other.length);
    length += other.length;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Bytes that are read one after the other. */
  static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    long number() {
      long number = 0;
      for (int shift = 0; shift < Long.SIZE; shift += 7) {
        byte next = next();
        number |= (long) (next & 0x7F) << shift;
        if (next >= 0) {
          return number;
        }
      }
      throw new GraphProblem("a number is longer than any");
    }

    /** A number that counts something. */
    int count() {
      long number = number();
      if (number < 0 || number > bytes.length * 8L + FIRST) {
        throw new GraphProblem("%d of something cannot be".formatted(number));
      }
      return (int) number;
    }

    private byte next() {
      if (at >= bytes.length) {
        throw new GraphProblem("the end is missing");
      }
      return bytes[at++];
    }

    String text() {
      long head = number();
      long size = head >>> 1;
      boolean narrow = (head & 1) == 0;
      if (size * (narrow ? 1 : 2) > bytes.length - at) {
        throw new GraphProblem("a text is longer than what is left");
      }
      int length = (int) size * (narrow ? 1 : 2);
      String text;
      if (narrow) {
        text = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
      } else {
        char[] characters = new char[(int) size];
        for (int i = 0; i < characters.length; i++) {
          characters[i] = (char) ((bytes[at + 2 * i] & 0xFF) << 8 | (bytes[at + 2 * i + 1] & 0xFF));
        }
        text = new String(characters);
      }
      at += length;
      return text;
    }
  }
}
