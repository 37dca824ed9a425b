package dev.ringback.config;

import dev.ringback.call.Behaviour;
import dev.ringback.callback.AddressMap;
import dev.ringback.engine.Egress;
import dev.ringback.engine.WorldSettings;
import dev.ringback.engine.WorldSettings.Frontline;
import dev.ringback.fault.FaultRule;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Target;
import dev.ringback.voice.Urls;
import dev.ringback.voice.VoiceUrls;
import dev.ringback.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a world while they are put together: defaults, then a file's keys, then the
 * command line's options. What it holds are values, a section of the file each.
 */
public final class WorldDraft {
  public static final long DEFAULT_SEED = 42;

  public long seed = DEFAULT_SEED;
  public String publicUrl = "http://localhost:4010";
  public ClockSection clock = ClockSection.DEFAULT;
  public NumbersSection numbers = NumbersSection.NONE;
  public RestSection rest = RestSection.DEFAULT;

  /** How many calls may be live at a time. */
  public int maxLiveCalls = WorldSettings.MAX_LIVE_CALLS;

  /** Where requests may go. */
  public Egress egress = Egress.ANYTHING;

  /** Public addresses and where they really run. */
  public List<AddressMap.Route> routes = List.of();

  /** The Debugger webhook; null: nobody is told. */
  public @Nullable Target debugger;

  private AccountSection account = AccountSection.NONE;
  private Frontline frontline = Frontline.NONE;
  private PeopleSection people = PeopleSection.NONE;
  private Behaviour behaviour = Behaviour.DEFAULT;
  private List<FaultRule> faults = List.of();

  private final String drawnToken;
  private final String drawnTestToken;

  public WorldDraft() {
    drawnToken = AuthToken.draw();
    drawnTestToken = AuthToken.draw();
  }

  /** The same, to be changed on its own. */
  public WorldDraft(WorldDraft other) {
    seed = other.seed;
    publicUrl = other.publicUrl;
    clock = other.clock;
    numbers = other.numbers;
    rest = other.rest;
    maxLiveCalls = other.maxLiveCalls;
    egress = other.egress;
    routes = other.routes;
    debugger = other.debugger;
    account = other.account;
    frontline = other.frontline;
    people = other.people;
    behaviour = other.behaviour;
    faults = other.faults;
    drawnToken = other.drawnToken;
    drawnTestToken = other.drawnTestToken;
  }

  /** Whom a name can mean: the workers, those of the conversations and of the pool. */
  public Set<String> people() {
    Set<String> identities = people.identities();
    identities.addAll(frontline.routing().pool());
    return identities;
  }

  /** The settings as they are now. */
  public WorldSettings settings() {
    WorldSettings plain = WorldSettings.ofSeed(seed, clock.clockMode());
    return new WorldSettings(
        new WorldSettings.Identity(
            account.sid() == null ? plain.account() : account.sid(),
            new WorldSettings.Credentials(
                account.authToken() == null ? drawnToken : account.authToken(),
                drawnTestToken,
                account.keys(),
                account.authToken() == null),
            seed,
            new WorldSettings.Network(publicUrl, new AddressMap(routes), egress),
            debugger),
        new WorldSettings.Time(
            clock.clockMode(), clock.start(), clock.settle(), clock.patience(), clock.latency()),
        new WorldSettings.Telephony(
            numbers.numbers(),
            numbers.defaultVoice(),
            people.customers(),
            account.callerIds(),
            rest.callsPerSecond(),
            maxLiveCalls),
        frontline.with(new WorldSettings.People(people.workers(), people.conversations())),
        behaviour,
        faults);
  }

  /** Whether what was read says who the account is. */
  public boolean namesAccount() {
    return account.sid() != null && account.authToken() != null;
  }

  /** Who the account is, as far as what was read does not say so. */
  public void account(KnownAccount known) {
    account = account.or(known);
  }

  /** Whether the auth token is configured; otherwise it is made. */
  public boolean hasToken() {
    return account.authToken() != null;
  }

  /**
   * Where an app wants to hear of conversations, as far as it does.
   *
   * @param routing custom routing; null: as configured
   * @param calls where workers' calls go when nothing is configured
   */
  public void hook(
      @Nullable String routing, @Nullable String pre, @Nullable String post, VoiceUrls calls) {
    frontline = FrontlineReader.of(frontline, routing, pre, post, calls);
  }

  /** Reads the keys of a configuration file that concern the world. */
  public void read(Section root) {
    root.integer("seed").ifPresent(s -> seed = s);
    root.section("account").ifPresent(section -> account = account.read(section));
    root.section("clock").ifPresent(section -> clock = clock.read(section));
    root.section("rest").ifPresent(section -> rest = rest.read(section));
    readMap(root);
    numbers = numbers.read(root.sections("numbers"));
    readShared(root);
    root.section("debugger")
        .ifPresent(section -> {
          section
              .text("webhook", Urls::isAbsoluteHttp, Values.ABSOLUTE_URL)
              .ifPresent(url -> debugger = new Target(url, HttpMethod.POST));
          section.done();
        });
  }

  /** Reads the keys that a scenario's {@code given} shares with a configuration file. */
  public void readShared(Section root) {
    root.section("frontline")
        .ifPresent(section -> frontline = FrontlineReader.read(section, frontline));
    people = people.read(root);
    root.section("behaviour")
        .ifPresent(section -> behaviour = BehaviourReader.read(section, behaviour));
    List<FaultRule> all = new ArrayList<>(faults);
    all.addAll(FaultReader.all(root, "faults"));
    faults = List.copyOf(all);
  }

  private void readMap(Section root) {
    List<AddressMap.Route> all = new ArrayList<>(routes);
    root.freeTexts("map")
        .forEach((from, to) -> {
          if (!Urls.isAbsoluteHttp(from) || !Urls.isAbsoluteHttp(to)) {
            root.wrong(
                "map",
                "maps an absolute http(s) URL to another, not '" + from + "' to '" + to + "'");
          } else {
            all.add(new AddressMap.Route(Values.withoutSlash(from), Values.withoutSlash(to)));
          }
        });
    routes = List.copyOf(all);
  }
}
