package dev.ringback.rest.v2010;

import dev.ringback.account.Addresses;
import dev.ringback.account.ApiError;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import java.util.concurrent.atomic.AtomicLong;

/** What the numbers of the test credentials stand for (docs/iam/test-credentials). */
final class MagicNumbers {
  private static final String INVALID = "+15005550001";
  private static final String UNREACHABLE = "+15005550002";
  private static final String ABROAD = "+15005550003";
  private static final String BLOCKED = "+15005550004";
  static final String VALID = "+15005550006";
  private static final String FULL = "+15005550008";
  private static final String NO_MOBILE = "+15005550009";
  private static final String UNAVAILABLE = "+15005550000";

  private static final AtomicLong MADE = new AtomicLong();

  private MagicNumbers() {}

  /** Of something that will not be there afterwards. */
  static Sid sid(SidKind kind) {
    return new SidMint(0x7E57, MADE.incrementAndGet()).sid(kind);
  }

  static void checkCall(String from, String to) {
    switch (from) {
      case VALID -> {}
      case INVALID -> throw refused(21212, "From is not a valid phone number: " + from);
      default -> throw refused(21210, NumberErrors.callerNotYours(from));
    }
    switch (to) {
      case INVALID -> throw refused(21217, "Phone number does not appear to be valid");
      case UNREACHABLE -> throw refused(21214, "'To' phone number cannot be reached");
      case ABROAD ->
          throw refused(
              21215,
              ("Account not authorized to call %s. Perhaps you need to enable some international"
                      + " permissions: https://www.twilio.com/console/voice/calls/geo-permissions/low-risk")
                  .formatted(to));
      case BLOCKED -> throw refused(21216, "Account not allowed to call " + to);
      default -> {
        if (!Addresses.isE164(to) && !Numbers.isNoNumber(to)) {
          throw refused(
              21211, "The phone number you are attempting to call, " + to + ", is not valid.");
        }
      }
    }
  }

  static void checkMessage(String from, String to, boolean media) {
    switch (from) {
      case VALID -> {}
      case INVALID -> throw refused(21212, NumberErrors.invalidSender(from));
      case FULL -> throw new ApiError(429, 21611, "SMS queue is full.");
      default -> throw refused(21606, NumberErrors.senderNotYours(from));
    }
    switch (to) {
      case INVALID -> throw refused(21211, NumberErrors.invalidRecipient(to));
      case UNREACHABLE ->
          throw refused(
              21612,
              ("The 'To' phone number: %s, is not currently reachable using the 'From' phone number:"
                      + " %s via %s.")
                  .formatted(to, from, media ? "MMS" : "SMS"));
      case ABROAD ->
          throw refused(
              21408,
              "Permission to send an SMS has not been enabled for the region indicated by the 'To'"
                  + " number: "
                  + to
                  + ".");
      case BLOCKED -> throw refused(21610, "Attempt to send to unsubscribed recipient");
      case NO_MOBILE -> throw refused(21614, "To number: " + to + ", is not a mobile number");
      default -> {
        if (!Addresses.isE164(to)) {
          throw refused(21211, NumberErrors.invalidRecipient(to));
        }
      }
    }
  }

  static void checkNumber(String number) {
    switch (number) {
      case VALID -> {}
      case UNAVAILABLE -> throw refused(21422, number + " is not available");
      default -> throw refused(21421, number + " is not a valid number");
    }
  }

  static void checkAreaCode(String areaCode) {
    if (!areaCode.equals("500")) {
      throw refused(21452, "No phone numbers found in area code " + areaCode);
    }
  }

  private static ApiError refused(int code, String message) {
    return ApiError.badRequest(code, message);
  }
}
