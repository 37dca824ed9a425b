package dev.ringback.id;

/** The address of a device that is registered with the account, such as {@code client:alice}. */
public final class ClientAddress {
  private static final String PREFIX = "client:";

  private ClientAddress() {}

  public static String of(String identity) {
    return PREFIX + identity;
  }

  /** Whether the address is a client's. */
  public static boolean is(String address) {
    return address.startsWith(PREFIX);
  }

  /** The identity behind a client's address; any other address as it is. */
  public static String identity(String address) {
    return is(address) ? address.substring(PREFIX.length()) : address;
  }
}
