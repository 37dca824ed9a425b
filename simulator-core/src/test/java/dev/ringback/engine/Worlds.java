package dev.ringback.engine;

import dev.ringback.call.Behaviour;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Script;
import dev.ringback.conversation.WebhookConfiguration;
import dev.ringback.engine.WorldSettings.Frontline;
import dev.ringback.engine.WorldSettings.KnownConversation;
import dev.ringback.engine.WorldSettings.PhoneNumber;
import dev.ringback.engine.WorldSettings.RoutingMode;
import dev.ringback.engine.WorldSettings.Worker;
import dev.ringback.fault.FaultRule;
import dev.ringback.id.Sid;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings for tests: one number, one customer, one worker, one conversation between them. */
public final class Worlds {
  public static final String CUSTOMER = "+15558675310";
  public static final String STRANGER = "+15558675399";
  public static final String NUMBER = "+15017122661";
  public static final String WORKER = "alice@example.com";
  public static final Sid SERVICE = new Sid("IS" + "0123456789abcdef".repeat(2));
  public static final Sid OTHER_SERVICE = new Sid("IS" + "fedcba9876543210".repeat(2));

  public long seed = 42;
  public ClockMode clock = new ClockMode.Skipping();
  public @Nullable Sid service = SERVICE;
  public RoutingMode routing = RoutingMode.POOL;
  public boolean available = true;
  public boolean fallback;
  public Behaviour behaviour = Behaviour.DEFAULT;
  public Duration latency = Duration.ZERO;
  public Duration patience = WorldSettings.PATIENCE;
  public WebhookConfiguration webhooks = WebhookConfiguration.NONE;
  public WorldSettings.Integration integration = WorldSettings.Integration.NONE;
  public int callsPerSecond = 1;
  public int maxLiveCalls = WorldSettings.MAX_LIVE_CALLS;
  public List<FaultRule> faults = List.of();
  public boolean debugger;
  public String debuggerPath = "/debugger";
  public @Nullable Set<String> callerIds;
  public String base = FakeApp.URL;

  /** Beside the one worker; all of them are the pool. */
  public final List<Worker> otherWorkers = new ArrayList<>();

  public final Map<String, Cast> casts = new LinkedHashMap<>();
  public final List<KnownConversation> conversations =
      new ArrayList<>(List.of(new KnownConversation(null, null, CUSTOMER, NUMBER, WORKER, false)));

  public WorldSettings settings() {
    WorldSettings plain = WorldSettings.ofSeed(seed, clock);
    VoiceUrls line =
        new VoiceUrls(post("/voice"), fallback ? post("/fallback") : null, post("/call-status"));
    List<Worker> workers = new ArrayList<>(List.of(new Worker(WORKER, available, null)));
    workers.addAll(otherWorkers);
    WorldSettings.Identity identity = plain.identity();
    return new WorldSettings(
        new WorldSettings.Identity(
            identity.account(),
            identity.credentials(),
            seed,
            identity.network(),
            debugger ? post(debuggerPath) : null),
        new WorldSettings.Time(clock, null, Duration.ZERO, patience, latency),
        new WorldSettings.Telephony(
            List.of(new PhoneNumber(NUMBER, line)),
            null,
            casts,
            callerIds,
            callsPerSecond,
            maxLiveCalls),
        new Frontline(
            service,
            new WorldSettings.Routing(routing, List.of(), base + "/routing"),
            webhooks,
            new VoiceUrls(post("/outgoing"), null, post("/call-status")),
            integration,
            new WorldSettings.People(workers, conversations)),
        behaviour,
        faults);
  }

  private Target post(String path) {
    return new Target(base + path, HttpMethod.POST);
  }

  public World with(Wire wire) {
    return new World(settings(), wire, new TestJson());
  }

  /** Customer calls, nothing is directed. */
  public static Placement call() {
    return new Placement.ByCustomer(CUSTOMER, NUMBER, Script.NO_DIRECTIONS);
  }

  public static String connect(String attributes) {
    return """
    <Response><Connect action="/action"><Conversation serviceInstanceSid="%s" %s/></Connect></Response>
    """
        .formatted(SERVICE, attributes)
        .strip();
  }
}
