package dev.ringback.state;

/** What was just done cannot be kept: it is not acknowledged. */
public final class StateUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StateUnavailable(String message) {
    super(message);
  }
}
