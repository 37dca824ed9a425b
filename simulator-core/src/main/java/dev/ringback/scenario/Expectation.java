package dev.ringback.scenario;

import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.RequestKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that must be so after a scenario. */
public sealed interface Expectation {

  /**
   * A request that was made.
   *
   * @param method null: either
   * @param form by parameter, in the scenario's order
   * @param query the parameters of the app's own that stand in the URL, in the scenario's order
   * @param at from the beginning of the first call; null: any time
   * @param answer what the app said to it
   * @param attempts how often it was sent, with its retries, redirects and repeats; null: any
   */
  record Request(
      RequestKind kind,
      @Nullable HttpMethod method,
      Map<String, Matcher> form,
      Map<String, Matcher> query,
      @Nullable Window at,
      Answer answer,
      @Nullable Integer attempts)
      implements Expectation {}

  /** From {@code least} to {@code most}, both included. */
  record Window(Duration least, Duration most) {
    boolean holds(Duration time) {
      return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
    }
  }

  /** What the app answered. */
  sealed interface Answer {
    /** Whatever it was, even nothing. */
    record Any() implements Answer {}

    /** Nothing: the request did not reach it, or it said nothing in time. */
    record None() implements Answer {}

    /**
     * An answer.
     *
     * @param status of HTTP; null: 2xx
     * @param verbs of the document, in order; null: any
     */
    record Given(@Nullable Matcher status, @Nullable List<String> verbs) implements Answer {}

    /** Without another word, a request was delivered and answered 2xx. */
    Answer GOOD = new Given(null, null);
  }

  /** A request that must not be made. */
  record Never(Request request) implements Expectation {}

  /** Somebody whom only the app's own TwiML can name is called on an app. */
  record Called(String client) implements Expectation {}

  /** How the last call ends. */
  record CallEnds(CallStatus status) implements Expectation {}

  /**
   * An entry of the Debugger.
   *
   * @param code Twilio's, or {@code ringback}
   */
  record Alerts(String code) implements Expectation {}
}
