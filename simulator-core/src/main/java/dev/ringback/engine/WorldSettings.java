package dev.ringback.engine;

import dev.ringback.call.Behaviour;
import dev.ringback.callback.AddressMap;
import dev.ringback.cast.Cast;
import dev.ringback.conversation.WebhookConfiguration;
import dev.ringback.fault.FaultRule;
import dev.ringback.id.Sid;
import dev.ringback.id.SidKind;
import dev.ringback.id.SidMint;
import dev.ringback.twiml.WireNamed;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a world is made from.
 *
 * @param identity whose account it is, and where it answers
 * @param time how time passes
 * @param telephony its numbers, and the parties that are called
 * @param frontline the Frontline instance
 * @param behaviour the switches for what Twilio's pages leave open
 * @param faults that stand from the beginning
 */
public record WorldSettings(
    Identity identity,
    Time time,
    Telephony telephony,
    Frontline frontline,
    Behaviour behaviour,
    List<FaultRule> faults) {

  /** The same with another clock. */
  public WorldSettings with(ClockMode clock) {
    return new WorldSettings(
        identity,
        new Time(clock, time.start(), time.settle(), time.patience(), time.latency()),
        telephony,
        frontline,
        behaviour,
        faults);
  }

  /** How many calls may be live at a time, if nothing else is said. */
  public static final int MAX_LIVE_CALLS = 100_000;

  /** How long the clock waits for a worker, if nothing else is said. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Virtual clocks start here, so that the same run is the same tomorrow. */
  public static final Instant VIRTUAL_START = Instant.parse("2026-01-01T09:00:00Z");

  /**
   * Whose account it is, and where it answers.
   *
   * @param account its SID
   * @param seed of all its identifiers
   * @param network where it answers, and where its requests go
   * @param debugger the Debugger webhook; null: nobody is told
   */
  public record Identity(
      Sid account, Credentials credentials, long seed, Network network, @Nullable Target debugger) {
    public Identity with(Network network) {
      return new Identity(account, credentials, seed, network, debugger);
    }
  }

  /**
   * What lets its API be called.
   *
   * @param authToken signs its requests, too
   * @param testToken of the test credentials (docs/iam/test-credentials)
   * @param keys beside the account's own token
   * @param drawn whether the token was made for this world, and is no secret of anything else
   */
  public record Credentials(
      String authToken, String testToken, List<KnownKey> keys, boolean drawn) {}

  /** An API key of the configuration. */
  public record KnownKey(Sid sid, String secret) {}

  /**
   * @param publicUrl where this Twilio answers, without a slash at the end
   * @param map public addresses and where they really run
   * @param egress where requests may go
   */
  public record Network(String publicUrl, AddressMap map, Egress egress) {}

  /**
   * How time passes.
   *
   * @param start the world's first instant; null: the wall's now for a real clock, {@link
   *     #VIRTUAL_START} for a virtual one
   * @param settle virtual time: quiet on the wall before each skip
   * @param patience virtual time: how long on the wall it waits for a worker that custom routing
   *     may still add
   * @param latency virtual time: how long an answer is modelled to take
   */
  public record Time(
      ClockMode clock,
      @Nullable Instant start,
      Duration settle,
      Duration patience,
      Duration latency) {
    /** Nothing is waited for, and answers take no time. */
    public static Time of(ClockMode clock) {
      return new Time(clock, null, Duration.ZERO, PATIENCE, Duration.ZERO);
    }
  }

  /**
   * Its numbers, and the parties that are called.
   *
   * @param numbers the account's, in order
   * @param defaultVoice answers every number that is not configured; null: nothing does
   * @param customers how numbers behave when they are called
   * @param callerIds numbers that were verified, so that calls may come from them as from those of
   *     the account; null: no list is kept, and nothing is checked against it
   * @param callsPerSecond how many calls of the REST API leave the queue in a second
   * @param maxLiveCalls how many calls may be live at a time; more are refused
   */
  public record Telephony(
      List<PhoneNumber> numbers,
      @Nullable Target defaultVoice,
      Map<String, Cast> customers,
      @Nullable Set<String> callerIds,
      int callsPerSecond,
      int maxLiveCalls) {
    public static final Telephony NONE =
        new Telephony(List.of(), null, Map.of(), null, 1, MAX_LIVE_CALLS);
  }

  /**
   * A number of the account's.
   *
   * @param urls null: no voice URL, the number is out of service
   */
  public record PhoneNumber(String number, @Nullable VoiceUrls urls) {}

  /**
   * @param service the Conversations service; null: the first one a document names
   * @param routing how a new conversation gets its worker
   * @param webhooks of Conversations, for the whole account
   * @param outgoing the Request URL of the app "Voice in Frontline"; null: workers cannot call
   * @param integration callbacks of the Frontline app
   * @param people that it knows from the beginning
   */
  public record Frontline(
      @Nullable Sid service,
      Routing routing,
      WebhookConfiguration webhooks,
      @Nullable VoiceUrls outgoing,
      Integration integration,
      People people) {
    public static final Frontline NONE =
        new Frontline(
            null, Routing.POOL, WebhookConfiguration.NONE, null, Integration.NONE, People.NONE);

    public Frontline with(People people) {
      return new Frontline(service, routing, webhooks, outgoing, integration, people);
    }
  }

  /**
   * How a new conversation gets its worker.
   *
   * @param pool identities for {@link RoutingMode#POOL}; empty: all workers
   * @param url asked by {@link RoutingMode#CUSTOM}; null: nobody is
   */
  public record Routing(RoutingMode mode, List<String> pool, @Nullable String url) {
    /** All workers take turns. */
    public static final Routing POOL = new Routing(RoutingMode.POOL, List.of(), null);
  }

  /** How a new conversation gets its worker. */
  public enum RoutingMode implements WireNamed {
    /** The first available worker of the pool, round robin. */
    POOL("pool"),
    /** A request is made, and the app adds a worker through the REST API. */
    CUSTOM("custom"),
    /** No worker is added; the app may add one. */
    NONE("none");

    private final String wireName;

    RoutingMode(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }

  /**
   * Frontline's integration service, which the app's developer runs (docs/frontline/callbacks).
   *
   * @param crm customers; null: not set
   * @param outgoingConversation from which number a worker writes or calls; null: not set
   * @param templates of messages; null: not set
   */
  public record Integration(
      @Nullable String crm, @Nullable String outgoingConversation, @Nullable String templates) {
    public static final Integration NONE = new Integration(null, null, null);
  }

  /**
   * @param workers in the order of the pool
   * @param conversations that exist from the beginning
   */
  public record People(List<Worker> workers, List<KnownConversation> conversations) {
    public static final People NONE = new People(List.of(), List.of());
  }

  /**
   * @param available whether pool routing may choose the worker
   * @param cast null: {@link Cast#DEFAULT}
   */
  public record Worker(String identity, boolean available, @Nullable Cast cast) {}

  /**
   * A conversation that is there from the beginning.
   *
   * @param sid null: one is made
   * @param service null: the account's
   * @param worker null: it has none
   * @param closed whether it is closed, so that a call does not find it
   */
  public record KnownConversation(
      @Nullable Sid sid,
      @Nullable Sid service,
      String customer,
      String number,
      @Nullable String worker,
      boolean closed) {}

  // What is asked most

  public Sid account() {
    return identity.account();
  }

  public String authToken() {
    return identity.credentials().authToken();
  }

  public String testToken() {
    return identity.credentials().testToken();
  }

  public long seed() {
    return identity.seed();
  }

  public String publicUrl() {
    return identity.network().publicUrl();
  }

  public ClockMode clock() {
    return time.clock();
  }

  /** The URLs that it names, and where mapped ones really go. */
  public Set<String> urls() {
    Set<String> urls = new LinkedHashSet<>();
    Consumer<@Nullable String> url =
        named -> {
          if (named != null) {
            urls.add(named);
          }
        };
    Consumer<@Nullable Target> target = named -> url.accept(named == null ? null : named.url());
    Consumer<@Nullable VoiceUrls> voice =
        named -> {
          if (named != null) {
            target.accept(named.voice());
            target.accept(named.fallback());
            target.accept(named.statusCallback());
          }
        };
    telephony.numbers().forEach(number -> voice.accept(number.urls()));
    target.accept(telephony.defaultVoice());
    voice.accept(frontline.outgoing());
    url.accept(frontline.routing().url());
    url.accept(frontline.webhooks().pre());
    url.accept(frontline.webhooks().post());
    url.accept(frontline.integration().crm());
    url.accept(frontline.integration().outgoingConversation());
    url.accept(frontline.integration().templates());
    target.accept(identity.debugger());
    identity.network().map().routes().forEach(route -> urls.add(route.localPrefix()));
    return urls;
  }

  /** The account of the test credentials (docs/iam/test-credentials). */
  public Sid testAccount() {
    return new SidMint(seed(), -2).sid(SidKind.ACCOUNT);
  }

  /**
   * A world of its own, nothing configured. Its tokens are from the seed, too, so anybody knows
   * them: a server that lets others call the API puts drawn ones in their place.
   */
  public static WorldSettings ofSeed(long seed, ClockMode clock) {
    SidMint mint = SidMint.of(seed);
    return new WorldSettings(
        new Identity(
            mint.sid(SidKind.ACCOUNT),
            new Credentials(mint.next().hex32(), new SidMint(seed, -3).hex32(), List.of(), true),
            seed,
            new Network("http://localhost:4010", AddressMap.NONE, Egress.ANYTHING),
            null),
        Time.of(clock),
        Telephony.NONE,
        Frontline.NONE,
        Behaviour.DEFAULT,
        List.of());
  }
}
