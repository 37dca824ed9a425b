package dev.ringback.explore;

import static dev.ringback.scenariofile.ScenarioDraft.ordered;

import dev.ringback.scenariofile.ScenarioDraft;
import dev.ringback.yaml.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A way a call can go: who calls into which world, and what people and the carrier do.
 *
 * @param steps in the order in which they were chosen
 */
record Course(Situation situation, List<Step> steps) {
  static final String CUSTOMER = "+15558675310";
  static final String OTHER_CUSTOMER = "+15558675377";
  static final String NUMBER = "+15017122661";
  static final String WORKER = "alice@example.com";
  static final String OTHER_WORKER = "bob@example.com";

  /** Who is never asked for anything hangs up then, after whatever was chosen last. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What there is when the call comes. */
  enum Situation {
    KNOWN("a customer with a worker", ""),
    NEW("a customer nobody knows", ""),
    NO_WORKER("a customer whose conversation has no worker", "32504"),
    NOBODY("a customer nobody knows, and no worker to route to", "32506"),
    WITHHELD("a customer who withholds the number", "50407"),
    TROUBLE("Frontline has an internal error", "32500");

    private final String words;
    private final String error;

    /**
     * @param error that it comes with, whatever the app does; empty: none
     */
    Situation(String words, String error) {
      this.words = words;
      this.error = error;
    }

    String error() {
      return error;
    }

    String words() {
      return words;
    }
  }

  /** Something that is chosen. */
  sealed interface Step {
    /** In a few words. */
    String words();

    /**
     * Somebody does something.
     *
     * @param party {@code customer} or {@code worker}
     */
    record Act(Duration at, String party, Map<String, Object> how) implements Step {
      @Override
      public String words() {
        Map<String, Object> rest = new LinkedHashMap<>(how);
        String act = String.valueOf(rest.remove("act"));
        Object what = rest.containsKey("digits") ? rest.get("digits") : rest.get("words");
        return "%s %s: %s%s"
            .formatted(Durations.text(at), party, act, what == null ? "" : " '" + what + "'");
      }
    }

    /** The carrier cannot reach whoever is called. */
    record Unreachable() implements Step {
      @Override
      public String words() {
        return "nobody who is called can be reached";
      }
    }

    /** What the caller does after the beep of a Record. */
    record Speaks(Duration length, boolean hangsUp) implements Step {
      @Override
      public String words() {
        return length.isZero()
            ? "the caller says nothing after the beep"
            : "the caller speaks and stays";
      }
    }

    /** Trouble on the way. */
    record Trouble(Map<String, Object> order) implements Step {
      @Override
      public String words() {
        return "fault "
            + order.get("fault")
            + " of "
            + order.getOrDefault("request", "anything")
            + order.getOrDefault("form", "");
      }
    }

    /** It is the second customer who calls. */
    record OtherCaller() implements Step {
      @Override
      public String words() {
        return "the second customer calls";
      }
    }

    /** A second customer calls while the first is in the call. */
    record SecondCall(Duration at) implements Step {
      @Override
      public String words() {
        return "a second customer calls after " + Durations.text(at);
      }
    }
  }

  Course with(Step... more) {
    List<Step> all = new ArrayList<>(steps);
    all.addAll(List.of(more));
    return new Course(situation, List.copyOf(all));
  }

  /** When the last act is; zero: nobody does anything. */
  Duration lastAct() {
    return acts().stream().map(Step.Act::at).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }

  private List<Step.Act> acts() {
    return of(Step.Act.class);
  }

  <T extends Step> List<T> of(Class<T> type) {
    return steps.stream().filter(type::isInstance).map(type::cast).toList();
  }

  boolean has(Class<? extends Step> type) {
    return steps.stream().anyMatch(type::isInstance);
  }

  /** In words, as a title says it. */
  String words() {
    List<String> words = new ArrayList<>();
    words.add(situation.words());
    steps.forEach(step -> words.add(step.words()));
    return String.join("; ", words);
  }

  /**
   * The parts {@code given} and {@code when} of a scenario.
   *
   * @param seed of all identifiers, another for each course: an app may remember calls
   */
  String text(long seed) {
    ScenarioDraft draft = new ScenarioDraft().given("seed", seed);
    boolean second = has(Step.SecondCall.class) || has(Step.OtherCaller.class);
    draft.given(
        "workers",
        second
            ? List.of(ordered("identity", WORKER), ordered("identity", OTHER_WORKER))
            : List.of(ordered("identity", WORKER)));
    switch (situation) {
      case NEW, WITHHELD -> {}
      case NOBODY -> draft.given("frontline", ordered("routing", ordered("mode", "none")));
      case NO_WORKER ->
          draft.given("conversations", List.of(ordered("customer", CUSTOMER, "number", NUMBER)));
      case KNOWN, TROUBLE -> {
        List<Object> pairs = new ArrayList<>();
        pairs.add(ordered("customer", CUSTOMER, "number", NUMBER, "worker", WORKER));
        if (second) {
          pairs.add(ordered("customer", OTHER_CUSTOMER, "number", NUMBER, "worker", OTHER_WORKER));
        }
        draft.given("conversations", pairs);
      }
    }
    draft.given("cast", ordered("*", cast()));
    List<Object> faults = new ArrayList<>();
    if (situation == Situation.TROUBLE) {
      faults.add(ordered("fault", "internal-error"));
    }
    of(Step.Trouble.class).forEach(trouble -> faults.add(trouble.order()));
    if (!faults.isEmpty()) {
      draft.given("faults", faults);
    }
    String customer = has(Step.OtherCaller.class) ? OTHER_CUSTOMER : CUSTOMER;
    String from = situation == Situation.WITHHELD ? "anonymous" : customer;
    draft.when("call", ordered("from", from, "to", NUMBER));
    people(draft);
    for (Step.SecondCall call : of(Step.SecondCall.class)) {
      draft.when(
          "call", ordered("from", OTHER_CUSTOMER, "to", NUMBER, "at", Durations.text(call.at())));
      people(draft);
    }
    return draft.text();
  }

  /** Rings until somebody does something; who is made to answer talks 10 s and hangs up. */
  private Object cast() {
    return has(Step.Unreachable.class)
        ? "unreachable"
        : ordered("answers", ordered("after", "4h", "talks", "10s"));
  }

  private void people(ScenarioDraft draft) {
    for (Step.Speaks speaks : of(Step.Speaks.class)) {
      draft.when(
          "customer",
          ordered(
              "speaks",
              Durations.text(speaks.length()),
              "then",
              speaks.hangsUp() ? "hangs up" : "stays"));
    }
    for (Step.Act act : acts()) {
      Map<String, Object> how = ordered("at", Durations.text(act.at()));
      how.putAll(act.how());
      draft.when(act.party(), how);
    }
    draft.when(
        "customer",
        ordered("at", Durations.text(lastAct().plus(PATIENCE)), "act", "hangup", "maybe", true));
  }
}
