package dev.ringback.account;

import dev.ringback.id.Sid;
import java.time.Instant;

/**
 * A key with which the account's API is called (docs/iam/api-keys).
 *
 * @param secret told once, when the key is made
 */
public record ApiKey(
    Sid sid, String secret, String friendlyName, Instant created, Instant updated) {}
