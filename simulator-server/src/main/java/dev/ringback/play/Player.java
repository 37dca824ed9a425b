package dev.ringback.play;

import dev.ringback.call.Call;
import dev.ringback.engine.CallRecord;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.Egress;
import dev.ringback.engine.Placed;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.journal.Journal;
import dev.ringback.journal.JournalEntry;
import dev.ringback.json.AccountJson;
import dev.ringback.report.Hints;
import dev.ringback.scenario.Judge;
import dev.ringback.scenario.PlayedWorld;
import dev.ringback.scenario.Resource;
import dev.ringback.scenario.Resources;
import dev.ringback.scenario.Scenario;
import dev.ringback.scenario.Scenario.Entrance;
import dev.ringback.scenario.Verdict;
import dev.ringback.scenario.Verdict.Failure;
import dev.ringback.scenariofile.CannedApp;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.scenariofile.ScenarioUrls;
import dev.ringback.voice.ExchangeId;
import dev.ringback.wire.HttpWire;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Plays scenarios, each in a world of its own. */
public final class Player {
  private final @Nullable String appUrl;
  private final Duration patience;
  private final RestApi restApi;
  private final UnaryOperator<WorldSettings> change;
  private final Consumer<World> watcher;

  /**
   * @param appUrl the app to play against; null: scenarios bring their own
   */
  public Player(@Nullable String appUrl) {
    this(appUrl, HttpWire.TOTAL_TIMEOUT, RestApi.NONE);
  }

  /**
   * @param patience with the app, on the wall
   * @param restApi by which the app reaches the world that plays
   */
  public Player(@Nullable String appUrl, Duration patience, RestApi restApi) {
    this(appUrl, patience, restApi, UnaryOperator.identity(), world -> {});
  }

  private Player(
      @Nullable String appUrl,
      Duration patience,
      RestApi restApi,
      UnaryOperator<WorldSettings> change,
      Consumer<World> watcher) {
    this.appUrl = appUrl;
    this.patience = patience;
    this.restApi = restApi;
    this.change = change;
    this.watcher = watcher;
  }

  /**
   * One that plays with another clock, and lets requests go nowhere else than that.
   *
   * @param egress in place of what the scenario says
   */
  public Player with(ClockMode clock, Egress egress) {
    return new Player(
        appUrl,
        patience,
        restApi,
        settings -> {
          WorldSettings.Identity identity = settings.identity();
          WorldSettings.Network network = identity.network();
          return new WorldSettings(
                  identity.with(
                      new WorldSettings.Network(network.publicUrl(), network.map(), egress)),
                  settings.time(),
                  settings.telephony(),
                  settings.frontline(),
                  settings.behaviour(),
                  settings.faults())
              .with(clock);
        },
        watcher);
  }

  /** One that shows each world to that, before anything happens in it. */
  public Player watchedBy(Consumer<World> watcher) {
    return new Player(appUrl, patience, restApi, change, watcher);
  }

  /** The app to play against; null: scenarios bring their own. */
  public @Nullable String appUrl() {
    return appUrl;
  }

  /**
   * What became of a scenario.
   *
   * @param journal all of it
   * @param calls in the order in which they were placed
   * @param took on the wall
   * @param settings of the world in which it was played
   */
  public record Performance(
      ScenarioFile file,
      Verdict verdict,
      List<JournalEntry> journal,
      List<CallRecord> calls,
      Duration took,
      WorldSettings settings) {
    /** For people who read why it failed. */
    public Hints hints() {
      return Hints.of(settings);
    }
  }

  /**
   * @throws BadInput when the scenario wants an app and there is none
   */
  public Performance play(ScenarioFile file) throws BadInput {
    Optional<Path> canned = file.app();
    if (appUrl != null) {
      return play(file, file.settings(ScenarioUrls.of(appUrl, restApi.url())));
    }
    if (canned.isEmpty()) {
      throw noApp(file);
    }
    try (CannedAppServer app = new CannedAppServer(CannedApp.read(canned.get()))) {
      return play(
          file, file.settings(new ScenarioUrls(CannedAppServer.PUBLIC_URL, app.url(), null)));
    }
  }

  private static BadInput noApp(ScenarioFile file) {
    return new BadInput(
        new Problem(
            file.file().toString(),
            0,
            "given.app",
            "the scenario brings no app of its own",
            "name a running one with --app URL"));
  }

  /** Refuses scenarios whose own app is not there or is wrong, for a run without another. */
  public static void checkApps(List<ScenarioFile> files) throws BadInput {
    for (ScenarioFile file : files) {
      Optional<Path> canned = file.app();
      if (canned.isEmpty()) {
        throw noApp(file);
      }
      CannedApp.read(canned.get());
    }
  }

  private Performance play(ScenarioFile file, WorldSettings given) {
    WorldSettings settings = change.apply(given);
    Performance performance = playUndisturbed(file, settings);
    // The second time the worlds take turns.
    while (performance == null) {
      performance = playUndisturbed(file, settings);
    }
    return performance;
  }

  /** Null: the app's REST requests could not be told from those of other worlds. */
  private @Nullable Performance playUndisturbed(ScenarioFile file, WorldSettings settings) {
    long start = System.nanoTime();
    Scenario scenario =
        settings.time().clock().virtual() ? file.scenario() : file.scenario().inRealTime();
    try (HttpWire wire = new HttpWire(HttpWire.CONNECT_TIMEOUT, patience);
        World world = new World(settings, wire, new AccountJson());
        RestApi.Serving serving = restApi.serve(world, file.sendsApiRequests())) {
      if (restApi.url() != null) {
        world.sendsApiRequestsBy(new ApiRequestClient(restApi.url(), settings));
      }
      watcher.accept(world);
      List<Failure> refusals = new ArrayList<>();
      List<CompletableFuture<Placed>> placed = new ArrayList<>();
      List<Scenario.Step> steps = scenario.when();
      for (int i = 0; i < steps.size(); i++) {
        switch (steps.get(i)) {
          case Entrance call ->
              placed.add(
                  call.at() == null
                      ? world.place(call.placement())
                      : world.place(call.placement(), call.at()));
          case Scenario.Advance advance -> {
            var unused = world.pass(advance.by());
          }
        }
        boolean hasCompany =
            steps.get(i) instanceof Entrance
                && i + 1 < steps.size()
                && steps.get(i + 1) instanceof Entrance next
                && next.at() != null;
        if (!hasCompany) {
          world.runUntilQuiet(serving.patience());
        }
      }
      for (CompletableFuture<Placed> one : placed) {
        if (one.join() instanceof Placed.Refused refused) {
          refusals.add(
              new Failure(
                  0,
                  "call: the placement of " + refused.field(),
                  List.of(refused.message() + "; " + refused.hint())));
        }
      }
      if (serving.disturbed()) {
        return null;
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      forgotten("journal: its first", world.journal().forgotten()).ifPresent(refusals::add);
      forgotten("requests of the REST API: the first", world.apiLog().forgotten())
          .ifPresent(refusals::add);
      List<JournalEntry> journal = world.journal().all();
      List<CallRecord> records = records(world);
      Verdict verdict =
          refusals.isEmpty()
              ? Judge.judge(
                  scenario,
                  new PlayedWorld(
                      journal, resources(world), world.apiLog().all(), wallTimes(records)))
              : new Verdict(refusals, refusals.getFirst().nearest().getFirst(), List.of());
      return new Performance(file, withFidelity(verdict, file), journal, records, took, settings);
    }
  }

  /** Without the beginning nobody can say what never came. */
  private static Optional<Failure> forgotten(String what, long many) {
    return many == 0
        ? Optional.empty()
        : Optional.of(
            new Failure(
                0,
                "%s %,d are gone".formatted(what, many),
                List.of(
                    "more was sent and answered than is kept of a scenario (%,d MiB): play its calls in several"
                        .formatted(Journal.CAPACITY / (1024 * 1024)))));
  }

  /** Where Twilio is known to do otherwise, as warnings. */
  private static Verdict withFidelity(Verdict verdict, ScenarioFile file) {
    List<String> warnings = new ArrayList<>(verdict.warnings());
    file.fidelity().forEach(line -> warnings.add("fidelity: " + line));
    return new Verdict(verdict.failures(), verdict.cause(), List.copyOf(warnings));
  }

  private static List<Resource> resources(World world) {
    var resources = world.ask(Resources::of);
    world.runUntilIdle();
    return resources.join();
  }

  private static Map<ExchangeId, Duration> wallTimes(List<CallRecord> records) {
    Map<ExchangeId, Duration> wallTimes = new HashMap<>();
    records.forEach(record -> wallTimes.putAll(record.wallTimes()));
    return wallTimes;
  }

  private static List<CallRecord> records(World world) {
    var calls = world.calls();
    world.runUntilIdle();
    List<CallRecord> records = new ArrayList<>();
    for (Call call : calls.join().reversed()) {
      var record = world.call(call.sid());
      world.runUntilIdle();
      record.join().ifPresent(records::add);
    }
    return records;
  }
}
