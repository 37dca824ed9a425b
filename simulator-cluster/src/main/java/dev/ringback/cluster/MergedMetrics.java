package dev.ringback.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts of Prometheus as one: a family has its lines together, and each sample says of which node
 * it is.
 */
final class MergedMetrics {
  private final Map<String, Family> families = new LinkedHashMap<>();

  /** The lines that begin with {@code #}, and the samples. */
  private record Family(List<String> comments, List<String> samples) {}

  /** A sample of our own. */
  void add(String family, String type, String node, long value) {
    Family of =
        families.computeIfAbsent(
            family, f -> new Family(List.of("# TYPE " + f + " " + type), new ArrayList<>()));
    of.samples().add(labelled(family + " " + value, node));
  }

  /** What a node has told. */
  void add(String text, String node) {
    String family = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("# ")) {
        String[] words = line.split(" ", 4);
        family = words.length > 2 ? words[2] : "";
        Family of =
            families.computeIfAbsent(family, f -> new Family(new ArrayList<>(), new ArrayList<>()));
        if (!of.comments().contains(line)) {
          of.comments().add(line);
        }
      } else if (!line.isBlank()) {
        families
            .computeIfAbsent(family, f -> new Family(new ArrayList<>(), new ArrayList<>()))
            .samples()
            .add(labelled(line, node));
      }
    }
  }

  private static String labelled(String sample, String node) {
    String label = "node=\"" + node + "\"";
    int brace = sample.indexOf('{');
    int space = sample.indexOf(' ');
    return brace >= 0 && brace < space
        ? sample.substring(0, brace + 1) + label + "," + sample.substring(brace + 1)
        : sample.substring(0, space) + "{" + label + "}" + sample.substring(space);
  }

  String text() {
    StringBuilder text = new StringBuilder(4_096);
    for (Family family : families.values()) {
      family.comments().forEach(line -> text.append(line).append('\n'));
      family.samples().forEach(line -> text.append(line).append('\n'));
    }
    return text.toString();
  }
}
