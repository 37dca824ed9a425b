package dev.ringback.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes of a file (RFC 9110, section 14).
 *
 * @param first the first byte, from 0
 * @param last the last byte, included
 */
record ByteRange(long first, long last) {
  private static final Pattern HEADER = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** The header cannot be served: the range lies outside of the file. */
  static final class Unsatisfiable extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param header null, or not of one range of bytes: the whole file is meant
   * @param length of the file
   */
  static Optional<ByteRange> of(String header, long length) throws Unsatisfiable {
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return Optional.empty();
    }
    long first;
    long last = length - 1;
    if (matcher.group(1).isEmpty()) {
      long suffix = Long.parseLong(matcher.group(2));
      first = Math.max(0, length - suffix);
      if (suffix == 0) {
        throw new Unsatisfiable();
      }
    } else {
      first = Long.parseLong(matcher.group(1));
      if (!matcher.group(2).isEmpty()) {
        last = Math.min(last, Long.parseLong(matcher.group(2)));
      }
    }
    if (first >= length) {
      throw new Unsatisfiable();
    }
    return last < first ? Optional.empty() : Optional.of(new ByteRange(first, last));
  }

  long length() {
    return last - first + 1;
  }
}
