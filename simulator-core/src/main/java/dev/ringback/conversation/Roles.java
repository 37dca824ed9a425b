package dev.ringback.conversation;

import dev.ringback.account.ApiError;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.snapshot.SerializableFunction;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The roles of all services (docs/conversations/api/role-resource). */
public final class Roles {
  private final SerializableFunction<SidKind, Sid> sids;
  private final Map<Sid, Role> roles = new LinkedHashMap<>();

  Roles(SerializableFunction<SidKind, Sid> sids) {
    this.sids = sids;
  }

  /** The default roles of a new service, in the order of its configuration. */
  record Defaults(Sid creator, Sid conversation, Sid service) {}

  /** Makes the four roles that a service has from the beginning. */
  Defaults makeDefaults(Sid service, Instant now) {
    Role creator = make(service, "channel admin", "conversation", List.of("addParticipant"), now);
    Role member =
        make(
            service,
            "channel user",
            "conversation",
            List.of("sendMessage", "leaveConversation", "editOwnMessage", "deleteOwnMessage"),
            now);
    Role user = make(service, "service user", "service", List.of("createConversation"), now);
    make(
        service, "service admin", "service", List.of("createConversation", "editAnyUserInfo"), now);
    return new Defaults(creator.sid(), member.sid(), user.sid());
  }

  private Role make(Sid service, String name, String type, List<String> permissions, Instant now) {
    Role role =
        new Role(sids.apply(SidKind.ROLE), service, name, type, List.copyOf(permissions), now, now);
    roles.put(role.sid(), role);
    return role;
  }

  public List<Role> all(Sid service) {
    return roles.values().stream().filter(role -> role.service().equals(service)).toList();
  }

  private Optional<Role> find(Sid service, Sid sid) {
    return Optional.ofNullable(roles.get(sid)).filter(role -> role.service().equals(service));
  }

  public Role of(Sid service, Sid sid) {
    return find(service, sid).orElseThrow(() -> notFound(sid));
  }

  /**
   * Refuses a role that the service does not have.
   *
   * @param sid null: no role is named
   */
  void check(Sid service, @Nullable Sid sid) {
    if (sid != null && find(service, sid).isEmpty()) {
      throw notFound(sid);
    }
  }

  private static ApiError notFound(Sid sid) {
    return ApiError.notFound("/Roles/" + sid);
  }

  public Role create(
      Service service, String name, String type, List<String> permissions, Instant now) {
    return make(service.sid(), name, type, permissions, now);
  }

  public Role update(Role role, List<String> permissions, Instant now) {
    Role changed = role.with(permissions, now);
    roles.put(changed.sid(), changed);
    return changed;
  }

  public void delete(Service service, Role role) {
    if (service.defaultRoles().contains(role.sid())) {
      throw ApiError.badRequest(20001, "Role " + role.sid() + " is a default of the service");
    }
    roles.remove(role.sid());
  }

  void deleteAll(Sid service) {
    roles.values().removeIf(role -> role.service().equals(service));
  }

  /** Moves all roles of a service to another one. */
  void move(Sid service, Sid to) {
    roles.replaceAll((sid, role) -> role.service().equals(service) ? role.movedTo(to) : role);
  }
}
