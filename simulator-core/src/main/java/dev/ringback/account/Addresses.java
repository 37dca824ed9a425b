package dev.ringback.account;

import java.util.Set;
import java.util.regex.Pattern;

/** What can stand at the ends of a call. */
public final class Addresses {
  private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{1,14}");
  private static final Pattern SIP = Pattern.compile("sip:[^@\\s]+@[^@\\s]+");

  /** What arrives as {@code From} when the caller withholds the number. */
  private static final Set<String> WITHHELD =
      Set.of("anonymous", "Anonymous", "restricted", "unknown", "unavailable");

  private Addresses() {}

  /** A number such as {@code +15017122661}: a plus sign and 2 to 15 digits. */
  public static boolean isE164(String text) {
    return E164.matcher(text).matches();
  }

  /** A number, a SIP address, or a word for a withheld number. */
  public static boolean isCaller(String text) {
    return isE164(text) || WITHHELD.contains(text) || SIP.matcher(text).matches();
  }
}
