package dev.ringback.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.call.Behaviour;
import dev.ringback.cli.Ringback;
import dev.ringback.config.ConfigFile;
import dev.ringback.play.Player;
import dev.ringback.scenario.Resource;
import dev.ringback.scenariofile.ScenarioFile;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.voice.Pace;
import dev.ringback.voice.RequestKind;
import dev.ringback.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the documents for people say is so. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..");

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  DocumentsTest() {}

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  private static List<MatchResult> find(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().toList();
  }

  private static String yamlOf(String file) throws IOException {
    String text = read(file);
    int start = text.indexOf("```yaml") + "```yaml".length();
    return text.substring(start, text.indexOf("```", start));
  }

  @Test
  void everyMakeTargetOfTheReadmeExists() throws Exception {
    String makefile = read("Makefile");
    for (MatchResult target : find("make ([a-z]+)", read("README.md"))) {
      assertTrue(makefile.contains("\n" + target.group(1) + ":"), target.group());
    }
  }

  @Test
  void everyCommandOfTheReadmeExistsAndNoneIsMissing() throws Exception {
    Set<String> named = new TreeSet<>();
    find("`ringback ([a-z]+)", read("README.md")).forEach(m -> named.add(m.group(1)));
    assertEquals(new TreeSet<>(Ringback.commandLine().getSubcommands().keySet()), named);
  }

  @Test
  void everyLinkLeadsSomewhere() throws Exception {
    for (String file :
        List.of(
            "README.md",
            "docs/ARCHITECTURE.md",
            "docs/INVARIANTS.md",
            "docs/SCENARIOS.md",
            "scenarios/README.md")) {
      for (MatchResult link : find("\\]\\(([^)#:]+)\\)", read(file))) {
        Path target = ROOT.resolve(file).resolveSibling(link.group(1));
        assertTrue(Files.exists(target), file + " links to " + link.group(1));
      }
    }
  }

  @Test
  void theExampleConfigurationIsRead() throws Exception {
    ConfigFile config =
        ConfigFile.read(Yaml.parse("CONFIGURATION.md", yamlOf("docs/CONFIGURATION.md")));
    assertEquals(1, config.world.settings().telephony().numbers().size());
  }

  @Test
  void everySwitchOfBehaviourIsInThePage() throws Exception {
    String page = read("docs/CONFIGURATION.md");
    switches(Behaviour.class).forEach(key -> assertTrue(page.contains("| `" + key + "` |"), key));
    assertEquals(14, switches(Behaviour.class).count());
  }

  /** The components of a record, those of the records in it among them. */
  private static Stream<String> switches(Class<?> record) {
    return Stream.of(record.getRecordComponents())
        .flatMap(component ->
            component.getType().isRecord()
                    && component.getType().getName().startsWith(Behaviour.class.getName())
                ? switches(component.getType())
                : Stream.of(component.getName()));
  }

  /** The pages on the house name classes that exist. */
  @ParameterizedTest
  @ValueSource(strings = {"docs/ARCHITECTURE.md", "docs/INVARIANTS.md"})
  void everyClassThatIsNamedExists(String page) throws Exception {
    Set<String> classes = classes();
    Set<String> unknown = new TreeSet<>();
    find("`@?([A-Z]\\w+)(\\.[\\w(, )]+)?`", read(page))
        .forEach(m -> {
          if (!classes.contains(m.group(1)) && !"Took".equals(m.group(1))) {
            unknown.add(m.group(1));
          }
        });
    assertEquals(Set.of(), unknown);
  }

  /** So do the decisions, but for tables of old names; words of others are no classes here. */
  @Test
  void everyClassThatADecisionNamesExists() throws Exception {
    Set<String> classes = classes();
    Set<String> others =
        Set.of(
            "AccountSid",
            "CallSid",
            "CallToken",
            "CustomerId",
            "DialBridged",
            "MediaSid",
            "RoomChanged", // in the journal's JSON
            "RuntimeException",
            "SecureRandom");
    String page =
        read("docs/DECISIONS.md")
            .lines()
            .filter(line -> !line.startsWith("|"))
            .collect(Collectors.joining("\n"));
    Set<String> unknown = new TreeSet<>();
    find("`@?((?:[A-Z][a-z]+){2,})(\\.[\\w(, )]+)?`", page)
        .forEach(m -> {
          if (!classes.contains(m.group(1)) && !others.contains(m.group(1))) {
            unknown.add(m.group(1));
          }
        });
    assertEquals(Set.of(), unknown);
  }

  /** All of the sources, those within others among them. */
  private static Set<String> classes() throws IOException {
    Set<String> classes = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        find("\\b(?:class|record|enum|interface) ([A-Z]\\w*)", Files.readString(file))
            .forEach(m -> classes.add(m.group(1)));
      }
    }
    return classes;
  }

  @Test
  void everyRateOfSpeechIsInThePage() throws Exception {
    String page = read("docs/CONFIGURATION.md");
    for (var rate : Pace.RATES.entrySet()) {
      assertTrue(
          page.contains("| %s | %d |".formatted(rate.getKey(), rate.getValue())), rate::toString);
    }
  }

  /** Each is played: a scenario by itself, a list as what the first one expects. */
  @Test
  void everyExampleOfTheScenariosPageHolds() throws Exception {
    Path page = ROOT.resolve("docs/SCENARIOS.md");
    List<String> blocks =
        find("(?s)```yaml\\n(.*?)```", Files.readString(page)).stream()
            .map(m -> m.group(1))
            .toList();
    String frame = blocks.getFirst().substring(0, blocks.getFirst().indexOf("then:\n") + 6);
    Player player = new Player(null);
    for (String block : blocks) {
      String scenario = block.startsWith("- ") ? frame + block : block;
      for (ScenarioFile each : ScenarioReader.parse(page, scenario)) {
        assertEquals(List.of(), player.play(each).verdict().failures(), block);
      }
    }
    assertEquals(5, blocks.size());
  }

  /** Every kind of request, every key and every option of the page exists, and none is missing. */
  @Test
  void theScenariosPageNamesAllThereIs() throws Exception {
    String page = read("docs/SCENARIOS.md");
    for (RequestKind kind : RequestKind.values()) {
      assertTrue(page.contains("`" + kind.wireName() + "`"), kind::wireName);
    }
    for (Resource.Kind kind : Resource.Kind.values()) {
      kind.fields().forEach(field -> assertTrue(page.contains("`" + field + "`"), field));
    }
    CommandLine run = Objects.requireNonNull(Ringback.commandLine().getSubcommands().get("run"));
    Set<String> options = new TreeSet<>();
    run.getCommandSpec().options().forEach(option -> options.addAll(List.of(option.names())));
    find(
            "`(--[a-z-]+)",
            page.substring(page.indexOf("## Running them"), page.indexOf("## Found by")))
        .forEach(m -> assertTrue(options.contains(m.group(1)), m.group(1)));
  }
}
