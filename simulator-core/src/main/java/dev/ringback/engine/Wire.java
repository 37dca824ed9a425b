package dev.ringback.engine;

import dev.ringback.call.Landing;
import dev.ringback.callback.WebRequest;
import java.time.Duration;

/** The way to the app. */
public interface Wire {

  /** Sends a request. The answer comes later, on any thread, at most once. */
  void send(WebRequest request, Receiver receiver);

  /** Gives up what this wire has in flight; its receivers hear nothing more. */
  void abandon();

  /** Who hears how a request ended. */
  interface Receiver {
    /**
     * @param wallTime how long it really took
     */
    void landed(Landing landing, Duration wallTime);
  }
}
