package dev.ringback.conversation;

import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import java.time.Instant;
import java.util.List;

/**
 * What a user or a participant may do (docs/conversations/api/role-resource); kept and shown, not
 * enforced.
 *
 * @param type {@code conversation} or {@code service}
 */
@WireData
public record Role(
    Sid sid,
    Sid service,
    String friendlyName,
    String type,
    List<String> permissions,
    Instant created,
    Instant updated) {

  /** The same in another service. */
  Role movedTo(Sid service) {
    return new Role(sid, service, friendlyName, type, permissions, created, updated);
  }

  Role with(List<String> permissions, Instant now) {
    return new Role(sid, service, friendlyName, type, List.copyOf(permissions), created, now);
  }
}
