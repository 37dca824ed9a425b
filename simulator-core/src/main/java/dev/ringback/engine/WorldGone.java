package dev.ringback.engine;

/** Why a world keeps a promise no more. */
public final class WorldGone extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** What became of it. */
  public enum Why {
    /** It lives on, and nothing of before is left. */
    RESET,
    /** It was closed. */
    CLOSED,
    /** The server that it is in ends. */
    SHUT_DOWN,
    /** Its loop failed. */
    DIED
  }

  private final Why why;

  WorldGone(Why why, String message) {
    super(message);
    this.why = why;
  }

  public Why why() {
    return why;
  }
}
