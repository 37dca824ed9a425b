package dev.ringback.scenariofile;

import dev.ringback.account.Addresses;
import dev.ringback.cast.Cast;
import dev.ringback.cast.Script;
import dev.ringback.config.CastReader;
import dev.ringback.config.WorldDraft;
import dev.ringback.id.ClientAddress;
import dev.ringback.scenario.Expectation;
import dev.ringback.scenario.Scenario;
import dev.ringback.scenario.Scenario.Expected;
import dev.ringback.scenario.Variables;
import dev.ringback.words.DidYouMean;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads scenario files. A file with a table of examples has a scenario for each row: {@code
 * ${name}} anywhere in it is that row's value.
 */
public final class ScenarioReader {
  private final Path file;
  private final WorldDraft draft = new WorldDraft();
  private final ThenReader then = new ThenReader();
  private final List<Section> shared = new ArrayList<>();
  private @Nullable Path used;

  private ScenarioReader(Path file) {
    this.file = file;
  }

  /** The only scenario of a file, or the first of its examples. */
  public static ScenarioFile read(Path file) throws BadInput {
    return readAll(file).getFirst();
  }

  /** The scenario of a file, or one for each row of its examples. */
  public static List<ScenarioFile> readAll(Path file) throws BadInput {
    return readAll(file, Yaml.read(file));
  }

  /**
   * The same of a text.
   *
   * @param file it was read from once; what it names is beside it
   */
  public static List<ScenarioFile> parse(Path file, String text) throws BadInput {
    return readAll(file, Yaml.parse(file.toString(), text));
  }

  private static List<ScenarioFile> readAll(Path file, Section root) throws BadInput {
    Examples examples = Examples.read(root);
    root.check();
    List<ScenarioFile> scenarios = new ArrayList<>();
    Set<Problem> problems = new LinkedHashSet<>();
    for (Examples.Row row : examples.rows(root.text("scenario").orElse(""))) {
      Section filled = root.with(row.values()::in);
      ScenarioReader reader = new ScenarioReader(file);
      scenarios.add(reader.read(filled, row));
      problems.addAll(filled.problems());
      reader.shared.forEach(section -> problems.addAll(section.problems()));
    }
    if (!problems.isEmpty()) {
      throw new BadInput(problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList());
    }
    return scenarios;
  }

  private ScenarioFile read(Section root, Examples.Row row) {
    root.missing("scenario");
    String title = root.text("scenario").orElse("");
    boolean strict = root.flag("strict").orElse(false);
    ScenarioFile.Labels labels =
        new ScenarioFile.Labels(new LinkedHashSet<>(root.texts("tags")), root.texts("fidelity"));
    root.has("examples"); // read before
    then.allow(root);
    Given given = root.section("given").map(section -> given(section, row)).orElse(Given.NOTHING);
    root.missing("when");
    WhenReader when = new WhenReader(draft.people(), given.cast());
    when.read(root.sections("when"));
    root.missing("then");
    if (root.sections("when").isEmpty() || root.sections("then").isEmpty()) {
      root.wrong("then", "a scenario has at least one call and one expectation");
    }
    noVariables(root);
    List<Section> expectations = root.sections("then");
    expectations.forEach(then::read);
    if (root.problems().isEmpty()
        && !expectations.isEmpty()
        && expectations.stream().allMatch(section -> section.keys().contains("allow"))) {
      root.wrong("then", "allows errors, and expects nothing");
    }
    root.done();
    Scenario scenario =
        new Scenario(
            title + row.suffix(),
            when.steps(),
            then.expected(),
            then.allowed(),
            strict,
            when.lines());
    return new ScenarioFile(
        file,
        scenario,
        new ScenarioFile.AppSide(given.app(), given.paths(), used, row.example()),
        labels,
        draft);
  }

  /** What is captured while a scenario plays is known too late for all but its expectations. */
  private static void noVariables(Section root) {
    for (String key : List.of("given", "when")) {
      root.within(key)
          .forEach(part ->
              part.find(Variables::namesIn)
                  .forEach((name, line) ->
                      part.wrongIn(
                          line,
                          "nothing is called ${%s} here".formatted(name),
                          "under %s: a variable is a key of examples:".formatted(key))));
    }
  }

  /**
   * What {@code given} says beside the world.
   *
   * @param app null: the scenario wants a real one
   */
  private record Given(Map<String, Cast> cast, @Nullable Path app, AppPaths paths) {
    static final Given NOTHING = new Given(Map.of(), null, AppPaths.DEFAULT);
  }

  /** The parts that it shares with other scenarios first; its own keys go before theirs. */
  private Given given(Section given, Examples.Row row) {
    Given base = Given.NOTHING;
    Optional<String> use = given.text("use");
    if (use.isPresent()) {
      Path path = file.resolveSibling(use.get());
      this.used = path;
      try {
        Section used = Yaml.read(path).with(row.values()::in);
        shared.add(used);
        base = readGiven(used, path, base);
      } catch (BadInput e) {
        given.wrong("use", e.problems().getFirst().toString());
      }
    }
    return readGiven(given, file, base);
  }

  private Given readGiven(Section given, Path source, Given base) {
    draft.readShared(given);
    given.integer("seed").ifPresent(s -> draft.seed = s);
    given.duration("latency").ifPresent(l -> draft.clock = draft.clock.withLatency(l));
    given.duration("patience").ifPresent(p -> draft.clock = draft.clock.withPatience(p));
    Map<String, Cast> cast = new LinkedHashMap<>(base.cast());
    cast.putAll(CastReader.byName(given, "cast"));
    given.section("cast").ifPresent(names -> names.keys().forEach(name -> castOf(names, name)));
    Path app = given.text("app").map(source::resolveSibling).orElse(base.app());
    AppPaths paths = given.section("urls").map(AppPaths::read).orElse(base.paths());
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
