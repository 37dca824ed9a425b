package dev.ringback.scenario;

import java.util.List;

/**
 * What the judge says; without failures the scenario has passed.
 *
 * @param cause of the failures, in a line; empty: the scenario has passed
 * @param warnings of the Debugger and of our own, each once
 */
public record Verdict(List<Failure> failures, String cause, List<String> warnings) {

  public boolean passed() {
    return failures.isEmpty();
  }

  /**
   * @param line of the expectation in its file; 0: it stands in none
   * @param expected the expectation, in a line
   * @param nearest what came nearest to it, with the differing fields marked; may be empty
   */
  public record Failure(int line, String expected, List<String> nearest) {}
}
