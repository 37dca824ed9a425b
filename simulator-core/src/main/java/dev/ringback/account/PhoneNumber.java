package dev.ringback.account;

import dev.ringback.id.Sid;
import java.time.Instant;

/**
 * A number of the account's (docs/phone-numbers/api/incomingphonenumber-resource).
 *
 * @param number E.164
 */
public record PhoneNumber(
    Sid sid, String number, Endpoints endpoints, Instant created, Instant updated) {}
