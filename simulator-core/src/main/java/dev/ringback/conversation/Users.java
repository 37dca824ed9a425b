package dev.ringback.conversation;

import dev.ringback.account.ApiError;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.snapshot.SerializableConsumer;
import dev.ringback.snapshot.SerializableFunction;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The users of all services (docs/conversations/api/user-resource); workers are users. */
public final class Users {
  private final Services services;
  private final SerializableFunction<SidKind, Sid> sids;
  private final SerializableConsumer<Event> events;
  private final Map<Sid, User> users = new LinkedHashMap<>();

  Users(
      Services services,
      SerializableFunction<SidKind, Sid> sids,
      SerializableConsumer<Event> events) {
    this.services = services;
    this.sids = sids;
    this.events = events;
  }

  public List<User> all(Sid service) {
    return users.values().stream().filter(user -> user.service().equals(service)).toList();
  }

  /**
   * @param name a SID or an identity
   */
  public Optional<User> find(Sid service, String name) {
    return users.values().stream()
        .filter(user ->
            user.service().equals(service)
                && (user.sid().value().equals(name) || user.identity().equals(name)))
        .findFirst();
  }

  /**
   * @param name a SID or an identity
   */
  public User of(Sid service, String name) {
    return find(service, name).orElseThrow(() -> ApiError.notFound("/Users/" + name));
  }

  /** A worker of the configuration, who is a user of the default service; nobody is told. */
  public void addWorker(String identity, boolean available, Instant now) {
    User user = ofIdentity(services.own().sid(), identity, now);
    keep(user.with(new User.Draft(identity, null, null, null, true, available), now));
  }

  /** Makes a user of that identity, if there is none; nobody is told. */
  void ensure(Sid service, String identity, Instant now) {
    keep(ofIdentity(service, identity, now));
  }

  private User ofIdentity(Sid service, String identity, Instant now) {
    return find(service, identity)
        .orElseGet(() ->
            User.made(
                sids.apply(SidKind.USER),
                service,
                identity,
                services.of(service).serviceRole(),
                now));
  }

  private void keep(User user) {
    users.put(user.sid(), user);
  }

  public Change<User> create(Sid service, String identity, User.Draft draft) {
    return Change.quiet(now -> {
      if (find(service, identity).isPresent()) {
        throw ApiError.conflict(50201, "User already exists");
      }
      services.checkRole(service, draft.role());
      User made = ofIdentity(service, identity, now).with(draft, now);
      keep(made);
      events.accept(Parameters.of(made).event(EventType.ON_USER_ADDED, service, null));
      return made;
    });
  }

  /**
   * @param name a SID or an identity
   */
  public Change<User> update(Sid service, String name, User.Draft draft) {
    User before = of(service, name);
    services.checkRole(service, draft.role());
    return new Change<>() {
      @Override
      public Event before() {
        return Parameters.of(before.with(draft, before.updated()))
            .event(EventType.ON_USER_UPDATE, service, null);
      }

      @Override
      public User apply(Map<String, String> answer, Instant now) {
        User changed = of(service, name).with(draft, now);
        keep(changed);
        events.accept(
            Parameters.of(changed)
                .add("isOnline", "false") // nobody is in a chat
                .add("isNotifiable", "false")
                .event(EventType.ON_USER_UPDATED, service, null));
        return changed;
      }
    };
  }

  /**
   * @param name a SID or an identity
   */
  public Change<User> delete(Sid service, String name) {
    User user = of(service, name);
    return Change.quiet(now -> {
      users.remove(user.sid());
      return user;
    });
  }

  void deleteAll(Sid service) {
    users.values().removeIf(user -> user.service().equals(service));
  }

  /** Moves all users of a service to another one. */
  void move(Sid service, Sid to) {
    users.replaceAll((sid, user) -> user.service().equals(service) ? user.movedTo(to) : user);
  }
}
