package dev.ringback.conversation;

import dev.ringback.id.Sid;
import java.time.Instant;
import java.util.List;

/**
 * What somebody may do (docs/conversations/api/role-resource); kept and shown, not enforced.
 *
 * @param type {@code conversation} or {@code service}
 */
public record Role(
    Sid sid,
    Sid service,
    String friendlyName,
    String type,
    List<String> permissions,
    Instant created,
    Instant updated) {}
