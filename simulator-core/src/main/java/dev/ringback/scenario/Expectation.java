package dev.ringback.scenario;

import dev.ringback.call.CallStatus;
import dev.ringback.call.RequestKind;
import dev.ringback.twiml.HttpMethod;
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
   * @param at from the beginning of the first call; null: any time
   * @param answer null: any
   * @param attempts how often it was sent, with its retries, redirects and repeats; null: any
   */
  record Request(
      RequestKind kind,
      @Nullable HttpMethod method,
      Map<String, Matcher> form,
      @Nullable Window at,
      @Nullable Answer answer,
      @Nullable Integer attempts)
      implements Expectation {}

  /** From {@code least} to {@code most}, both included. */
  record Window(Duration least, Duration most) {
    boolean holds(Duration time) {
      return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
    }
  }

  /**
   * What the app answered.
   *
   * @param verbs of the document, in order; null: any
   * @param status of HTTP; null: any
   */
  record Answer(@Nullable List<String> verbs, @Nullable Matcher status) {}

  /** A request that must not be made. */
  record Never(Request request) implements Expectation {}

  /** How the last call ends. */
  record CallEnds(CallStatus status) implements Expectation {}

  /**
   * An entry of the Debugger.
   *
   * @param code Twilio's, or {@code ringback}
   */
  record Alerts(String code) implements Expectation {}
}
