package dev.ringback.files;

import dev.ringback.account.Addresses;
import dev.ringback.call.Behaviour;
import dev.ringback.call.DialCallStatus;
import dev.ringback.call.RecordingSource;
import dev.ringback.call.Result;
import dev.ringback.call.Target;
import dev.ringback.call.Urls;
import dev.ringback.call.VoiceUrls;
import dev.ringback.callback.AddressMap;
import dev.ringback.cast.Cast;
import dev.ringback.conversation.EventType;
import dev.ringback.conversation.WebhookConfiguration;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.Egress;
import dev.ringback.engine.WorldSettings;
import dev.ringback.engine.WorldSettings.Frontline;
import dev.ringback.engine.WorldSettings.Integration;
import dev.ringback.engine.WorldSettings.KnownConversation;
import dev.ringback.engine.WorldSettings.KnownKey;
import dev.ringback.engine.WorldSettings.PhoneNumber;
import dev.ringback.engine.WorldSettings.Routing;
import dev.ringback.engine.WorldSettings.Worker;
import dev.ringback.fault.FaultRule;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.twiml.WireNamed;
import dev.ringback.twiml.WrongAttribute;
import dev.ringback.words.Nearest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a world while they are put together: defaults, then a file's keys, then the
 * command line's options.
 */
public final class WorldDraft {
  public static final long DEFAULT_SEED = 42;

  /** Who answers when nobody is configured; {@code workers: []} means that there is nobody. */
  public static final Worker DEFAULT_WORKER = new Worker("worker@example.com", true, null);

  public long seed = DEFAULT_SEED;
  public String clockMode = "real";
  public double speed = 1;
  public String publicUrl = "http://localhost:4010";
  public Duration latency = Duration.ZERO;
  public @Nullable Target defaultVoice;
  public @Nullable VoiceUrls outgoing;
  public final List<PhoneNumber> numbers = new ArrayList<>();
  public final List<AddressMap.Route> routes = new ArrayList<>();
  public @Nullable Target debugger;

  private final List<FaultRule> faults = new ArrayList<>();

  private @Nullable Sid account;
  private @Nullable String authToken;
  private final String drawnToken = KnownAccount.drawToken();
  private final String drawnTestToken = KnownAccount.drawToken();
  private @Nullable Instant start;
  private Duration settle = Duration.ZERO;
  private @Nullable Sid service;
  private Routing routing = Routing.POOL;
  private List<String> pool = List.of();
  private @Nullable String routingUrl;
  private WebhookConfiguration webhooks = WebhookConfiguration.NONE;
  private Integration integration = Integration.NONE;

  /** Virtual time: how long on the wall it waits for a worker that custom routing may add. */
  public Duration patience = WorldSettings.PATIENCE;

  private int callsPerSecond = 1;

  /** How many requests the REST API takes at once; 0: as many as come. */
  public int maxConcurrentRequests;

  /** How many calls may be live at a time. */
  public int maxLiveCalls = WorldSettings.MAX_LIVE_CALLS;

  /** Where requests may go. */
  public Egress egress = Egress.ANYTHING;

  private final List<KnownKey> keys = new ArrayList<>();
  private @Nullable Set<String> callerIds;
  private boolean workersGiven;
  private final List<Worker> workers = new ArrayList<>();
  private final Map<String, Cast> customers = new LinkedHashMap<>();
  private final List<KnownConversation> conversations = new ArrayList<>();
  private Behaviour behaviour = Behaviour.DEFAULT;

  /** Whom a name can mean: the workers, those of the conversations and of the pool. */
  public Set<String> people() {
    Set<String> people = new LinkedHashSet<>();
    if (!workersGiven) {
      people.add(DEFAULT_WORKER.identity());
    }
    workers.forEach(worker -> people.add(worker.identity()));
    conversations.stream()
        .map(KnownConversation::worker)
        .filter(Objects::nonNull)
        .forEach(people::add);
    people.addAll(pool);
    return people;
  }

  /** The settings as they are now. */
  public WorldSettings settings() {
    return settings(List.of(), null);
  }

  /**
   * The settings with more to fall back on.
   *
   * @param more numbers that count where they are not configured
   * @param calls where workers' calls go when nothing is configured; null: nowhere
   */
  public WorldSettings settings(List<PhoneNumber> more, @Nullable VoiceUrls calls) {
    List<PhoneNumber> all = new ArrayList<>(numbers);
    more.stream()
        .filter(n -> numbers.stream().noneMatch(c -> c.number().equals(n.number())))
        .forEach(all::add);
    WorldSettings plain = WorldSettings.ofSeed(seed, clock());
    return new WorldSettings(
        account == null ? plain.account() : account,
        authToken == null ? drawnToken : authToken,
        drawnTestToken,
        seed,
        publicUrl,
        clock(),
        start,
        settle,
        patience,
        latency,
        List.copyOf(all),
        defaultVoice,
        new Frontline(
            service,
            routing,
            pool,
            routingUrl,
            webhooks,
            outgoing == null ? calls : outgoing,
            integration),
        workersGiven ? List.copyOf(workers) : List.of(DEFAULT_WORKER),
        customers,
        List.copyOf(conversations),
        behaviour,
        new AddressMap(List.copyOf(routes)),
        List.copyOf(faults),
        callsPerSecond,
        maxLiveCalls,
        egress,
        List.copyOf(keys),
        debugger,
        callerIds);
  }

  /** Whether what was read says who the account is. */
  public boolean namesAccount() {
    return account != null && authToken != null;
  }

  /** Who the account is, as far as what was read does not say so. */
  public void account(KnownAccount known) {
    account = account == null ? known.sid() : account;
    authToken = authToken == null ? known.authToken() : authToken;
  }

  /** Whether the auth token is configured; otherwise it is made. */
  public boolean hasToken() {
    return authToken != null;
  }

  public ClockMode clock() {
    return switch (clockMode) {
      case "real" -> new ClockMode.Real(speed);
      case "skipping" -> new ClockMode.Skipping();
      case "stepped" -> new ClockMode.Stepped();
      default -> throw new IllegalArgumentException(clockMode);
    };
  }

  /**
   * Where an app wants to hear of conversations, as far as it does.
   *
   * @param routing custom routing; null: as configured
   */
  void hook(@Nullable String routing, @Nullable String pre, @Nullable String post) {
    if (routing != null) {
      this.routing = Routing.CUSTOM;
      routingUrl = routing;
    }
    if (pre != null || post != null) {
      webhooks =
          new WebhookConfiguration(
              webhooks.method(),
              webhooks.filters().isEmpty() ? EventType.all() : webhooks.filters(),
              pre,
              post,
              "webhook");
    }
  }

  /** Reads the keys of a configuration file that concern the world. */
  public void read(Section root) {
    root.integer("seed").ifPresent(s -> seed = s);
    root.section("account").ifPresent(this::readAccount);
    root.section("clock").ifPresent(this::readClock);
    root.section("rest")
        .ifPresent(rest -> {
          rest.value(
                  "callsPerSecond",
                  text -> positive(text, 10_000),
                  "a whole number from 1 to 10000")
              .ifPresent(n -> callsPerSecond = n);
          rest.value(
                  "maxConcurrentRequests",
                  text -> positive(text, 100_000),
                  "a whole number from 1 to 100000")
              .ifPresent(n -> maxConcurrentRequests = n);
          rest.done();
        });
    root.freeTexts("map").forEach((from, to) -> route(root, "map", from, to));
    root.sections("numbers").forEach(this::readNumber);
    readPeople(root);
    root.section("debugger")
        .ifPresent(debugger -> {
          debugger
              .text("webhook", Urls::isAbsoluteHttp, "an absolute http(s) URL")
              .ifPresent(url -> this.debugger = new Target(url, HttpMethod.POST));
          debugger.done();
        });
  }

  /** Reads the keys that a scenario's {@code given} shares with a configuration file. */
  public void readPeople(Section root) {
    root.section("frontline").ifPresent(this::readFrontline);
    workersGiven |= root.keys().contains("workers");
    root.sections("workers").forEach(this::readWorker);
    root.sections("customers").forEach(this::readCustomer);
    root.sections("conversations").forEach(this::readConversation);
    root.section("behaviour").ifPresent(this::readBehaviour);
    faults.addAll(FaultOrders.all(root, "faults"));
  }

  private void readAccount(Section account) {
    this.account = sid(account, "sid", SidKind.ACCOUNT).orElse(null);
    account
        .text("authToken", KnownAccount::isToken, "32 hexadecimal digits")
        .ifPresent(token -> authToken = token);
    for (Section key : account.sections("apiKeys")) {
      key.missing("sid");
      key.missing("secret");
      Optional<Sid> sid = sid(key, "sid", SidKind.API_KEY);
      Optional<String> secret = key.text("secret");
      key.done();
      sid.ifPresent(s -> secret.ifPresent(t -> keys.add(new KnownKey(s, t))));
    }
    readCallerIds(account);
    account.done();
  }

  /** An empty list is a list: then only numbers of the account's may be shown. */
  private void readCallerIds(Section account) {
    List<String> numbers = account.texts("callerIds");
    if (account.keys().contains("callerIds")) {
      numbers.stream()
          .filter(number -> !Addresses.isE164(number))
          .forEach(number ->
              account.wrong(
                  "callerIds",
                  "lists numbers in E.164, such as +15558675310 (quote them in YAML), not '"
                      + number
                      + "'"));
      callerIds = new TreeSet<>(numbers);
    }
  }

  private void readClock(Section clock) {
    clock.choice("mode", List.of("real", "skipping", "stepped")).ifPresent(m -> clockMode = m);
    clock
        .value("speed", WorldDraft::parseSpeed, "a number above 0, at most 1000")
        .ifPresent(s -> speed = s);
    clock
        .value("start", WorldDraft::parseInstant, "a time such as 2026-01-01T09:00:00Z")
        .ifPresent(s -> start = s);
    clock.duration("settle").ifPresent(s -> settle = s);
    clock.duration("patience").ifPresent(p -> patience = p);
    clock.done();
  }

  static Optional<Integer> positive(String text, int most) {
    return text.matches("[1-9]\\d{0,5}") && Integer.parseInt(text) <= most
        ? Optional.of(Integer.valueOf(text))
        : Optional.empty();
  }

  /** A speed as written; empty when it is none. */
  public static Optional<Double> parseSpeed(String text) {
    try {
      double speed = Double.parseDouble(text);
      return speed > 0 && speed <= 1000 ? Optional.of(speed) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> parseInstant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private void route(Section section, String key, String from, String to) {
    if (!Urls.isAbsoluteHttp(from) || !Urls.isAbsoluteHttp(to)) {
      section.wrong(
          key, "maps an absolute http(s) URL to another, not '" + from + "' to '" + to + "'");
    } else {
      routes.add(new AddressMap.Route(withoutSlash(from), withoutSlash(to)));
    }
  }

  /** A URL to put a path behind. */
  public static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private void readNumber(Section number) {
    number.missing("number");
    Optional<String> e164 = number(number, "number");
    Optional<Target> voice = target(number, "voiceUrl", "voiceMethod");
    Optional<Target> fallback = target(number, "voiceFallbackUrl", "voiceFallbackMethod");
    Optional<Target> status = target(number, "statusCallback", "statusCallbackMethod");
    number.done();
    if (voice.isEmpty() && fallback.isPresent()) {
      number.wrong("voiceFallbackUrl", "needs a voiceUrl beside it (error 21405)");
    }
    if (e164.filter(n -> numbers.stream().anyMatch(c -> c.number().equals(n))).isPresent()) {
      number.wrong("number", "is configured twice");
    }
    e164.ifPresent(n ->
        numbers.add(
            new PhoneNumber(
                n,
                voice
                    .map(v -> new VoiceUrls(v, fallback.orElse(null), status.orElse(null)))
                    .orElse(null))));
  }

  static Optional<String> number(Section section, String key) {
    return section.text(
        key, Addresses::isE164, "a number in E.164, such as +15017122661 (quote it in YAML)");
  }

  private static Optional<Target> target(Section section, String urlKey, String methodKey) {
    HttpMethod method =
        section
            .choice(methodKey, List.of("GET", "POST"))
            .map(HttpMethod::valueOf)
            .orElse(HttpMethod.POST);
    return section
        .text(urlKey, Urls::isAbsoluteHttp, "an absolute http(s) URL")
        .map(url -> new Target(url, method));
  }

  private static Optional<Sid> sid(Section section, String key, SidKind kind) {
    return section
        .text(
            key,
            text -> Sid.isWellFormed(kind, text),
            "a SID: " + kind.prefix() + " and 32 hexadecimal digits")
        .map(Sid::new);
  }

  private void readFrontline(Section frontline) {
    sid(frontline, "service", SidKind.SERVICE).ifPresent(s -> service = s);
    frontline
        .section("routing")
        .ifPresent(section -> {
          section.named("mode", Routing.class).ifPresent(mode -> routing = mode);
          pool = section.texts("pool");
          section
              .text("url", Urls::isAbsoluteHttp, "an absolute http(s) URL")
              .ifPresent(url -> routingUrl = url);
          if (routing == Routing.CUSTOM && routingUrl == null) {
            section.wrong("mode", "custom needs the url that is asked", "add routing.url");
          }
          section.done();
        });
    frontline
        .section("outgoing")
        .ifPresent(section -> {
          Optional<Target> voice = target(section, "url", "method");
          Optional<Target> fallback = target(section, "fallbackUrl", "fallbackMethod");
          Optional<Target> status = target(section, "statusCallback", "statusCallbackMethod");
          section.missing("url");
          section.done();
          voice.ifPresent(
              v -> outgoing = new VoiceUrls(v, fallback.orElse(null), status.orElse(null)));
        });
    frontline.section("webhooks").ifPresent(this::readWebhooks);
    frontline
        .section("integration")
        .ifPresent(section -> {
          integration =
              new Integration(
                  url(section, "crm"),
                  url(section, "outgoingConversation"),
                  url(section, "templates"));
          section.done();
        });
    frontline.done();
  }

  private static @Nullable String url(Section section, String key) {
    return section.text(key, Urls::isAbsoluteHttp, "an absolute http(s) URL").orElse(null);
  }

  private void readWebhooks(Section section) {
    String what = "an absolute http(s) URL";
    Optional<String> pre = section.text("pre", Urls::isAbsoluteHttp, what);
    Optional<String> post = section.text("post", Urls::isAbsoluteHttp, what);
    Optional<HttpMethod> method =
        section.choice("method", List.of("GET", "POST")).map(HttpMethod::valueOf);
    List<EventType> filters = new ArrayList<>();
    for (String filter : section.texts("filters")) {
      EventType.named(filter)
          .ifPresentOrElse(
              filters::add,
              () ->
                  section.wrong(
                      "filters",
                      "there is no event '" + filter + "'",
                      Nearest.to(filter, EventType.wireNames(EventType.all()))
                          .map(near -> "did you mean " + near + "?")
                          .orElse("see Twilio's page on Conversations webhooks")));
    }
    section.done();
    webhooks =
        new WebhookConfiguration(
            method.orElse(HttpMethod.POST),
            filters.isEmpty() ? EventType.all() : filters,
            pre.orElse(null),
            post.orElse(null),
            "webhook");
  }

  private void readWorker(Section worker) {
    worker.missing("identity");
    Optional<String> identity = worker.text("identity");
    boolean available = worker.flag("available").orElse(true);
    Cast cast = Casts.read(worker, "cast").orElse(null);
    worker.done();
    identity.ifPresent(i -> workers.add(new Worker(i, available, cast)));
  }

  private void readCustomer(Section customer) {
    customer.missing("number");
    Optional<String> number = number(customer, "number");
    Optional<Cast> cast = Casts.read(customer, "cast");
    customer.done();
    number.ifPresent(n -> cast.ifPresent(c -> customers.put(n, c)));
  }

  private void readConversation(Section conversation) {
    conversation.missing("customer");
    conversation.missing("number");
    Optional<Sid> sid = sid(conversation, "sid", SidKind.CONVERSATION);
    Optional<Sid> in = sid(conversation, "service", SidKind.SERVICE);
    Optional<String> customer = number(conversation, "customer");
    Optional<String> number = number(conversation, "number");
    Optional<String> worker = conversation.text("worker");
    boolean closed =
        conversation
            .choice("state", List.of("active", "inactive", "closed"))
            .filter("closed"::equals)
            .isPresent();
    conversation.done();
    if (customer.isPresent() && number.isPresent()) {
      if (!closed && conversations.stream().anyMatch(c -> isOf(c, customer.get(), number.get()))) {
        conversation.wrong("customer", "has an open conversation with that number already");
      }
      conversations.add(
          new KnownConversation(
              sid.orElse(null),
              in.orElse(null),
              customer.get(),
              number.get(),
              worker.orElse(null),
              closed));
    }
  }

  private static boolean isOf(KnownConversation known, String customer, String number) {
    return !known.closed() && known.customer().equals(customer) && known.number().equals(number);
  }

  /** {@code completed} is kept for parties that were connected. */
  private static Optional<DialCallStatus> incomplete(Section section, String key) {
    return section
        .choice(key, List.of("busy", "no-answer", "failed", "canceled"))
        .flatMap(name -> WireNamed.find(DialCallStatus.class, name));
  }

  private void readBehaviour(Section section) {
    Behaviour b = behaviour;
    behaviour =
        new Behaviour(
            section
                .choice("connectActionDefault", List.of("end-call", "current-document"))
                .map(c ->
                    c.equals("end-call")
                        ? Behaviour.ConnectActionDefault.END_CALL
                        : Behaviour.ConnectActionDefault.CURRENT_DOCUMENT)
                .orElse(b.connectActionDefault()),
            section.named("wrongAttribute", WrongAttribute.class).orElse(b.wrongAttribute()),
            section.flag("redirectAsksAction").orElse(b.redirectAsksAction()),
            section
                .choice("relativeRecordingStatusCallback", List.of("resolve", "refuse"))
                .map("resolve"::equals)
                .orElse(b.relativeRecordingStatusCallback()),
            section
                .named("conversationWithoutWorker", Result.class)
                .orElse(b.conversationWithoutWorker()),
            section.duration("outboundTimeout").orElse(b.outboundTimeout()),
            incomplete(section, "declinedAfterUrl").orElse(b.declinedAfterUrl()),
            incomplete(section, "failedUrl").orElse(b.failedUrl()),
            incomplete(section, "callerGone").orElse(b.callerGone()),
            section.flag("countUnsubscribedEvents").orElse(b.countUnsubscribedEvents()),
            section.named("recordingSource", RecordingSource.class).orElse(b.recordingSource()),
            section.duration("recordingProcessing").orElse(b.recordingProcessing()),
            section.named("callerGoneUndialled", Result.class).orElse(b.callerGoneUndialled()),
            section
                .named("signedGetParameters", Behaviour.SignedGetParameters.class)
                .orElse(b.signedGetParameters()));
    section.done();
  }
}
