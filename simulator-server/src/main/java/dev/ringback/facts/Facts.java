package dev.ringback.facts;

import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Section;
import dev.ringback.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The table of facts. */
public final class Facts {
  private static final List<String> FILES = List.of("voice.yaml", "frontline.yaml");

  /** Read when somebody asks. */
  private static final class Table {
    static final List<ServiceFact> FACTS = List.copyOf(read());
  }

  private Facts() {}

  /** All of them, in the order of their files. */
  public static List<ServiceFact> all() {
    return Table.FACTS;
  }

  private static List<ServiceFact> read() {
    List<ServiceFact> all = new ArrayList<>();
    for (String file : FILES) {
      try (InputStream in = Objects.requireNonNull(Facts.class.getResourceAsStream(file), file)) {
        Section root = Yaml.parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        root.sections("facts").forEach(section -> all.add(read(section)));
        root.done();
        root.check();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (BadInput e) {
        throw new IllegalStateException(e);
      }
    }
    return all;
  }

  private static ServiceFact read(Section section) {
    ServiceFact fact =
        new ServiceFact(
            needed(section, "id"),
            needed(section, "line"),
            section.named("kind", ServiceFact.Kind.class).orElse(ServiceFact.Kind.OBSERVED),
            needed(section, "source"),
            needed(section, "section"),
            section.named("status", ServiceFact.Status.class).orElse(ServiceFact.Status.DIFFERS),
            section.text("why").orElse(""));
    section.missing("kind");
    section.missing("status");
    section.done();
    return fact;
  }

  private static String needed(Section section, String key) {
    section.missing(key);
    return section.text(key).orElse("");
  }

  /** The one of that identifier. */
  public static Optional<ServiceFact> find(String id) {
    return all().stream().filter(fact -> fact.id().equals(id)).findFirst();
  }
}
