package dev.ringback.conversation;

import dev.ringback.account.Addresses;
import java.util.Optional;
import java.util.function.Predicate;

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
  public static Optional<Problem> problem(String proxy, String contact, Predicate<String> owns) {
    String number = proxy.replaceFirst("^whatsapp:", "");
    if (!Addresses.isE164(number)) {
      return Optional.of(new Problem(48026, "'" + proxy + "' is not a valid proxy number"));
    }
    if (proxy.equals(contact)) {
      return Optional.of(new Problem(48027, "the proxy address equals the contact address"));
    }
    if (proxy.startsWith("whatsapp:") != contact.startsWith("whatsapp:")) {
      return Optional.of(
          new Problem(48029, "the contact address type does not match the proxy address type"));
    }
    return owns.test(number)
        ? Optional.empty()
        : Optional.of(new Problem(48028, number + " is no number of this account"));
  }
}
