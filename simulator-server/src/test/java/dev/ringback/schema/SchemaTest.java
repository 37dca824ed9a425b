package dev.ringback.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ringback.config.ConfigFile;
import dev.ringback.house.GeneratedDocs;
import dev.ringback.json.JournalJson;
import dev.ringback.scenariofile.ScenarioReader;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import dev.ringback.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schemas and the readers accept the same files, and refuse the same. */
@Timeout(120)
class SchemaTest {
  private static final int MUTANTS = 1_000;

  /** What one part of a file says of another, or of the world: no schema can know it. */
  private static final Pattern REFERENCES =
      Pattern.compile(
          "nobody is called|has an open conversation|is configured twice|nothing is called"
              + "|stands nowhere|is found in no value|the smaller first|such as \\[18s"
              + "|is no regular expression|is not a regular expression|custom needs the url"
              + "|needs a voiceUrl|is written in E.164|goes with faults of requests"
              + "|which can be slow or dropped|is for the party that calls|does not fit"
              + "|a number above 0|a number from 0 to 1|a time such as|there is no such file"
              + "|is never '|no \\S+ request carries|must be a SID: two|must be a number, not"
              + "|a duration, such as 90s|is a second request");

  private static Schema schema(Map<String, Object> schema) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(JournalJson.mapper().writeValueAsString(schema), InputFormat.JSON);
  }

  private static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../scenarios"))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().contains("/apps/"))
          .sorted()
          .toList();
    }
  }

  private static Object tree(String yaml) {
    return new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }

  private interface Reader {
    void read(String text) throws BadInput;
  }

  /** What the reader refuses, but for what it alone can know. */
  private static List<String> refusals(Reader reader, String text) {
    try {
      reader.read(text);
      return List.of();
    } catch (BadInput e) {
      return e.problems().stream()
          .map(Problem::toString)
          .filter(problem -> !REFERENCES.matcher(problem).find())
          .toList();
    }
  }

  private static boolean refusesAtAll(Reader reader, String text) {
    try {
      reader.read(text);
      return false;
    } catch (BadInput e) {
      return true;
    }
  }

  /** Names that are the user's own, or Twilio's parameters and values. */
  private static final Set<String> OWN =
      Set.of("who", "alice", "bob", "step", "http", "https", "inboundTimeout", "Status");

  /** In each place where a key can stand: which line, and which key was meant. */
  @Test
  void aTypoInAnyKeyIsFound() throws Exception {
    for (String name : List.of("all", "config")) {
      String file = "src/test/resources/dev/ringback/schema/" + name + ".yaml";
      String text = Files.readString(Path.of(file));
      Reader reader =
          name.equals("all")
              ? t -> ScenarioReader.parse(Path.of("../scenarios/results/x.yaml"), t)
              : t -> ConfigFile.read(Yaml.parse("x.yaml", t));
      assertEquals(List.of(), problems(reader, text), name);
      int tried = 0;
      Matcher keys = Pattern.compile("(?<![\\w./\"])([A-Za-z]\\w*): ?").matcher(text);
      while (keys.find()) {
        String key = keys.group(1);
        int line = (int) text.substring(0, keys.start()).chars().filter(c -> c == '\n').count() + 1;
        if (OWN.contains(key) || text.lines().toList().get(line - 1).startsWith("#")) {
          continue;
        }
        if (text.substring(0, keys.start()).endsWith("capture: {")) {
          continue; // a variable
        }
        String wrong = key.length() < 4 ? key + "q" : key.charAt(0) + key.substring(2);
        String broken = text.substring(0, keys.start(1)) + wrong + text.substring(keys.end(1));
        List<String> said = problems(reader, broken);
        String where = "line %d, %s for %s: %s".formatted(line, wrong, key, said);
        assertTrue(
            said.stream().anyMatch(p -> p.contains("x.yaml:" + line + ":") && p.contains(wrong)),
            where);
        assertTrue(
            said.stream()
                .anyMatch(
                    p -> p.contains("did you mean '" + key + "'") || p.contains("known here: ")),
            where);
        tried++;
      }
      int total = tried;
      assertTrue(tried > (name.equals("all") ? 150 : 70), () -> total + " keys of " + name);
    }
  }

  private static List<String> problems(Reader reader, String text) {
    try {
      reader.read(text);
      return List.of();
    } catch (BadInput e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }

  @Test
  void theShippedSchemasAreThese() throws Exception {
    GeneratedDocs.check("../scenarios/schema/scenario.json", printed(ScenarioSchema.schema()));
    GeneratedDocs.check("../scenarios/schema/config.json", printed(ConfigSchema.schema()));
  }

  private static String printed(Map<String, Object> schema) {
    return JournalJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
  }

  @Test
  void everyShippedFileNamesItsSchema() throws Exception {
    for (Path file : shipped()) {
      String first = Files.readAllLines(file).getFirst();
      String named = first.replaceFirst("^# yaml-language-server: \\$schema=", "");
      assertTrue(Files.exists(file.resolveSibling(named)), file + ": " + first);
    }
  }

  @Test
  void everyShippedScenarioFitsTheSchema() throws Exception {
    Schema schema = schema(ScenarioSchema.schema());
    for (Path file : shipped()) {
      String json = JournalJson.mapper().writeValueAsString(tree(Files.readString(file)));
      assertEquals(List.of(), schema.validate(json, InputFormat.JSON), file::toString);
    }
  }

  @Test
  void theSchemaAndTheReaderOfScenariosAgree() throws Exception {
    List<String> sources = new ArrayList<>();
    for (Path file : shipped()) {
      sources.add(Files.readString(file));
    }
    sources.add(Files.readString(Path.of("src/test/resources/dev/ringback/schema/all.yaml")));
    agree(
        schema(ScenarioSchema.schema()),
        text -> ScenarioReader.parse(Path.of("../scenarios/results/x.yaml"), text),
        sources);
  }

  @Test
  void theSchemaAndTheReaderOfTheConfigurationAgree() throws Exception {
    agree(
        schema(ConfigSchema.schema()),
        text -> ConfigFile.read(Yaml.parse("ringback.yaml", text)),
        List.of(Files.readString(Path.of("src/test/resources/dev/ringback/schema/config.yaml"))));
  }

  private static void agree(Schema schema, Reader reader, List<String> sources) {
    Random random = new Random(1);
    int refused = 0;
    List<String> disagreements = new ArrayList<>();
    for (int i = 0; i < MUTANTS; i++) {
      Mutation mutation = new Mutation(random);
      String json =
          JournalJson.mapper()
              .writeValueAsString(mutation.of(tree(sources.get(i % sources.size()))));
      List<String> said = refusals(reader, json);
      boolean valid = schema.validate(json, InputFormat.JSON).isEmpty();
      // What only a reader can know may make a file bad that the schema accepts, not the reverse.
      boolean onlyReferences = said.isEmpty() && refusesAtAll(reader, json);
      if (onlyReferences ? false : valid != said.isEmpty()) {
        disagreements.add(
            "%s: schema %s, reader %s%n   %s"
                .formatted(
                    mutation.what,
                    valid ? "accepts" : schema.validate(json, InputFormat.JSON).getFirst(),
                    said.isEmpty() ? "accepts" : said.getFirst(),
                    json));
      }
      refused += said.isEmpty() ? 0 : 1;
    }
    int total = refused;
    assertTrue(refused > MUTANTS / 4 && refused < MUTANTS, () -> total + " were refused");
    assertEquals(
        List.of(), disagreements, () -> disagreements.size() + " of " + MUTANTS + " disagree");
  }

  /** One small change somewhere in a file. */
  private static final class Mutation {
    private static final List<Object> VALUES =
        new ArrayList<>(
            List.of("nonsense", 12345, true, "3s", "-1", List.of(), Map.of(), "", List.of("x")));

    private final Random random;
    private String what = "";

    Mutation(Random random) {
      this.random = random;
    }

    Object of(Object root) {
      List<Object> places = new ArrayList<>();
      collect(root, places);
      Object place = places.get(random.nextInt(places.size()));
      if (place instanceof Map<?, ?> map) {
        @SuppressWarnings("unchecked")
        Map<String, Object> keys = (Map<String, Object>) map;
        mutate(keys);
      } else if (place instanceof List<?> list) {
        @SuppressWarnings("unchecked")
        List<Object> items = (List<Object>) list;
        mutate(items);
      }
      return root;
    }

    private static void collect(@Nullable Object node, List<Object> places) {
      if (node instanceof Map<?, ?> map && !map.isEmpty()) {
        places.add(map);
        map.values().forEach(value -> collect(value, places));
      } else if (node instanceof List<?> list && !list.isEmpty()) {
        places.add(list);
        list.forEach(item -> collect(item, places));
      }
    }

    private @Nullable Object value() {
      int index = random.nextInt(VALUES.size() + 1);
      return index == VALUES.size() ? null : VALUES.get(index);
    }

    private void mutate(Map<String, Object> map) {
      List<String> keys = new ArrayList<>(map.keySet());
      String key = keys.get(random.nextInt(keys.size()));
      switch (random.nextInt(4)) {
        case 0 -> {
          what = "key " + key + " misspelt";
          Map<String, Object> same = new LinkedHashMap<>(map);
          map.clear();
          same.forEach((k, v) -> map.put(k.equals(key) ? typo(k) : k, v));
        }
        case 1 -> {
          what = "key " + key + " gone";
          map.remove(key);
        }
        case 2 -> {
          Object value = value();
          what = "key " + key + " is " + value;
          map.put(key, value);
        }
        default -> {
          what = "an unknown key beside " + key;
          map.put("colour", "red");
        }
      }
    }

    private static String typo(String key) {
      return key.length() < 3 ? key + "x" : key.charAt(0) + key.substring(2);
    }

    private void mutate(List<Object> list) {
      int index = random.nextInt(list.size());
      switch (random.nextInt(3)) {
        case 0 -> {
          what = "item gone";
          list.remove(index);
        }
        case 1 -> {
          Object value = value();
          what = "item is " + value;
          list.set(index, value);
        }
        default -> {
          what = "items in another order";
          Collections.shuffle(list, random);
        }
      }
    }
  }
}
