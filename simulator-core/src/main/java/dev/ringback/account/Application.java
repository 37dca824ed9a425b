package dev.ringback.account;

import dev.ringback.id.Sid;
import java.time.Instant;

/** A TwiML app (docs/usage/api/applications). */
public record Application(Sid sid, Endpoints endpoints, Instant created, Instant updated) {}
