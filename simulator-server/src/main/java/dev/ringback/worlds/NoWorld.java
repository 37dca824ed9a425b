package dev.ringback.worlds;

/** The world that a request means is not there. */
public final class NoWorld extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean starting;

  private NoWorld(String message, boolean starting) {
    super(message, null, false, false);
    this.starting = starting;
  }

  static NoWorld of(String account) {
    return new NoWorld("there is no world '" + account + "'", false);
  }

  static NoWorld yet() {
    return new NoWorld("the server is starting or shutting down", true);
  }

  /** Whether the server has no world at all, which may change; otherwise none of that account. */
  public boolean starting() {
    return starting;
  }
}
