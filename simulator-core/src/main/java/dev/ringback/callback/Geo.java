package dev.ringback.callback;

import java.util.Map;

/**
 * What Twilio tells of where a number is. Ringback knows countries by their calling codes alone;
 * city, state and zip are sent empty, as Twilio does when it does not know them.
 */
final class Geo {
  private static final int LONGEST_CODE = 3;

  private static final Map<String, String> COUNTRIES =
      Map.ofEntries(
          Map.entry("1", "US"),
          Map.entry("20", "EG"),
          Map.entry("27", "ZA"),
          Map.entry("30", "GR"),
          Map.entry("31", "NL"),
          Map.entry("32", "BE"),
          Map.entry("33", "FR"),
          Map.entry("34", "ES"),
          Map.entry("351", "PT"),
          Map.entry("352", "LU"),
          Map.entry("353", "IE"),
          Map.entry("354", "IS"),
          Map.entry("358", "FI"),
          Map.entry("36", "HU"),
          Map.entry("370", "LT"),
          Map.entry("371", "LV"),
          Map.entry("372", "EE"),
          Map.entry("380", "UA"),
          Map.entry("385", "HR"),
          Map.entry("386", "SI"),
          Map.entry("39", "IT"),
          Map.entry("40", "RO"),
          Map.entry("41", "CH"),
          Map.entry("420", "CZ"),
          Map.entry("421", "SK"),
          Map.entry("43", "AT"),
          Map.entry("44", "GB"),
          Map.entry("45", "DK"),
          Map.entry("46", "SE"),
          Map.entry("47", "NO"),
          Map.entry("48", "PL"),
          Map.entry("49", "DE"),
          Map.entry("51", "PE"),
          Map.entry("52", "MX"),
          Map.entry("54", "AR"),
          Map.entry("55", "BR"),
          Map.entry("56", "CL"),
          Map.entry("57", "CO"),
          Map.entry("60", "MY"),
          Map.entry("61", "AU"),
          Map.entry("62", "ID"),
          Map.entry("63", "PH"),
          Map.entry("64", "NZ"),
          Map.entry("65", "SG"),
          Map.entry("66", "TH"),
          Map.entry("81", "JP"),
          Map.entry("82", "KR"),
          Map.entry("84", "VN"),
          Map.entry("852", "HK"),
          Map.entry("86", "CN"),
          Map.entry("886", "TW"),
          Map.entry("90", "TR"),
          Map.entry("91", "IN"),
          Map.entry("971", "AE"),
          Map.entry("972", "IL"));

  private Geo() {}

  /** ISO 3166 code of two letters, or empty. */
  static String country(String number) {
    for (int length = LONGEST_CODE; length > 0; length--) {
      if (number.length() > length) {
        String country = COUNTRIES.get(number.substring(1, 1 + length));
        if (country != null) {
          return country;
        }
      }
    }
    return "";
  }
}
