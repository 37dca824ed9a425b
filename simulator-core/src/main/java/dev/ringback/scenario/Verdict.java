package dev.ringback.scenario;

import java.util.List;

/** What the judge says; without failures the scenario has passed. */
public record Verdict(List<Failure> failures) {

  public boolean passed() {
    return failures.isEmpty();
  }

  /**
   * @param expected the expectation, in a line
   * @param nearest what came nearest to it, with the differing fields marked; may be empty
   */
  public record Failure(String expected, List<String> nearest) {}
}
