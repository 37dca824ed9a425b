package dev.ringback.snapshot;

/** A graph cannot be written, or bytes are none that this build has written. */
public final class GraphProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  GraphProblem(String message) {
    super(message);
  }

  GraphProblem(String message, Throwable cause) {
    super(message, cause);
  }
}
