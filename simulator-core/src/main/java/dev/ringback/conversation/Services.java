package dev.ringback.conversation;

import dev.ringback.account.ApiError;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The services of an account with their users and roles, and the account's own configuration. */
public final class Services {
  private static final int MAX_NAME = 256;
  private static final List<String> USUAL =
      List.of("sendMessage", "leaveConversation", "editOwnMessage", "deleteOwnMessage");

  private final Function<SidKind, Sid> sids;
  private final Consumer<Event> events;
  private final Map<Sid, Service> services = new LinkedHashMap<>();
  private final Map<Sid, User> users = new LinkedHashMap<>();
  private final Map<Sid, Role> roles = new LinkedHashMap<>();
  private final Map<Sid, AddressConfiguration> addresses = new LinkedHashMap<>();
  private Webhooks webhooks;
  private Configuration configuration;
  private boolean adopting;

  /**
   * @param given the account's default service; null: the first one that is named becomes it
   * @param webhooks of the whole account
   */
  Services(
      @Nullable Sid given,
      Webhooks webhooks,
      Instant now,
      Function<SidKind, Sid> sids,
      Consumer<Event> events) {
    this.sids = sids;
    this.events = events;
    this.webhooks = webhooks;
    this.adopting = given == null;
    Service first =
        make(given == null ? sids.apply(SidKind.SERVICE) : given, "Frontline Service", now);
    this.configuration =
        new Configuration(first.sid(), sids.apply(SidKind.MESSAGING_SERVICE), null, null);
  }

  // Services

  private Service make(Sid sid, String name, Instant now) {
    Role creator = role(sid, "channel admin", "conversation", List.of("addParticipant"), now);
    Role member = role(sid, "channel user", "conversation", USUAL, now);
    Role user = role(sid, "service user", "service", List.of("createConversation"), now);
    role(sid, "service admin", "service", List.of("createConversation", "editAnyUserInfo"), now);
    Service made =
        new Service(
            sid, name, now, now, creator.sid(), member.sid(), user.sid(), true, Webhooks.NONE);
    services.put(sid, made);
    return made;
  }

  private Role role(Sid service, String name, String type, List<String> permissions, Instant now) {
    Role role = new Role(sids.apply(SidKind.ROLE), service, name, type, permissions, now, now);
    roles.put(role.sid(), role);
    return role;
  }

  public List<Service> all() {
    return List.copyOf(services.values());
  }

  /** The default one. */
  public Service own() {
    return of(configuration.service());
  }

  /** Whether the next service that is named becomes the account's. */
  public boolean adopts(Sid named) {
    return adopting && !services.containsKey(named);
  }

  /** A document or a request names a service before anything else decided which one there is. */
  void adopt(Sid named) {
    Sid before = configuration.service();
    Service renamed = own().named(named);
    services.remove(before);
    services.put(named, renamed);
    roles.replaceAll((sid, role) ->
        role.service().equals(before)
            ? new Role(
                sid,
                named,
                role.friendlyName(),
                role.type(),
                role.permissions(),
                role.created(),
                role.updated())
            : role);
    users.replaceAll((sid, user) -> user.service().equals(before) ? moved(user, named) : user);
    configure(named, null, null, null);
    adopting = false;
  }

  private static User moved(User user, Sid service) {
    return new User(
        user.sid(),
        service,
        user.identity(),
        user.friendlyName(),
        user.attributes(),
        user.role(),
        user.created(),
        user.updated(),
        user.avatar(),
        user.active(),
        user.available());
  }

  public Optional<Service> find(Sid sid) {
    return Optional.ofNullable(services.get(sid));
  }

  Service of(Sid sid) {
    return find(sid).orElseThrow(() -> ApiError.notFound("/Services/" + sid));
  }

  public Service create(String name, Instant now) {
    if (name.length() > MAX_NAME) {
      throw ApiError.badRequest(20001, "FriendlyName is longer than 256 characters");
    }
    return make(sids.apply(SidKind.SERVICE), name, now);
  }

  void delete(Sid sid) {
    of(sid);
    if (sid.equals(configuration.service())) {
      throw ApiError.badRequest(20001, "The account's default service cannot be deleted");
    }
    services.remove(sid);
    users.values().removeIf(user -> user.service().equals(sid));
    roles.values().removeIf(role -> role.service().equals(sid));
  }

  public Service configure(Sid sid, Service.Draft draft) {
    Service changed = of(sid).with(draft);
    services.put(sid, changed);
    return changed;
  }

  public Service configure(Sid sid, Webhooks.Draft draft) {
    Service service = of(sid);
    Service changed = service.with(service.webhooks().with(draft));
    services.put(sid, changed);
    return changed;
  }

  // The account

  public Configuration configuration() {
    return configuration;
  }

  /** Changes what is given; null: as before. */
  public Configuration configure(
      @Nullable Sid service,
      @Nullable Sid messagingService,
      @Nullable String inactiveTimer,
      @Nullable String closedTimer) {
    if (service != null) {
      of(service);
      adopting = false; // somebody has decided which one it is
    }
    configuration =
        new Configuration(
            service == null ? configuration.service() : service,
            messagingService == null ? configuration.messagingService() : messagingService,
            inactiveTimer == null ? configuration.inactiveTimer() : inactiveTimer,
            closedTimer == null ? configuration.closedTimer() : closedTimer);
    return configuration;
  }

  public Webhooks webhooks() {
    return webhooks;
  }

  public Webhooks configure(Webhooks.Draft draft) {
    webhooks = webhooks.with(draft);
    return webhooks;
  }

  // Users

  public List<User> users(Sid service) {
    return users.values().stream().filter(user -> user.service().equals(service)).toList();
  }

  /**
   * @param name a SID or an identity
   */
  public Optional<User> findUser(Sid service, String name) {
    return users.values().stream()
        .filter(user ->
            user.service().equals(service)
                && (user.sid().value().equals(name) || user.identity().equals(name)))
        .findFirst();
  }

  public User user(Sid service, String name) {
    return findUser(service, name).orElseThrow(() -> ApiError.notFound("/Users/" + name));
  }

  /** The user of that identity; made when it is not there. */
  User userOf(Sid service, String identity, Instant now) {
    return findUser(service, identity)
        .orElseGet(() ->
            keep(
                new User(
                    sids.apply(SidKind.USER),
                    service,
                    identity,
                    null,
                    "{}",
                    of(service).serviceRole(),
                    now,
                    now,
                    null,
                    true,
                    null)));
  }

  /** A worker of the configuration. */
  void worker(String identity, boolean available, Instant now) {
    User user = userOf(configuration.service(), identity, now);
    keep(user.with(new User.Draft(identity, null, null, null, true, available), now));
  }

  private User keep(User user) {
    users.put(user.sid(), user);
    return user;
  }

  public Change<User> createUser(Sid service, String identity, User.Draft draft) {
    of(service);
    return Change.quiet(now -> {
      if (findUser(service, identity).isPresent()) {
        throw ApiError.conflict(50201, "User already exists");
      }
      checkRole(service, draft.role());
      User made = keep(userOf(service, identity, now).with(draft, now));
      events.accept(Parameters.of(made).event("onUserAdded", service, null));
      return made;
    });
  }

  public Change<User> updateUser(Sid service, String name, User.Draft draft) {
    User before = user(service, name);
    checkRole(service, draft.role());
    return new Change<>() {
      @Override
      public Event before() {
        return Parameters.of(before.with(draft, before.updated()))
            .event("onUserUpdate", service, null);
      }

      @Override
      public User apply(Map<String, String> answer, Instant now) {
        User changed = keep(user(service, name).with(draft, now));
        events.accept(Parameters.of(changed).event("onUserUpdated", service, null));
        return changed;
      }
    };
  }

  public Change<User> deleteUser(Sid service, String name) {
    User user = user(service, name);
    return Change.quiet(now -> {
      users.remove(user.sid());
      return user;
    });
  }

  // Roles

  public List<Role> roles(Sid service) {
    return roles.values().stream().filter(role -> role.service().equals(service)).toList();
  }

  public Role role(Sid service, Sid sid) {
    Role role = roles.get(sid);
    if (role == null || !role.service().equals(service)) {
      throw ApiError.notFound("/Roles/" + sid);
    }
    return role;
  }

  void checkRole(Sid service, @Nullable Sid role) {
    if (role != null) {
      Role unused = role(service, role);
    }
  }

  public Role createRole(
      Sid service, String name, String type, List<String> permissions, Instant now) {
    of(service);
    return role(service, name, type, List.copyOf(permissions), now);
  }

  public Role updateRole(Sid service, Sid sid, List<String> permissions, Instant now) {
    Role before = role(service, sid);
    Role changed =
        new Role(
            sid,
            service,
            before.friendlyName(),
            before.type(),
            List.copyOf(permissions),
            before.created(),
            now);
    roles.put(sid, changed);
    return changed;
  }

  public void deleteRole(Sid service, Sid sid) {
    Role role = role(service, sid);
    Service of = of(service);
    boolean needed =
        List.of(of.creatorRole(), of.conversationRole(), of.serviceRole()).contains(role.sid());
    if (needed) {
      throw ApiError.badRequest(20001, "Role " + sid + " is a default of the service");
    }
    roles.remove(sid);
  }

  // Addresses

  public List<AddressConfiguration> addresses() {
    return List.copyOf(addresses.values());
  }

  /**
   * @param name a SID or an address
   */
  public AddressConfiguration address(String name) {
    return addresses.values().stream()
        .filter(a -> a.sid().value().equals(name) || a.address().equals(name))
        .findFirst()
        .orElseThrow(() -> ApiError.notFound("/Configuration/Addresses/" + name));
  }

  public AddressConfiguration createAddress(
      String type,
      String address,
      @Nullable String friendlyName,
      @Nullable String country,
      AddressConfiguration.AutoCreation autoCreation,
      Instant now) {
    if (addresses.values().stream().anyMatch(a -> a.address().equals(address))) {
      throw ApiError.conflict(20409, "An address configuration for " + address + " exists");
    }
    AddressConfiguration made =
        new AddressConfiguration(
            sids.apply(SidKind.ADDRESS_CONFIGURATION),
            type,
            address,
            friendlyName,
            country,
            autoCreation,
            now,
            now);
    addresses.put(made.sid(), made);
    return made;
  }

  public AddressConfiguration updateAddress(
      String name,
      @Nullable String friendlyName,
      AddressConfiguration.AutoCreation autoCreation,
      Instant now) {
    AddressConfiguration before = address(name);
    AddressConfiguration changed =
        new AddressConfiguration(
            before.sid(),
            before.type(),
            before.address(),
            friendlyName == null ? before.friendlyName() : friendlyName,
            before.country(),
            autoCreation,
            before.created(),
            now);
    addresses.put(changed.sid(), changed);
    return changed;
  }

  public void deleteAddress(String name) {
    addresses.remove(address(name).sid());
  }
}
