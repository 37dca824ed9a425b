package dev.ringback.engine;

import dev.ringback.callback.WebRequest;
import dev.ringback.voice.Landing;
import java.io.Serializable;
import java.time.Duration;

/** The way to the app. */
public interface Wire {

  /** Sends a request. The answer comes later, on any thread, at most once. */
  void send(WebRequest request, Receiver receiver);

  /** From now on every address that is dialled is held against this. */
  default void restrict(Egress egress) {}

  /** Gives up what this wire has in flight; its receivers hear nothing more. */
  void abandon();

  /** Who hears how a request ended. */
  interface Receiver extends Serializable {
    /**
     * @param wallTime how long it really took
     */
    void landed(Landing landing, Duration wallTime);

    /**
     * A connection went to another machine that nobody named; told before the landing, if at all.
     *
     * @param host as the URL names it
     */
    default void strayed(String host) {}
  }
}
