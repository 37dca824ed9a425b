package dev.ringback.account;

import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of the 2010 API (docs/messaging/api/message-resource): it is kept and shown, and goes
 * nowhere.
 *
 * @param from null: a messaging service chooses
 * @param service null: none was named
 */
@WireData
public record TextMessage(
    Sid sid,
    String to,
    @Nullable String from,
    @Nullable String service,
    String body,
    int media,
    Instant created,
    Instant updated) {}
