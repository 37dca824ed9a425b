package dev.ringback.twiml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Phone numbers as people write them. */
public final class PhoneText {
  /** What may stand between the digits and is no matter. */
  private static final Pattern ORNAMENT = Pattern.compile("[\\s().-]");

  private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{1,14}");
  private static final Pattern NORTH_AMERICAN = Pattern.compile("1?(\\d{10})");

  private PhoneText() {}

  /** The text without what is no matter. */
  static String plain(String text) {
    return ORNAMENT.matcher(text).replaceAll("");
  }

  /**
   * E.164 of a number with spaces, dots, hyphens and brackets in it. Ten digits, or eleven that
   * begin with 1, are a number of North America, as Twilio takes them (docs/voice/twiml/number).
   * The text itself when it is no number.
   */
  public static String e164(String text) {
    String plain = plain(text);
    Matcher american = NORTH_AMERICAN.matcher(plain);
    if (american.matches()) {
      return "+1" + american.group(1);
    }
    return E164.matcher(plain).matches() ? plain : text;
  }
}
