package dev.ringback.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a distribution carries, and under which licences. */
class NoticesTest {
  private static final Path ROOT = Path.of("..");

  /** The build writes it: everything of the scope runtime. */
  private static final Path RESOLVED = Path.of("target/runtime-dependencies.txt");

  private static Map<String, String> named(Iterable<String> lines, String pattern) {
    Map<String, String> versions = new TreeMap<>();
    for (String line : lines) {
      Matcher library = Pattern.compile(pattern).matcher(line);
      if (library.find()) {
        versions.put(library.group(1), library.group(2));
      }
    }
    return versions;
  }

  @Test
  void everyLibraryThatShipsIsNamedWithItsVersionAndNoOther() throws Exception {
    Map<String, String> resolved =
        named(Files.readAllLines(RESOLVED), "^ +([^ :]+:[^ :]+):jar:([^ :]+):");
    resolved.keySet().removeIf(library -> library.startsWith("dev.ringback:"));
    assertTrue(resolved.size() > 10, "so few libraries: " + resolved);
    assertEquals(
        resolved, named(notices(), "^\\| ([^ |]+:[^ |]+) \\| ([^ |]+) \\| [A-Z][^|]+ \\|$"));
  }

  private static List<String> notices() throws IOException {
    return Files.readAllLines(ROOT.resolve("THIRD_PARTY.md"));
  }

  /** LGPL and EPL want their text to come along; the licences of the others stand in the page. */
  @Test
  void theTextOfEveryLicenceShips() throws Exception {
    String page = String.join("\n", notices());
    assertTrue(page.contains("| de.sciss:jump3r | 1.0.5 | LGPL-2.1-or-later |"), page);
    assertTrue(Files.readString(ROOT.resolve("licenses/LGPL-2.1.txt")).contains("Version 2.1"));
    assertTrue(
        Files.readString(ROOT.resolve("licenses/EPL-2.0.txt")).contains("Eclipse Public License"));
    assertTrue(Files.readString(ROOT.resolve("LICENSE")).contains("Version 2.0, January 2004"));
    String dist = Files.readString(ROOT.resolve("scripts/dist"));
    for (String file : List.of("LICENSE", "THIRD_PARTY.md", "licenses", "CHANGELOG.md")) {
      assertTrue(dist.contains("\"$root/" + file + "\""), file);
    }
  }
}
