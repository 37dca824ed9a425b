package dev.ringback.account;

import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.snapshot.SerializableFunction;
import dev.ringback.voice.VoiceUrls;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The numbers, apps, messages and keys of an account. What is changed here holds at once. */
public final class Inventory {
  /** Older messages are forgotten. */
  private static final int MAX_MESSAGES = 10_000;

  private final SerializableFunction<SidKind, Sid> sids;
  private final SerializableFunction<Sid, String> secrets;
  private final @Nullable VoiceUrls defaultUrls;
  private final @Nullable Set<String> callerIds;
  private final Map<Sid, PhoneNumber> numbers = new LinkedHashMap<>();
  private final Map<Sid, Application> applications = new LinkedHashMap<>();
  private final Map<Sid, TextMessage> messages = new LinkedHashMap<>();
  private final Map<Sid, ApiKey> keys = new LinkedHashMap<>();

  /**
   * @param sids makes identifiers
   * @param secrets the secret of a key that is made
   * @param defaultUrls answers every number that is not here; null: nothing does
   * @param callerIds numbers that were verified; null: nobody keeps a list of them
   */
  public Inventory(
      SerializableFunction<SidKind, Sid> sids,
      SerializableFunction<Sid, String> secrets,
      @Nullable VoiceUrls defaultUrls,
      @Nullable Set<String> callerIds) {
    this.sids = sids;
    this.secrets = secrets;
    this.defaultUrls = defaultUrls;
    this.callerIds = callerIds;
  }

  // Numbers

  /** The newest last. */
  public List<PhoneNumber> numbers() {
    return List.copyOf(numbers.values());
  }

  public Optional<PhoneNumber> number(Sid sid) {
    return Optional.ofNullable(numbers.get(sid));
  }

  public Optional<PhoneNumber> number(String number) {
    return numbers.values().stream().filter(n -> n.number().equals(number)).findFirst();
  }

  /** Whether a number is the account's: without any, or with a default for all, every one is. */
  public boolean owns(String number) {
    return defaultUrls != null || numbers.isEmpty() || number(number).isPresent();
  }

  /** The numbers that a called party may be shown, as of now; null: every one. */
  public @Nullable Set<String> callerIds() {
    if (callerIds == null) {
      return null;
    }
    Set<String> all = new TreeSet<>(callerIds);
    numbers.values().forEach(number -> all.add(number.number()));
    return all;
  }

  /** Whether a call by the API may come from that number: it is the account's, or was verified. */
  public boolean mayShow(String number) {
    return callerIds == null
        ? owns(number)
        : callerIds.contains(number) || number(number).isPresent();
  }

  public PhoneNumber addNumber(String number, Endpoints endpoints, Instant now) {
    PhoneNumber made =
        new PhoneNumber(sids.apply(SidKind.PHONE_NUMBER), number, endpoints, now, now);
    numbers.put(made.sid(), made);
    return made;
  }

  public PhoneNumber updateNumber(PhoneNumber number, Endpoints endpoints, Instant now) {
    PhoneNumber changed =
        new PhoneNumber(number.sid(), number.number(), endpoints, number.created(), now);
    numbers.put(changed.sid(), changed);
    return changed;
  }

  public void removeNumber(Sid sid) {
    numbers.remove(sid);
  }

  /**
   * What answers a number.
   *
   * @param application that answers; null: the number itself does
   */
  public record Answer(VoiceUrls urls, @Nullable Sid application) {}

  /** Whether who calls that number is looked up by name. */
  public boolean looksUpNames(String number) {
    return number(number)
        .map(found -> found.endpoints().get("voice_caller_id_lookup"))
        .filter(wanted -> !wanted.isEmpty())
        .isPresent();
  }

  /** Who answers calls to a number; empty: it is out of service. */
  public Optional<Answer> answer(String number) {
    Optional<PhoneNumber> found = number(number);
    if (found.isEmpty()) {
      return Optional.ofNullable(defaultUrls).map(urls -> new Answer(urls, null));
    }
    Endpoints endpoints = found.get().endpoints();
    String application = endpoints.get("voice_application_sid");
    if (application != null) {
      Optional<Application> app = application(new Sid(application));
      VoiceUrls urls = app.map(a -> a.endpoints().urls()).orElse(null);
      return app.isEmpty() || urls == null
          ? Optional.empty()
          : Optional.of(new Answer(urls, app.get().sid()));
    }
    VoiceUrls urls = endpoints.urls();
    return urls == null ? Optional.empty() : Optional.of(new Answer(urls, null));
  }

  // Applications

  public List<Application> applications() {
    return List.copyOf(applications.values());
  }

  public Optional<Application> application(Sid sid) {
    return Optional.ofNullable(applications.get(sid));
  }

  public Application addApplication(Endpoints endpoints, Instant now) {
    return addApplication(sids.apply(SidKind.APPLICATION), endpoints, now);
  }

  /** An app whose SID is known already. */
  public Application addApplication(Sid sid, Endpoints endpoints, Instant now) {
    Application made = new Application(sid, endpoints, now, now);
    applications.put(sid, made);
    return made;
  }

  public Application updateApplication(Application before, Endpoints endpoints, Instant now) {
    Application changed = new Application(before.sid(), endpoints, before.created(), now);
    applications.put(changed.sid(), changed);
    return changed;
  }

  public void removeApplication(Sid sid) {
    applications.remove(sid);
  }

  // Messages

  public List<TextMessage> messages() {
    return List.copyOf(messages.values());
  }

  public Optional<TextMessage> message(Sid sid) {
    return Optional.ofNullable(messages.get(sid));
  }

  public TextMessage addMessage(
      String to,
      @Nullable String from,
      @Nullable String service,
      String body,
      int media,
      Instant now) {
    TextMessage made =
        new TextMessage(sids.apply(SidKind.MESSAGE), to, from, service, body, media, now, now);
    messages.put(made.sid(), made);
    if (messages.size() > MAX_MESSAGES) {
      messages.remove(messages.keySet().iterator().next());
    }
    return made;
  }

  /** Takes away the words of a message, which is all that may be changed of one. */
  public TextMessage redact(TextMessage message, Instant now) {
    TextMessage changed =
        new TextMessage(
            message.sid(),
            message.to(),
            message.from(),
            message.service(),
            "",
            message.media(),
            message.created(),
            now);
    messages.put(changed.sid(), changed);
    return changed;
  }

  public void removeMessage(Sid sid) {
    messages.remove(sid);
  }

  // Keys

  public List<ApiKey> keys() {
    return List.copyOf(keys.values());
  }

  public Optional<ApiKey> key(Sid sid) {
    return Optional.ofNullable(keys.get(sid));
  }

  public ApiKey addKey(String friendlyName, Instant now) {
    Sid sid = sids.apply(SidKind.API_KEY);
    return addKey(sid, secrets.apply(sid), friendlyName, now);
  }

  /** A key of the configuration. */
  public ApiKey addKey(Sid sid, String secret, String friendlyName, Instant now) {
    ApiKey made = new ApiKey(sid, secret, friendlyName, now, now);
    keys.put(sid, made);
    return made;
  }

  public ApiKey updateKey(ApiKey before, String friendlyName, Instant now) {
    ApiKey changed = new ApiKey(before.sid(), before.secret(), friendlyName, before.created(), now);
    keys.put(changed.sid(), changed);
    return changed;
  }

  public void removeKey(Sid sid) {
    keys.remove(sid);
  }
}
