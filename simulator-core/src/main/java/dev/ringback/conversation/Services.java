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

/**
 * The services of an account (docs/conversations/api/service-resource), and the account's own
 * configuration, which names the default one.
 */
public final class Services {
  private final Roles roles;
  private final SerializableFunction<SidKind, Sid> sids;
  private final Map<Sid, Service> services = new LinkedHashMap<>();
  private WebhookConfiguration webhooks;
  private Configuration configuration;
  private boolean adopting;

  /**
   * @param given the account's default service; null: the first one that is named becomes it
   * @param webhooks of the whole account
   */
  Services(
      @Nullable Sid given,
      WebhookConfiguration webhooks,
      Roles roles,
      Instant now,
      SerializableFunction<SidKind, Sid> sids) {
    this.roles = roles;
    this.sids = sids;
    this.webhooks = webhooks;
    this.adopting = given == null;
    Service first =
        make(given == null ? sids.apply(SidKind.SERVICE) : given, "Frontline Service", now);
    this.configuration =
        new Configuration(first.sid(), sids.apply(SidKind.MESSAGING_SERVICE), null, null);
  }

  private Service make(Sid sid, String name, Instant now) {
    Roles.Defaults defaults = roles.makeDefaults(sid, now);
    Service made =
        new Service(
            sid,
            name,
            now,
            now,
            defaults.creator(),
            defaults.conversation(),
            defaults.service(),
            true,
            WebhookConfiguration.NONE);
    services.put(sid, made);
    return made;
  }

  public List<Service> all() {
    return List.copyOf(services.values());
  }

  /** The default one. */
  public Service own() {
    return of(configuration.service());
  }

  public Optional<Service> find(Sid sid) {
    return Optional.ofNullable(services.get(sid));
  }

  Service of(Sid sid) {
    return find(sid).orElseThrow(() -> notFound(sid));
  }

  private static ApiError notFound(Sid sid) {
    return ApiError.notFound("/Services/" + sid);
  }

  public Service create(String name, Instant now) {
    Limits.checkLength("FriendlyName", name, Limits.NAME);
    return make(sids.apply(SidKind.SERVICE), name, now);
  }

  void delete(Sid sid) {
    if (of(sid).equals(own())) {
      throw ApiError.badRequest(20001, "The account's default service cannot be deleted");
    }
    services.remove(sid);
  }

  public Service configure(Sid sid, Service.Draft draft) {
    Service changed = of(sid).with(draft);
    services.put(sid, changed);
    return changed;
  }

  public Service configure(Sid sid, WebhookConfiguration.Draft draft) {
    Service service = of(sid);
    Service changed = service.with(service.webhooks().with(draft));
    services.put(sid, changed);
    return changed;
  }

  /**
   * Refuses a role that the service does not have.
   *
   * @param role null: no role is named
   */
  void checkRole(Sid service, @Nullable Sid role) {
    roles.check(service, role);
  }

  // The service that a document names first

  /** Whether the next service that is named becomes the account's. */
  public boolean adopts(Sid named) {
    return adopting && !services.containsKey(named);
  }

  /** The default service takes that SID. */
  void adopt(Sid named) {
    Service renamed = own().named(named);
    services.remove(configuration.service());
    services.put(named, renamed);
    configuration = configuration.withService(named);
    adopting = false;
  }

  // The account

  public Configuration configuration() {
    return configuration;
  }

  public Configuration configure(Configuration.Draft draft) {
    if (draft.service() != null) {
      if (find(draft.service()).isEmpty()) {
        throw notFound(draft.service());
      }
      adopting = false; // the account has decided which one the default is
    }
    configuration = configuration.with(draft);
    return configuration;
  }

  public WebhookConfiguration webhooks() {
    return webhooks;
  }

  public WebhookConfiguration configure(WebhookConfiguration.Draft draft) {
    webhooks = webhooks.with(draft);
    return webhooks;
  }
}
