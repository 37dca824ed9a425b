package dev.ringback.capture;

import static dev.ringback.scenariofile.ScenarioDraft.ordered;

import dev.ringback.id.ClientAddress;
import dev.ringback.scenariofile.ScenarioDraft;
import dev.ringback.twiml.HttpMethod;
import dev.ringback.yaml.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may have happened in a captured call: who called whom in which world, and what people did
 * when. As text it is the beginning of a scenario, so what is guessed is what is written.
 *
 * @param people who takes part
 * @param urls the keys of {@code given.urls}
 * @param frontline whether there is a conversation with a worker, or what stands in its place
 * @param parties how the two behave, beside what they do at a time
 * @param acts in whatever order
 */
record Guess(
    People people, Map<String, Object> urls, Frontline frontline, Parties parties, List<Act> acts) {
  private static final String FOR_EVER = "4h";

  /**
   * @param from a number, or {@code client:alice} for a worker that calls from the app
   * @param to the number that is called
   * @param customer who calls, or whom a worker calls
   * @param conversation a worker calls from; empty: unknown
   * @param worker identity
   */
  record People(String from, String to, String customer, String worker, String conversation) {
    boolean workerCalls() {
      return ClientAddress.is(from);
    }
  }

  /** What Frontline has, or does, so that a session comes out as it did. */
  enum Frontline {
    /** A conversation with a worker. */
    KNOWN,
    /** A conversation without a worker. */
    NO_WORKER,
    /** No conversation. */
    UNKNOWN,
    /** No conversation, and nobody to route to. */
    NOBODY
  }

  /**
   * How the two behave.
   *
   * @param who is called, as {@code cast} names them
   * @param called their cast
   * @param caller what the caller does after the beep of a Record; null: what callers usually do
   * @param faults that befell Twilio
   */
  record Parties(String who, Object called, @Nullable Caller caller, List<String> faults) {
    /** Rings until somebody does something. */
    static final Object WAITS = ordered("answers", ordered("after", FOR_EVER, "talks", FOR_EVER));

    /** The same, and says nothing. */
    static final Object SILENT =
        ordered("answers", ordered("after", FOR_EVER, "talks", FOR_EVER, "silent", true));
  }

  /**
   * After the beep.
   *
   * @param says the words of a message; empty: whatever
   * @param hangsUp or stays
   */
  record Caller(Duration speaks, String says, boolean hangsUp) {}

  /**
   * What somebody did.
   *
   * @param party {@code customer}, {@code worker} or {@code api}
   * @param how keys of the direction but for the time
   */
  record Act(Duration at, String party, Map<String, Object> how) {
    Act shifted(Duration by) {
      Duration shifted = at.plus(by);
      return new Act(shifted.isNegative() ? Duration.ZERO : shifted, party, how);
    }
  }

  static Guess begin(People people, Map<String, Object> urls) {
    return new Guess(
        people, urls, Frontline.KNOWN, new Parties("*", Parties.WAITS, null, List.of()), List.of());
  }

  Guess with(Frontline other) {
    return new Guess(people, urls, other, parties, acts);
  }

  Guess with(Caller other) {
    return new Guess(
        people,
        urls,
        frontline,
        new Parties(parties.who(), parties.called(), other, parties.faults()),
        acts);
  }

  Guess withCalled(Object cast) {
    return new Guess(
        people,
        urls,
        frontline,
        new Parties(parties.who(), cast, parties.caller(), parties.faults()),
        acts);
  }

  Guess withWho(String name) {
    return new Guess(
        people,
        urls,
        frontline,
        new Parties(name, parties.called(), parties.caller(), parties.faults()),
        acts);
  }

  Guess withFault(String fault) {
    List<String> faults = new ArrayList<>(parties.faults());
    faults.add(fault);
    return new Guess(
        people,
        urls,
        frontline,
        new Parties(parties.who(), parties.called(), parties.caller(), List.copyOf(faults)),
        acts);
  }

  Guess with(Act... more) {
    List<Act> all = new ArrayList<>(acts);
    all.addAll(List.of(more));
    return withActs(all);
  }

  Guess withActs(List<Act> other) {
    return new Guess(people, urls, frontline, parties, List.copyOf(other));
  }

  // As text

  /** The parts {@code given} and {@code when} of a scenario. */
  String text() {
    ScenarioDraft draft = new ScenarioDraft();
    draft.given("workers", List.of(ordered("identity", people.worker())));
    switch (frontline) {
      case UNKNOWN -> {}
      case NOBODY -> draft.given("frontline", ordered("routing", ordered("mode", "none")));
      case NO_WORKER, KNOWN -> {
        if (people.customer().startsWith("+")) {
          draft.given("conversations", List.of(pair(frontline == Frontline.KNOWN)));
        }
      }
    }
    draft.given("cast", ordered(parties.who(), parties.called()));
    if (!parties.faults().isEmpty()) {
      draft.given(
          "faults", parties.faults().stream().map(fault -> ordered("fault", fault)).toList());
    }
    draft.given("urls", urls);
    draft.when("call", call());
    Caller caller = parties.caller();
    if (caller != null) {
      Map<String, Object> speaks = ordered("speaks", Durations.text(caller.speaks()));
      if (!caller.says().isEmpty()) {
        speaks.put("says", caller.says());
      }
      speaks.put("then", caller.hangsUp() ? "hangs up" : "stays");
      draft.when(people.workerCalls() ? "worker" : "customer", speaks);
    }
    for (Act act : acts.stream().sorted(Comparator.comparing(Act::at)).toList()) {
      Map<String, Object> how = ordered("at", Durations.text(act.at()));
      how.putAll(act.how());
      draft.when(act.party(), how);
    }
    return draft.text();
  }

  private Map<String, Object> call() {
    if (people.workerCalls() && frontline == Frontline.UNKNOWN) {
      return ordered("worker", people.worker(), "conversationSid", people.conversation());
    }
    return people.workerCalls()
        ? ordered("worker", people.worker(), "customer", people.customer())
        : ordered("from", people.from(), "to", people.to());
  }

  private Map<String, Object> pair(boolean withWorker) {
    Map<String, Object> pair = ordered("customer", people.customer(), "number", people.to());
    if (withWorker) {
      pair.put("worker", people.worker());
    }
    return pair;
  }

  /** What the voice request says of the call. */
  static Guess of(List<Captured> captured) {
    Captured first = captured.getFirst();
    boolean workerCalls = ClientAddress.is(first.value("From"));
    String worker = workerCalls ? ClientAddress.identity(first.value("From")) : workerIn(captured);
    String customer = workerCalls ? calledIn(captured) : first.value("From");
    String number = workerCalls ? numberIn(captured) : first.value("To");
    Map<String, Object> urls = ordered(workerCalls ? "outgoing" : "voice", first.request().path());
    if (workerCalls) {
      urls.put("voice", first.request().path());
    }
    if (first.request().method().equals(HttpMethod.GET.name())) {
      urls.put("method", "GET");
    }
    for (Captured later : captured.subList(1, captured.size())) {
      String key = urlKey(later);
      if (key != null) {
        urls.putIfAbsent(key, later.request().path());
      }
    }
    Guess guess =
        begin(
            new People(
                first.value("From"), number, customer, worker, first.value("ConversationSid")),
            urls);
    for (Captured later : captured) {
      guess = guess.knowing(later);
    }
    return urls.containsKey("routing") ? guess.with(Frontline.UNKNOWN) : guess;
  }

  /** What a message says of whoever was silent or spoke. */
  private Guess knowing(Captured one) {
    if (one.value("RecordingStatus").equals("absent")) {
      return one.value("RecordingSource").equals("RecordVerb")
          ? with(new Caller(Duration.ZERO, "", false))
          : withCalled(Parties.SILENT);
    }
    String words = one.value("TranscriptionText");
    Long seconds = one.seconds("RecordingDuration");
    return words.isEmpty()
        ? this
        : with(new Caller(Duration.ofSeconds(seconds == null ? 5 : seconds), words, true));
  }

  /** Which of the account's own URLs it came to; null: to one that a document named. */
  private static @Nullable String urlKey(Captured captured) {
    if (captured.has("ErrorCode") && captured.has("ErrorUrl")) {
      return "fallback";
    }
    if (captured.value("CallbackSource").equals("call-progress-events")
        && !captured.has("ParentCallSid")) {
      return "status";
    }
    if (captured.has("ConversationServiceSid")
        && captured.has("MessagingBinding.Address")
        && !captured.has("EventType")) {
      return "routing";
    }
    String event = captured.value("EventType");
    if (event.startsWith("on")) {
      return event.endsWith("ed") || event.endsWith("Sent") ? "postWebhook" : "preWebhook";
    }
    return null;
  }

  private static String workerIn(List<Captured> captured) {
    for (Captured one : captured) {
      if (ClientAddress.is(one.value("To")) && one.has("ParentCallSid")) {
        return ClientAddress.identity(one.value("To"));
      }
      if (one.has("EventType") && !one.value("Identity").isEmpty()) {
        return one.value("Identity");
      }
    }
    return "worker@example.com";
  }

  private static String calledIn(List<Captured> captured) {
    return captured.stream()
        .filter(one -> one.has("ParentCallSid") && one.value("To").startsWith("+"))
        .map(one -> one.value("To"))
        .findFirst()
        .orElse("+12025550150");
  }

  private static String numberIn(List<Captured> captured) {
    return captured.stream()
        .filter(one -> one.has("ParentCallSid") && one.value("From").startsWith("+"))
        .map(one -> one.value("From"))
        .findFirst()
        .orElse("+12025550151");
  }
}
