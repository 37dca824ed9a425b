package dev.ringback.rest.v2010;

import dev.ringback.id.ClientAddress;
import java.util.regex.Pattern;

/** Phone numbers as people write them and as the API shows them. */
final class Numbers {
  private static final Pattern AMERICAN = Pattern.compile("\\+1(\\d{3})(\\d{3})(\\d{4})");

  private static final Pattern SIP = Pattern.compile("sips?:[^@\\s]+@[^@\\s]+");

  private Numbers() {}

  /** {@code (415) 867-5308} for a number of North America; others as they are. */
  static String formatted(String address) {
    return AMERICAN.matcher(address).matches()
        ? "("
            + address.substring(2, 5)
            + ") "
            + address.substring(5, 8)
            + "-"
            + address.substring(8)
        : address;
  }

  /** Whether it is a client or a SIP address, which is no number and can be called. */
  static boolean isNoNumber(String address) {
    return (ClientAddress.is(address) && !ClientAddress.identity(address).isEmpty())
        || SIP.matcher(address).matches();
  }
}
