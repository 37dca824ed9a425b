package dev.ringback.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files below {@code deploy/cluster} are YAML, and say what `ringback cluster` understands. */
class DeployTest {
  private static final Path FOLDER = Path.of("..", "deploy", "cluster");

  @ParameterizedTest
  @ValueSource(strings = {"compose.yaml", "kubernetes.yaml"})
  void everyNodeIsStartedAsTheCommandWants(String file) throws IOException {
    List<List<?>> commands = new ArrayList<>();
    LoadSettings settings = LoadSettings.builder().setParseComments(false).build();
    new Load(settings)
        .loadAllFromString(Files.readString(FOLDER.resolve(file)))
        .forEach(document -> collect(document, commands));
    assertFalse(commands.isEmpty());
    String source =
        Files.readString(
            Path.of("../simulator-server/src/main/java/dev/ringback/cli/ClusterCommand.java"));
    for (List<?> command : commands) {
      List<String> options =
          command.stream().map(String::valueOf).filter(word -> word.startsWith("--")).toList();
      assertEquals(List.of("--host", "--port", "--cluster-port", "--join", "--db"), options);
      for (String option : options) {
        assertTrue(source.contains("\"" + option + "\""), option);
      }
      String join = String.valueOf(command.get(command.indexOf("--join") + 1));
      assertTrue(Pattern.matches("[\\w.-]+:\\d+(,[\\w.-]+:\\d+){2}", join), join);
    }
  }

  private static void collect(Object node, List<List<?>> commands) {
    switch (node) {
      case Map<?, ?> map -> map.values().forEach(value -> collect(value, commands));
      case List<?> list when !list.isEmpty() && "cluster".equals(list.getFirst()) ->
          commands.add(list);
      case List<?> list -> list.forEach(element -> collect(element, commands));
      case null, default -> {}
    }
  }

  @Test
  void theConfigurationIsOne() throws Exception {
    ConfigFile.read(FOLDER.resolve("ringback.yaml"));
  }
}
