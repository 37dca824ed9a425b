package dev.ringback.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A file, a body or an option cannot be used; each problem says what, where and what to do. */
public final class BadInput extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public BadInput(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public BadInput(Problem problem) {
    this(List.of(problem));
  }

  public List<Problem> problems() {
    return problems;
  }
}
