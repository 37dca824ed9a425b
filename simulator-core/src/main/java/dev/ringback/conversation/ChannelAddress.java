package dev.ringback.conversation;

import dev.ringback.account.Addresses;

/**
 * An address of a messaging channel, such as {@code +15558675310} or {@code whatsapp:+15558675310}.
 *
 * @param type {@code sms} or {@code whatsapp}
 * @param number without the channel
 */
public record ChannelAddress(String type, String number) {
  private static final String WHATSAPP = "whatsapp:";

  public static ChannelAddress of(String address) {
    return address.startsWith(WHATSAPP)
        ? new ChannelAddress("whatsapp", address.substring(WHATSAPP.length()))
        : new ChannelAddress("sms", address);
  }

  public boolean isE164() {
    return Addresses.isE164(number);
  }
}
