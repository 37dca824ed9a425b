package dev.ringback.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What ships with a cluster is named with its licence. */
class ClusterNoticesTest {
  private static Map<String, String> named(Path file, String line) throws IOException {
    Map<String, String> versions = new TreeMap<>();
    Pattern pattern = Pattern.compile(line);
    for (String text : Files.readAllLines(file)) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.find()) {
        versions.put(matcher.group(1), matcher.group(2));
      }
    }
    return versions;
  }

  @Test
  void everyLibraryThatShipsIsNamedWithItsVersionAndNoOther() throws Exception {
    String row = "^\\| ([^ |]+:[^ |]+) \\| ([^ |]+) \\| [A-Z][^|]+ \\|$";
    Map<String, String> resolved =
        named(Path.of("target", "runtime-dependencies.txt"), "^ +([^ :]+:[^ :]+):jar:([^ :]+):");
    resolved.keySet().removeIf(library -> library.startsWith("dev.ringback:"));
    resolved.keySet().removeAll(named(Path.of("..", "THIRD_PARTY.md"), row).keySet());
    assertTrue(resolved.size() > 10, "so few libraries: " + resolved);
    assertEquals(resolved, named(Path.of("..", "licenses", "CLUSTER.md"), row));
  }
}
