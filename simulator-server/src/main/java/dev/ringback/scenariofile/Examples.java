package dev.ringback.scenariofile;

import dev.ringback.scenario.Variables;
import dev.ringback.yaml.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table under {@code examples}: {@code [{worker: alice, result: session-success}, …]}.
 *
 * @param rows at least one; a file without a table has one that says nothing
 */
record Examples(List<Row> rows) {

  /**
   * @param suffix of the title, which tells the cases of a file apart
   * @param example whether it is of a table
   */
  record Row(Variables values, String suffix, boolean example) {}

  /** The rows, so that no two of them give the title the same words. */
  List<Row> rows(String title) {
    Set<String> titles = new LinkedHashSet<>();
    List<Row> told = new ArrayList<>();
    for (Row row : rows) {
      boolean fresh = titles.add(row.values().in(title) + row.suffix());
      told.add(
          fresh
              ? row
              : new Row(
                  row.values(), "%s (row %d)".formatted(row.suffix(), told.size() + 1), true));
    }
    return told;
  }

  static Examples read(Section root) {
    if (!root.has("examples")) {
      return new Examples(List.of(new Row(Variables.none(), "", false)));
    }
    Set<String> used = new LinkedHashSet<>();
    for (String key : root.keys()) {
      if (!key.equals("examples")) {
        root.within(key).forEach(part -> used.addAll(part.find(Variables::namesIn).keySet()));
        root.texts(key, Variables::namesIn).forEach(used::add);
      }
    }
    List<Section> sections = root.sections("examples");
    Set<String> names = new LinkedHashSet<>();
    sections.forEach(section -> names.addAll(section.keys()));
    Set<String> inTitle = Variables.namesIn(root.text("scenario").orElse(""));
    List<Row> rows = new ArrayList<>();
    for (Section section : sections) {
      Map<String, String> values = new LinkedHashMap<>();
      for (String name : names) {
        section.missing(name);
        section.text(name).ifPresent(value -> values.put(name, value));
        if (!used.contains(name)) {
          section.wrong(name, "${%s} stands nowhere in the scenario".formatted(name));
        }
      }
      section.done();
      rows.add(new Row(Variables.of(values), inTitle.isEmpty() ? " " + values : "", true));
    }
    if (rows.isEmpty()) {
      root.wrong("examples", "must be a list of rows, such as [{worker: alice}, {worker: bob}]");
      rows.add(new Row(Variables.none(), "", false));
    }
    return new Examples(rows);
  }
}
