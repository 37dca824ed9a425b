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
 * @param account its SID
 * @param authToken signs its requests, and lets its API be called
 * @param testToken of the test credentials (docs/iam/test-credentials)
 * @param seed of all its identifiers
 * @param publicUrl where this Twilio answers, without a slash at the end
 * @param clock how time passes
 * @param start the world's first instant; null: the wall's now for a real clock, {@link
 *     #VIRTUAL_START} for a virtual one
 * @param settle virtual time: quiet on the wall before each skip
 * @param patience virtual time: how long on the wall it waits for a worker that custom routing may
 *     still add
 * @param latency virtual time: how long an answer is modelled to take
 * @param numbers the account's, in order
 * @param defaultVoice answers every number that is not configured; null: nothing does
 * @param frontline the Frontline instance
 * @param workers in the order of the pool
 * @param customers how numbers behave when they are called
 * @param conversations that exist from the beginning
 * @param behaviour the switches for what Twilio's pages leave open
 * @param map public addresses and where they really run
 * @param faults that are ordered from the beginning
 * @param callsPerSecond how many calls of the REST API leave the queue in a second
 * @param maxLiveCalls how many calls may be live at a time; more are refused
 * @param egress where requests may go
 * @param keys with which the API may be called beside the account's own token
 * @param debugger the Debugger webhook; null: nobody is told
 * @param callerIds numbers that were verified, so that calls may come from them as from those of
 *     the account; null: no list is kept, and nothing is checked against it
 */
public record WorldSettings(
    Sid account,
    String authToken,
    String testToken,
    long seed,
    String publicUrl,
    ClockMode clock,
    @Nullable Instant start,
    Duration settle,
    Duration patience,
    Duration latency,
    List<PhoneNumber> numbers,
    @Nullable Target defaultVoice,
    Frontline frontline,
    List<Worker> workers,
    Map<String, Cast> customers,
    List<KnownConversation> conversations,
    Behaviour behaviour,
    AddressMap map,
    List<FaultRule> faults,
    int callsPerSecond,
    int maxLiveCalls,
    Egress egress,
    List<KnownKey> keys,
    @Nullable Target debugger,
    @Nullable Set<String> callerIds) {

  /** An API key of the configuration. */
  public record KnownKey(Sid sid, String secret) {}

  /** How many calls may be live at a time, if nothing else is said. */
  public static final int MAX_LIVE_CALLS = 100_000;

  /** How long the clock waits for a worker, if nothing else is said. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Virtual clocks start here, so that the same run is the same tomorrow. */
  public static final Instant VIRTUAL_START = Instant.parse("2026-01-01T09:00:00Z");

  /**
   * A number of the account's.
   *
   * @param line null: no voice URL, the number is out of service
   */
  public record PhoneNumber(String number, @Nullable VoiceUrls line) {}

  /**
   * @param service the Conversations service; null: the first one a document names
   * @param routing how a new conversation gets its worker
   * @param pool identities for {@link Routing#POOL}; empty: all workers
   * @param routingUrl asked by {@link Routing#CUSTOM}; null: nobody is
   * @param webhooks of Conversations, for the whole account
   * @param integration callbacks of the Frontline app
   * @param outgoing the Request URL of the app "Voice in Frontline"; null: workers cannot call
   */
  public record Frontline(
      @Nullable Sid service,
      Routing routing,
      List<String> pool,
      @Nullable String routingUrl,
      WebhookConfiguration webhooks,
      @Nullable VoiceUrls outgoing,
      Integration integration) {}

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

  /** How a new conversation gets its worker. */
  public enum Routing implements WireNamed {
    /** The first available worker of the pool, round robin. */
    POOL("pool"),
    /** A request is made; whoever answers it adds a worker through the REST API. */
    CUSTOM("custom"),
    /** Nobody is added; somebody else may. */
    NONE("none");

    private final String wireName;

    Routing(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
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
    Consumer<@Nullable VoiceUrls> line =
        named -> {
          if (named != null) {
            target.accept(named.voice());
            target.accept(named.fallback());
            target.accept(named.statusCallback());
          }
        };
    numbers.forEach(number -> line.accept(number.line()));
    target.accept(defaultVoice);
    line.accept(frontline.outgoing());
    url.accept(frontline.routingUrl());
    url.accept(frontline.webhooks().pre());
    url.accept(frontline.webhooks().post());
    url.accept(frontline.integration().crm());
    url.accept(frontline.integration().outgoingConversation());
    url.accept(frontline.integration().templates());
    target.accept(debugger);
    map.routes().forEach(route -> urls.add(route.localPrefix()));
    return urls;
  }

  /** The account of the test credentials (docs/iam/test-credentials). */
  public Sid testAccount() {
    return new SidMint(seed, -2).sid(SidKind.ACCOUNT);
  }

  /**
   * A world of its own, nothing configured. Its tokens are from the seed, too, so anybody knows
   * them: whoever lets others call the API puts drawn ones in their place.
   */
  public static WorldSettings ofSeed(long seed, ClockMode clock) {
    SidMint mint = SidMint.of(seed);
    return new WorldSettings(
        mint.sid(SidKind.ACCOUNT),
        mint.next().hex32(),
        new SidMint(seed, -3).hex32(),
        seed,
        "http://localhost:4010",
        clock,
        null,
        Duration.ZERO,
        PATIENCE,
        Duration.ZERO,
        List.of(),
        null,
        new Frontline(
            null, Routing.POOL, List.of(), null, WebhookConfiguration.NONE, null, Integration.NONE),
        List.of(),
        Map.of(),
        List.of(),
        Behaviour.DEFAULT,
        AddressMap.NONE,
        List.of(),
        1,
        MAX_LIVE_CALLS,
        Egress.ANYTHING,
        List.of(),
        null,
        null);
  }
}
