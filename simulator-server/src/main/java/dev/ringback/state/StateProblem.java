package dev.ringback.state;

/** Why a state cannot be used: what is wrong, where, and what to do. */
public final class StateProblem extends Exception {
  private static final long serialVersionUID = 1L;

  public StateProblem(String message) {
    super(message);
  }
}
