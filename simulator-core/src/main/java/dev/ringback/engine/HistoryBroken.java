package dev.ringback.engine;

/** A history that the world it is of cannot have lived through. */
public final class HistoryBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HistoryBroken(String message) {
    super(message);
  }
}
