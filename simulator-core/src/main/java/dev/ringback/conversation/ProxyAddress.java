package dev.ringback.conversation;

import dev.ringback.snapshot.SerializablePredicate;
import java.util.Optional;

/**
 * The number that a customer sees, as Frontline's outgoing conversation callback names it
 * (docs/frontline/outgoing-conversations).
 */
public final class ProxyAddress {
  private ProxyAddress() {}

  /**
   * @param code of Twilio's dictionary
   * @param message a clause
   */
  public record Problem(int code, String message) {}

  /**
   * What is wrong with it; docs/api/errors/48026 to 48029.
   *
   * @param contact the customer's address
   * @param owns whether a number is the account's
   */
  public static Optional<Problem> problem(
      String proxy, String contact, SerializablePredicate<String> owns) {
    ChannelAddress address = ChannelAddress.of(proxy);
    if (!address.isE164()) {
      return Optional.of(new Problem(48026, "'" + proxy + "' is not a valid proxy number"));
    }
    if (proxy.equals(contact)) {
      return Optional.of(new Problem(48027, "the proxy address equals the contact address"));
    }
    if (!address.type().equals(ChannelAddress.of(contact).type())) {
      return Optional.of(
          new Problem(48029, "the contact address type does not match the proxy address type"));
    }
    return owns.test(address.number())
        ? Optional.empty()
        : Optional.of(new Problem(48028, address.number() + " is no number of this account"));
  }
}
