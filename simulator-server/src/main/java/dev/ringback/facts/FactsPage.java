package dev.ringback.facts;

import dev.ringback.facts.ServiceFact.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code docs/FIDELITY.md}. */
public final class FactsPage {
  private FactsPage() {}

  /** How many facts have which status. */
  private record Counts(long holds, long differs, long notConcerned) {
    static Counts of(List<ServiceFact> facts) {
      return new Counts(
          count(facts, Status.HOLDS),
          count(facts, Status.DIFFERS),
          count(facts, Status.NOT_CONCERNED));
    }

    private static long count(List<ServiceFact> facts, Status status) {
      return facts.stream().filter(fact -> fact.status() == status).count();
    }

    /** Percent of what concerns us, rounded down. */
    String score() {
      long concerned = holds + differs;
      return concerned == 0
          ? ""
          : String.format(Locale.ROOT, "%.1f %%", Math.floor(1_000.0 * holds / concerned) / 10);
    }

    String row(String name) {
      return "| %s | %d | %d | %d | %s |%n".formatted(name, holds, differs, notConcerned, score());
    }
  }

  /** The page for these facts. */
  public static String of(List<ServiceFact> facts) {
    Counts counts = Counts.of(facts);
    StringBuilder page = new StringBuilder(32_768);
    page.append(
        """
        # Fidelity

        Written from the table of facts (`simulator-server`, package `dev.ringback.facts`) by `make docs`; `ringback facts` prints it. %d facts are known about
        the real service from its documentation and from what people have observed. **Of the %d that concern a local Twilio for voice calls, %d hold: %s.** A fact
        counts only if a test names it (`@Fact("…")`), and the build fails where a fact has no test or a test no fact. What does not concern us has its reason, too:
        `ringback facts --grep 'not concerned'`.

        | area | hold | differ | do not concern | score |
        |---|---|---|---|---|
        """
            .formatted(
                facts.size(), counts.holds() + counts.differs(), counts.holds(), counts.score()));
    Map<String, List<ServiceFact>> areas = new LinkedHashMap<>();
    for (ServiceFact fact : facts) {
      areas.computeIfAbsent(fact.area(), area -> new ArrayList<>()).add(fact);
    }
    areas.forEach((area, all) -> page.append(Counts.of(all).row(area)));
    page.append(counts.row("**all**"));
    page.append("\n## What differs\n");
    areas.forEach((area, all) -> differences(page, area, all));
    return page.toString();
  }

  private static void differences(StringBuilder page, String area, List<ServiceFact> facts) {
    List<ServiceFact> different =
        facts.stream().filter(fact -> fact.status() == Status.DIFFERS).toList();
    if (different.isEmpty()) {
      return;
    }
    page.append("\n### ").append(area).append("\n\n");
    for (ServiceFact fact : different) {
      page.append(
          "- `%s` (%s, %s): %s. **Ringback:** %s.%n"
              .formatted(
                  fact.id(), fact.kind().wireName(), fact.source(), fact.line(), fact.why()));
    }
  }
}
