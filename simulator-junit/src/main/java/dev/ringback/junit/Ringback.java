package dev.ringback.junit;

import org.jspecify.annotations.Nullable;

/**
 * The one Ringback of this JVM: started when it is first asked for, stopped when all tests are
 * done. An app that is started before the tests, such as Spring's, is told here of the account.
 */
public final class Ringback {
  private static @Nullable Engine engine;

  private Ringback() {}

  static synchronized Engine engine() {
    if (engine == null) {
      engine = Engine.start();
    }
    return engine;
  }

  /**
   * Where the REST API is, such as {@code http://localhost:41234}: Twilio's base URL for the app.
   */
  public static String url() {
    return engine().url();
  }

  /** The auth token of every world: what the app checks signatures with. */
  public static String authToken() {
    return engine().authToken();
  }

  static synchronized void stop() {
    if (engine != null) {
      engine.close();
      engine = null;
    }
  }
}
