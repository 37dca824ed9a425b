package dev.ringback.explore;

import static dev.ringback.scenariofile.ScenarioDraft.ordered;

import dev.ringback.explore.Finding.Kind;
import dev.ringback.journal.Exchange;
import dev.ringback.voice.Landing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests with a wrong signature, one for each path. An app that refuses them at one path and not
 * at another has forgotten the other; one that takes all of them checks no signature at all, which
 * an app on a developer's machine may.
 */
final class Forgeries {
  private Forgeries() {}

  /** What there is of an app's checking. */
  enum Signatures {
    /** No request with a wrong signature was made. */
    UNKNOWN("unknown"),
    CHECKED("checked"),
    PARTLY_CHECKED("partly-checked"),
    UNCHECKED("unchecked");

    private final String name;

    Signatures(String name) {
      this.name = name;
    }

    String wireName() {
      return name;
    }
  }

  /** Takes the paths that a journey has come to first. */
  static void remember(Memory memory, Journey journey) {
    for (Exchange exchange : journey.exchanges()) {
      if (exchange.landing() instanceof Landing.Answered answered && answered.successful()) {
        memory.signed.putIfAbsent(
            Journey.path(exchange),
            new Memory.Signed(
                exchange.kind().wireName(),
                Journey.telling(exchange),
                new Memory.Told(
                    Journey.where(exchange),
                    Journey.shape(exchange),
                    Expectations.expected(exchange, "{status: /4\\d\\d/}")),
                journey.course()));
      }
    }
  }

  /** The course in which that request has a wrong signature. */
  static Course course(Memory.Signed signed) {
    Map<String, Object> order = ordered("fault", "wrong-signature", "request", signed.kind());
    if (!signed.form().isEmpty()) {
      order.put("form", signed.form());
    }
    return signed.course().with(new Course.Step.Trouble(order));
  }

  /** Whether the app answers it as if its signature were right, or refuses it, if that is clear. */
  static Optional<Boolean> isTaken(Journey journey, Memory.Signed signed) {
    for (Exchange exchange : journey.exchanges()) {
      if (exchange.kind().wireName().equals(signed.kind())
          && Journey.telling(exchange).equals(signed.form())
          && exchange.landing() instanceof Landing.Answered answered) {
        boolean same = Journey.shape(exchange).equals(signed.shape());
        return same || answered.status() >= 400 ? Optional.of(same) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  static Signatures signatures(Memory memory) {
    if (memory.forged.isEmpty()) {
      return Signatures.UNKNOWN;
    }
    if (!memory.forged.containsValue(false)) {
      return Signatures.UNCHECKED;
    }
    return memory.forged.containsValue(true) ? Signatures.PARTLY_CHECKED : Signatures.CHECKED;
  }

  /** Paths at which the app has forgotten what it does at others. */
  static List<Finding> findings(Memory memory) {
    List<Finding> findings = new ArrayList<>();
    if (signatures(memory) == Signatures.PARTLY_CHECKED) {
      memory.forged.forEach((path, taken) -> {
        Memory.Signed signed = memory.signed.get(path);
        if (taken && signed != null) {
          findings.add(
              new Finding(
                  Kind.FORGED_REQUEST,
                  signed.where(),
                  "the app takes a wrong signature for a right one at %s; at other paths it does not"
                      .formatted(path),
                  course(signed),
                  List.of(signed.then())));
        }
      });
    }
    return findings;
  }
}
