package dev.ringback.scenariofile;

import dev.ringback.account.Addresses;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Script;
import dev.ringback.config.CastReader;
import dev.ringback.config.WorldDraft;
import dev.ringback.scenario.Expectation;
import dev.ringback.scenario.Scenario;
import dev.ringback.scenario.Scenario.Expected;
import dev.ringback.voice.ClientAddress;
import dev.ringback.words.DidYouMean;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads scenario files. */
public final class ScenarioReader {
  private final Path file;
  private final WorldDraft draft = new WorldDraft();
  private final ThenReader then = new ThenReader();

  private ScenarioReader(Path file) {
    this.file = file;
  }

  public static ScenarioFile read(Path file) throws BadInput {
    Section root = Yaml.read(file);
    ScenarioFile scenario = new ScenarioReader(file).read(root);
    root.check();
    return scenario;
  }

  private ScenarioFile read(Section root) {
    root.missing("scenario");
    String name = root.text("scenario").orElse("");
    boolean strict = root.flag("strict").orElse(false);
    then.allow(root);
    Given given = root.section("given").map(this::readGiven).orElse(Given.NOTHING);
    root.missing("when");
    WhenReader when = new WhenReader(draft.people(), given.cast());
    when.read(root.sections("when"));
    root.missing("then");
    if (when.calls().isEmpty() || root.sections("then").isEmpty()) {
      root.wrong("then", "a scenario has at least one call and one expectation");
    }
    root.sections("then").forEach(then::read);
    root.done();
    Scenario scenario =
        new Scenario(name, when.calls(), then.expected(), then.allowed(), strict, when.lines());
    return new ScenarioFile(file, scenario, given.app(), given.paths(), draft);
  }

  /**
   * What {@code given} says beside the world.
   *
   * @param app null: the scenario wants a real one
   */
  private record Given(Map<String, Cast> cast, @Nullable Path app, AppPaths paths) {
    static final Given NOTHING = new Given(Map.of(), null, AppPaths.DEFAULT);
  }

  private Given readGiven(Section given) {
    draft.readShared(given);
    given.integer("seed").ifPresent(s -> draft.seed = s);
    given.duration("latency").ifPresent(l -> draft.clock = draft.clock.withLatency(l));
    given.duration("patience").ifPresent(p -> draft.clock = draft.clock.withPatience(p));
    Map<String, Cast> cast = CastReader.byName(given, "cast");
    given.section("cast").ifPresent(names -> names.keys().forEach(name -> castOf(names, name)));
    Path app = given.text("app").map(file::resolveSibling).orElse(null);
    AppPaths paths = given.section("urls").map(AppPaths::read).orElse(AppPaths.DEFAULT);
    given.done();
    return new Given(cast, app, paths);
  }

  /**
   * A number can always be called, and so can whom the app adds or its TwiML names; whether it does
   * is known afterwards. What looks like one of the workers was meant to be one.
   */
  private void castOf(Section names, String name) {
    Set<String> known = draft.people();
    String client = ClientAddress.identity(name);
    if (Script.isPattern(name)
        || known.contains(client)
        || Addresses.isE164(name)
        || name.startsWith("sip:")) {
      return;
    }
    if (name.matches("\\+?[\\d ().-]{5,}")) {
      names.wrong(name, "a number is written in E.164, such as +15558675310, not '" + name + "'");
    } else if (!ClientAddress.is(name) && DidYouMean.slip(client, known).isPresent()) {
      names.wrong(
          name,
          "nobody is called '" + name + "'",
          "did you mean '%s'? Write client:%s for a client that the app's own TwiML dials"
              .formatted(DidYouMean.slip(client, known).orElseThrow(), name));
    } else {
      then.add(new Expected(new Expectation.Called(client), names.line(name)));
    }
  }
}
