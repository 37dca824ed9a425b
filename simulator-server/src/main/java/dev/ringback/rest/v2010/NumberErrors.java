package dev.ringback.rest.v2010;

/** What the API says of numbers that it does not take; the test credentials hear the same. */
final class NumberErrors {
  private NumberErrors() {}

  static String callerNotYours(String from) {
    return ("The source phone number provided, %s, is not yet verified for your account. You may"
            + " only make calls from phone numbers that you've verified or purchased from Twilio.")
        .formatted(from);
  }

  static String senderNotYours(String from) {
    return ("The From phone number %s is not a valid, SMS-capable inbound phone number or short code"
            + " for your account.")
        .formatted(from);
  }

  static String invalidSender(String from) {
    return ("The 'From' number %s is not a valid phone number, shortcode, or alphanumeric sender"
            + " ID.")
        .formatted(from);
  }

  static String invalidRecipient(String to) {
    return "The 'To' number " + to + " is not a valid phone number.";
  }
}
