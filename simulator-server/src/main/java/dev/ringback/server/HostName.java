package dev.ringback.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host as it is written in a {@code Host} header, an {@code Origin} or a configuration, in one
 * spelling. No name is looked up.
 *
 * @param name in lower case; an address as the JDK writes it
 * @param address null: it is a name
 */
record HostName(String name, @Nullable InetAddress address) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9._-]+");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");

  /** Reads a host without its port; empty when it is none. */
  static Optional<HostName> of(String text) {
    String host = text.toLowerCase(Locale.ROOT);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
      return IPV6.matcher(host).matches() ? address(host) : Optional.empty();
    }
    if (IPV6.matcher(host).matches()) {
      return address(host);
    }
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1); // the root of the DNS, spelled out
    }
    if (!NAME.matcher(host).matches()) {
      return Optional.empty();
    }
    byte[] bytes = ipv4(host);
    return bytes == null ? Optional.of(new HostName(host, null)) : address(bytes);
  }

  /** The header that was read last: a client sends the same one with each request. */
  private record Known(String authority, Optional<HostName> host) {}

  private static volatile Known last = new Known("", Optional.empty());

  /** Reads a host with or without a port, as it is in a {@code Host} header. */
  static Optional<HostName> ofAuthority(String authority) {
    Known known = last;
    if (!known.authority().equals(authority)) {
      known = new Known(authority, read(authority));
      last = known;
    }
    return known.host();
  }

  private static Optional<HostName> read(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean port =
        colon > authority.lastIndexOf(']') && authority.substring(colon + 1).matches("\\d{0,5}");
    return of(port ? authority.substring(0, colon) : authority);
  }

  private static Optional<HostName> address(String ipv6) {
    try {
      InetAddress address = InetAddress.getByName("[" + ipv6 + "]"); // a literal: not looked up
      return Optional.of(new HostName(address.getHostAddress(), address));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static Optional<HostName> address(byte[] bytes) {
    try {
      InetAddress address = InetAddress.getByAddress(bytes);
      return Optional.of(new HostName(address.getHostAddress(), address));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /**
   * An IPv4 address in any spelling that clients take: one to four numbers, decimal, octal or
   * hexadecimal, of which the last fills what is left (URL Standard, "IPv4 parser").
   */
  private static byte @Nullable [] ipv4(String host) {
    String[] parts = host.split("\\.", -1);
    if (parts.length > 4) {
      return null;
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      long number = number(parts[i]);
      boolean last = i == parts.length - 1;
      long limit = last ? 1L << (8 * (5 - parts.length)) : 256;
      if (number < 0 || number >= limit) {
        return null;
      }
      address |= last ? number : number << (8 * (3 - i));
    }
    return new byte[] {
      (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
    };
  }

  /** -1: it is no number. */
  private static long number(String part) {
    boolean hexadecimal = part.startsWith("0x");
    boolean octal = !hexadecimal && part.length() > 1 && part.startsWith("0");
    String digits = hexadecimal ? part.substring(2) : part;
    int radix = hexadecimal ? 16 : octal ? 8 : 10;
    String allowed = hexadecimal ? "[0-9a-f]{1,12}" : octal ? "[0-7]{1,14}" : "\\d{1,12}";
    return digits.matches(allowed) ? Long.parseLong(digits, radix) : -1;
  }

  boolean isLoopback() {
    return address != null
        ? address.isLoopbackAddress()
        : name.equals("localhost") || name.endsWith(".localhost");
  }

  /** Whether it stands for all addresses of a machine. */
  boolean isAnyAddress() {
    return address != null && address.isAnyLocalAddress();
  }
}
