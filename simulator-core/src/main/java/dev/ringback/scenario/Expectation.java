package dev.ringback.scenario;

import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.RequestKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that must be so after a scenario. */
public sealed interface Expectation {

  /** The expectation in a line, as a verdict that it failed says it. */
  String text();

  /**
   * The parameters of a request.
   *
   * @param form by parameter, in the scenario's order
   * @param query the parameters of the app's own that stand in the URL, in the scenario's order
   */
  record Parameters(Map<String, Matcher> form, Map<String, Matcher> query) {}

  /**
   * A request that was made.
   *
   * @param method null: either
   * @param parameters that it carried
   * @param at from the beginning of the first call; null: any time
   * @param answer what the app said to it
   * @param attempts how often it was sent, with its retries, redirects and repeats; null: any
   */
  record Request(
      RequestKind kind,
      @Nullable HttpMethod method,
      Parameters parameters,
      @Nullable Window at,
      Answer answer,
      @Nullable Integer attempts)
      implements Expectation {

    Map<String, Matcher> form() {
      return parameters.form();
    }

    Map<String, Matcher> query() {
      return parameters.query();
    }

    @Override
    public String text() {
      StringBuilder text = new StringBuilder("request: ").append(kind.wireName());
      if (method != null) {
        text.append(", method: ").append(method);
      }
      if (!form().isEmpty()) {
        text.append(", form: ").append(text(form()));
      }
      if (!query().isEmpty()) {
        text.append(", query: ").append(text(query()));
      }
      if (attempts != null) {
        text.append(", attempts: ").append(attempts);
      }
      if (at != null) {
        text.append(", at: ").append(at.text());
      }
      return text.append(answer.text()).toString();
    }

    private static String text(Map<String, Matcher> fields) {
      List<String> texts = new ArrayList<>();
      fields.forEach((name, matcher) -> texts.add(name + ": " + matcher.text()));
      return "{" + String.join(", ", texts) + "}";
    }
  }

  /** From {@code least} to {@code most}, both included. */
  record Window(Duration least, Duration most) {
    boolean holds(Duration time) {
      return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
    }

    String text() {
      return least.equals(most)
          ? Seconds.text(least)
          : Seconds.text(least) + " to " + Seconds.text(most);
    }
  }

  /** What the app answered. */
  sealed interface Answer {
    /** As it follows the request in a line; empty when the file need not say it. */
    String text();

    /** Whatever it was, even nothing. */
    record Any() implements Answer {
      @Override
      public String text() {
        return "";
      }
    }

    /** Nothing: the request did not reach it, or it said nothing in time. */
    record None() implements Answer {
      @Override
      public String text() {
        return ", answer: none";
      }
    }

    /**
     * An answer.
     *
     * @param status of HTTP; null: 2xx
     * @param verbs of the document, in order; null: any
     */
    record Given(@Nullable Matcher status, @Nullable List<String> verbs) implements Answer {
      @Override
      public String text() {
        return (status == null ? "" : ", answer.status: " + status.text())
            + (verbs == null ? "" : ", answer.verbs: " + verbs);
      }
    }

    /** Without another word, a request was delivered and answered 2xx. */
    Answer GOOD = new Given(null, null);
  }

  /** A request that must not be made. */
  record Never(Request request) implements Expectation {
    @Override
    public String text() {
      return "never: " + request.text();
    }
  }

  /** A client that only the app's own TwiML can name is called. */
  record Called(String client) implements Expectation {
    @Override
    public String text() {
      return "somebody to call the client '" + client + "', who has a cast";
    }
  }

  /** How the last call ends. */
  record CallEnds(CallStatus status) implements Expectation {
    @Override
    public String text() {
      return "call: ends " + status.wireName();
    }
  }

  /**
   * An entry of the Debugger.
   *
   * @param code Twilio's, or {@code ringback}
   */
  record Alerts(String code) implements Expectation {
    @Override
    public String text() {
      return "alert: " + code;
    }
  }
}
