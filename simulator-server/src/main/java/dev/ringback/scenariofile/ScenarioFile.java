package dev.ringback.scenariofile;

import dev.ringback.callback.AddressMap;
import dev.ringback.cast.ScriptStep;
import dev.ringback.config.KnownAccount;
import dev.ringback.config.WorldDraft;
import dev.ringback.engine.Placement;
import dev.ringback.engine.WorldSettings;
import dev.ringback.engine.WorldSettings.PhoneNumber;
import dev.ringback.scenario.Scenario;
import dev.ringback.scenario.Scenario.Entrance;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.Target;
import dev.ringback.voice.VoiceUrls;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A scenario as a file says it; see {@code docs/SCENARIOS.md}. */
public final class ScenarioFile {
  private final Path file;
  private final Scenario scenario;
  private final AppSide app;
  private final Labels labels;
  private final WorldDraft given; // nobody changes this one

  /**
   * What stands in the file beside the scenario and its world.
   *
   * @param canned null: the scenario wants a real app
   * @param shared what it uses; null: nothing
   * @param example whether it is one of a table of examples
   */
  record AppSide(@Nullable Path canned, AppPaths paths, @Nullable Path shared, boolean example) {}

  /**
   * What is said of it.
   *
   * @param tags for {@code --tag}
   * @param fidelity of a captured call: where Twilio did otherwise, a sentence each
   */
  record Labels(Set<String> tags, List<String> fidelity) {}

  ScenarioFile(Path file, Scenario scenario, AppSide app, Labels labels, WorldDraft given) {
    this.file = file;
    this.scenario = scenario;
    this.app = app;
    this.labels = labels;
    this.given = given;
  }

  /** What the scenario is marked with, for `--tag`. */
  public Set<String> tags() {
    return labels.tags();
  }

  /** Of a captured call: where Twilio did otherwise, a sentence each. */
  public List<String> fidelity() {
    return labels.fidelity();
  }

  public Path file() {
    return file;
  }

  /** The files that it is made of: its own, its canned app, what it shares with others. */
  public Set<Path> sources() {
    Set<Path> sources = new LinkedHashSet<>(Set.of(file));
    if (app.canned() != null) {
      sources.add(app.canned());
    }
    if (app.shared() != null) {
      sources.add(app.shared());
    }
    return sources;
  }

  public String name() {
    return scenario.name();
  }

  /** The canned app beside the file; empty: the scenario wants a real one. */
  public Optional<Path> app() {
    return Optional.ofNullable(app.canned());
  }

  /** Whether its script sends REST requests. */
  public boolean sendsApiRequests() {
    return scenario.calls().stream()
        .flatMap(entrance -> entrance.placement().script().directions().stream())
        .anyMatch(step -> step.move() instanceof ScriptStep.ApiRequest);
  }

  /** Whether the file has more scenarios, one for each row of its examples. */
  public boolean isExample() {
    return app.example();
  }

  public long seed() {
    return given.seed;
  }

  public ScenarioFile withSeed(long seed) {
    WorldDraft draft = new WorldDraft(given);
    draft.seed = seed;
    return new ScenarioFile(file, scenario, app, labels, draft);
  }

  /** The same for that account, as far as the file names none. */
  public ScenarioFile withAccount(KnownAccount known) {
    WorldDraft draft = new WorldDraft(given);
    draft.account(known);
    return new ScenarioFile(file, scenario, app, labels, draft);
  }

  public Scenario scenario() {
    return scenario;
  }

  /** The world the scenario plays in. */
  public WorldSettings settings(ScenarioUrls urls) {
    WorldDraft draft = new WorldDraft(given);
    if (urls.twilio() != null) {
      draft.publicUrl = urls.twilio();
    }
    draft.clock = draft.clock.withMode("skipping");
    AppPaths paths = app.paths();
    Target root = paths.rootAt(urls.app());
    Target voice = paths.voiceAt(urls.app());
    VoiceUrls line =
        new VoiceUrls(
            voice, target(root, paths.voice().fallback()), target(root, paths.voice().status()));
    draft.numbers = draft.numbers.withMore(called(line));
    Target outgoing = target(root, paths.outgoing());
    draft.debugger = target(root, paths.debugger());
    draft.hook(
        url(root, paths.frontline().routing()),
        url(root, paths.frontline().preWebhook()),
        url(root, paths.frontline().postWebhook()),
        new VoiceUrls(outgoing == null ? voice : outgoing, line.fallback(), line.statusCallback()));
    if (!urls.local().equals(urls.app())) {
      draft.routes = List.of(new AddressMap.Route(urls.app(), urls.local()));
    }
    return draft.settings();
  }

  /** The numbers that customers call, each once. */
  private List<PhoneNumber> called(VoiceUrls line) {
    return scenario.calls().stream()
        .map(Entrance::placement)
        .filter(Placement.ByCustomer.class::isInstance)
        .map(Placement.ByCustomer.class::cast)
        .map(Placement.ByCustomer::to)
        .distinct()
        .map(number -> new PhoneNumber(number, line))
        .toList();
  }

  private static @Nullable Target target(Target root, @Nullable String path) {
    return path == null ? null : root.resolve(path, HttpMethod.POST);
  }

  private static @Nullable String url(Target root, @Nullable String path) {
    Target target = target(root, path);
    return target == null ? null : target.url();
  }
}
