package dev.ringback.scenario;

import dev.ringback.scenario.Scenario.Expected;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.RequestKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Something that must be so after a scenario. */
public sealed interface Expectation
    permits ApiExpectation,
        Expectation.Request,
        Expectation.InAnyOrder,
        Expectation.Exists,
        Expectation.Never,
        Expectation.Called,
        Expectation.CallEnds,
        Expectation.Alerts {

  /** The expectation in a line, as a verdict that it failed says it. */
  String text();

  /**
   * The parameters of a request.
   *
   * @param form by parameter, in the scenario's order
   * @param query the parameters of the app's own that stand in the URL, in the scenario's order
   * @param captures by variable: the parameter whose value it takes, for expectations further down
   */
  record Parameters(
      Map<String, Matcher> form, Map<String, Matcher> query, Map<String, String> captures) {}

  /**
   * How often.
   *
   * @param attempts each was sent, with its retries, redirects and repeats; null: any
   * @param times there is such a request, from here on; null: at least once
   */
  record Counts(@Nullable Matcher attempts, @Nullable Matcher times) {
    static Counts any() {
      return new Counts(null, null);
    }
  }

  /**
   * A request that was made.
   *
   * @param method null: either
   * @param parameters that it carried
   * @param at from the beginning of the first call; null: any time
   * @param answer what the app said to it
   */
  record Request(
      RequestKind kind,
      @Nullable HttpMethod method,
      Parameters parameters,
      @Nullable Window at,
      Answer answer,
      Counts counts)
      implements Expectation {

    Request atAnyTime() {
      return new Request(kind, method, parameters, null, answer, counts);
    }

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
        text.append(", form: ").append(Matcher.text(form()));
      }
      if (!query().isEmpty()) {
        text.append(", query: ").append(Matcher.text(query()));
      }
      if (counts.attempts() != null) {
        text.append(", attempts: ").append(counts.attempts().text());
      }
      if (counts.times() != null) {
        text.append(", times: ").append(counts.times().text());
      }
      if (at != null) {
        text.append(", at: ").append(at.text());
      }
      return text.append(answer.text()).toString();
    }

    /** The same with values in the place of variables. */
    Request with(Variables values) {
      return new Request(
          kind,
          method,
          new Parameters(
              Matcher.with(values, form()), Matcher.with(values, query()), parameters.captures()),
          at,
          answer.with(values),
          counts);
    }
  }

  /** Requests that were made, in whatever order. */
  record InAnyOrder(List<Expected> requests) implements Expectation {
    @Override
    public String text() {
      return "inAnyOrder: "
          + requests.stream().map(e -> e.what().text()).collect(Collectors.joining("; "));
    }
  }

  /**
   * Something that the account has afterwards.
   *
   * @param fields what is so of it
   * @param times how many such there are; null: at least one
   */
  record Exists(Resource.Kind kind, Map<String, Matcher> fields, @Nullable Matcher times)
      implements Expectation {
    @Override
    public String text() {
      return kind.wireName()
          + ": "
          + Matcher.text(fields)
          + (times == null ? "" : ", times: " + times.text());
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

    /** The same with values in the place of variables. */
    default Answer with(Variables values) {
      return this;
    }

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
     * @param type its media type, in lower case and without parameters; null: any
     * @param within on the wall; null: as long as it takes
     */
    record Given(
        @Nullable Matcher status, @Nullable Matcher type, Twiml twiml, @Nullable Duration within)
        implements Answer {
      @Override
      public String text() {
        return (status == null ? "" : ", answer.status: " + status.text())
            + (type == null ? "" : ", answer.type: " + type.text())
            + twiml.text()
            + (within == null ? "" : ", answer.within: " + Seconds.text(within));
      }

      @Override
      public Answer with(Variables values) {
        return new Given(status, type, twiml.with(values), within);
      }
    }

    /**
     * The document in an answer.
     *
     * @param verbs in order; null: any
     * @param elements all of them with those around them, such as {@code Connect/Conversation}, in
     *     order; then no attribute may be there that is not named; null: any
     * @param attributes by {@code Element.attribute}: of the first element that has it, or by
     *     {@code Element[2].attribute} of the second element of that name; {@code Element.text} is
     *     its text
     * @param says the text of one of its Says; null: any, or none
     */
    record Twiml(
        @Nullable List<String> verbs,
        @Nullable List<String> elements,
        Map<String, Matcher> attributes,
        @Nullable Matcher says) {
      static Twiml any() {
        return new Twiml(null, null, Map.of(), null);
      }

      String text() {
        return (verbs == null ? "" : ", answer.verbs: " + verbs)
            + (elements == null ? "" : ", answer.elements: " + elements)
            + (attributes.isEmpty() ? "" : ", answer.attributes: " + Matcher.text(attributes))
            + (says == null ? "" : ", answer.says: " + says.text());
      }

      Twiml with(Variables values) {
        return new Twiml(
            verbs,
            elements,
            Matcher.with(values, attributes),
            says == null ? null : says.with(values));
      }
    }

    /** Without another word, a request was delivered and answered 2xx. */
    static Answer good() {
      return new Given(null, null, Twiml.any(), null);
    }
  }

  /** A request that must not be made, or something that the account must not have. */
  record Never(Expectation unwanted) implements Expectation {
    @Override
    public String text() {
      return "never: " + unwanted.text();
    }
  }

  /** A client that only the app's own TwiML can name is called. */
  record Called(String client) implements Expectation {
    @Override
    public String text() {
      return "a call to the client '" + client + "', who has a cast";
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
