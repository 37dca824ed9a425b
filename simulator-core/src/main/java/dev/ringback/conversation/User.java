package dev.ringback.conversation;

import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user of a service (docs/conversations/api/user-resource) and, as a worker, of Frontline.
 *
 * @param friendlyName null: none
 * @param attributes JSON
 * @param avatar Frontline: the address of a picture; null: none
 * @param active Frontline: whether the user is not deactivated
 * @param available Frontline: whether pool routing may choose the user; null: nobody has said
 */
@WireData
public record User(
    Sid sid,
    Sid service,
    String identity,
    @Nullable String friendlyName,
    String attributes,
    @Nullable Sid role,
    Instant created,
    Instant updated,
    @Nullable String avatar,
    boolean active,
    @Nullable Boolean available) {

  /** Whether pool routing may choose the user; new users are not available. */
  public boolean isAvailable() {
    return Boolean.TRUE.equals(available);
  }

  /** What a request says of a user; null: nothing. */
  public record Draft(
      @Nullable String friendlyName,
      @Nullable String attributes,
      @Nullable Sid role,
      @Nullable String avatar,
      @Nullable Boolean active,
      @Nullable Boolean available) {}

  /** A new user, who is active. */
  static User made(Sid sid, Sid service, String identity, Sid role, Instant now) {
    return new User(sid, service, identity, null, "{}", role, now, now, null, true, null);
  }

  /** The same in another service. */
  User movedTo(Sid service) {
    return new User(
        sid,
        service,
        identity,
        friendlyName,
        attributes,
        role,
        created,
        updated,
        avatar,
        active,
        available);
  }

  User with(Draft draft, Instant now) {
    return new User(
        sid,
        service,
        identity,
        draft.friendlyName() == null ? friendlyName : draft.friendlyName(),
        draft.attributes() == null ? attributes : draft.attributes(),
        draft.role() == null ? role : draft.role(),
        created,
        now,
        draft.avatar() == null ? avatar : draft.avatar(),
        draft.active() == null ? active : draft.active(),
        draft.available() == null ? available : draft.available());
  }
}
