package dev.ringback.rest.v2010;

import dev.ringback.id.ClientAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Phone numbers as people write them and as the API shows them. */
final class Numbers {
  private static final Pattern AMERICAN = Pattern.compile("\\+1(\\d{3})(\\d{3})(\\d{4})");

  private Numbers() {}

  /** {@code (415) 867-5308} for a number of North America; others as they are. */
  static String formatted(String address) {
    Matcher american = AMERICAN.matcher(address);
    return american.matches()
        ? "(%s) %s-%s".formatted(american.group(1), american.group(2), american.group(3))
        : address;
  }

  /** Whether it is a client or a SIP address, which is no number and can be called. */
  static boolean isNoNumber(String address) {
    return (ClientAddress.is(address) && !ClientAddress.identity(address).isEmpty())
        || address.matches("sips?:[^@\\s]+@[^@\\s]+");
  }
}
