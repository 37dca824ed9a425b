package dev.ringback.explore;

import dev.ringback.call.CallEvent;
import dev.ringback.explore.Finding.Kind;
import dev.ringback.id.Sid;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.twiml.TwimlElements;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the caller hears: whether there is silence for long, or an end without a word. */
final class Listening {
  /** Longer, a caller thinks that the call is dead. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  /** Verbs that make a sound themselves, or in which others do. */
  private static final Set<String> SOUNDING =
      Set.of("Say", "Play", "Connect", "Dial", "Enqueue", "Record", "Prompt", "Pay");

  private static final Set<String> SAYS_SOMETHING =
      Set.of("Say", "Play", "Record", "Enqueue", "Reject", "Prompt", "Pay", "Refer");

  private final Journey journey;
  private final @Nullable Sid root;
  private final List<Finding> findings = new ArrayList<>();

  /** The document that is run, and the one that told how something ended. */
  private @Nullable Exchange document;

  private @Nullable Exchange turn;
  private boolean endedByItself;
  private boolean succeeded;
  private boolean heard;

  /** From when on nothing is heard; null: somebody is heard until the next verb. */
  private @Nullable Instant silentFrom;

  private Listening(Journey journey) {
    this.journey = journey;
    this.root = journey.root();
  }

  static List<Finding> to(Journey journey) {
    Listening listening = new Listening(journey);
    if (!journey.course().has(Course.Step.Trouble.class)) {
      listening.listen();
    }
    return listening.findings;
  }

  private void listen() {
    Exchanges exchanges = new Exchanges();
    for (JournalEntry entry : journey.journal()) {
      Exchange changed = exchanges.read(entry);
      if (changed != null && changed.landing() != null && changed.id().leg().equals(root)) {
        landed(changed);
      }
      if (entry.fact() instanceof Fact.Happened(CallEvent event)) {
        happened(event, entry.at());
      }
    }
  }

  private void landed(Exchange exchange) {
    if (!exchange.kind().expectsTwiml()) {
      return;
    }
    boolean noChoice = exchange.kind() == RequestKind.GATHER && isNoChoice(exchange);
    document = exchange;
    if (noChoice) {
      turn = exchange;
      endedByItself = false;
      heard = false;
      succeeded = false;
    }
    if (Set.of(RequestKind.VOICE, RequestKind.ACTION, RequestKind.DIAL).contains(exchange.kind())) {
      turn = exchange;
      endedByItself = false;
      heard = false;
      succeeded = exchange.kind() != RequestKind.VOICE && Expectations.isSuccess(exchange);
    }
  }

  /** A key was pressed that the Gather does not name, while it names others. */
  private boolean isNoChoice(Exchange exchange) {
    String said =
        document != null && document.landing() instanceof Landing.Answered answered
            ? TwimlElements.of(answered.body()).stream()
                .map(TwimlElements.Element::text)
                .collect(Collectors.joining(" "))
            : "";
    Set<String> named = Menu.named(said);
    String digits = exchange.request().form().value("Digits").orElse("");
    return digits.length() == 1 && !named.isEmpty() && !named.contains(digits);
  }

  private void happened(CallEvent event, Instant at) {
    switch (event) {
      case CallEvent.LegChanged(var leg)
          when leg.sid().equals(root) && leg.status() == CallStatus.IN_PROGRESS ->
          silentFrom = at;
      case CallEvent.VerbStarted verb when verb.leg().equals(root) -> {
        silence(at);
        boolean says = SAYS_SOMETHING.contains(verb.verb());
        heard |= says || (verb.verb().equals("Gather") && !verb.detail().isEmpty());
        if (SOUNDING.contains(verb.verb())) {
          silentFrom = verb.lasts() == null ? null : at.plus(verb.lasts());
        } else if (silentFrom == null) {
          silentFrom = at;
        }
      }
      case CallEvent.SessionEnded ended ->
          ended(ended.outcome().result() == Result.SESSION_SUCCESS, at);
      case CallEvent.DialEnded ended ->
          ended(
              ended.outcome().status() == DialCallStatus.COMPLETED
                  || ended.outcome().status() == DialCallStatus.ANSWERED,
              at);
      case CallEvent.CallEnded(var leg, var why) when leg.sid().equals(root) -> {
        silence(at);
        ends(why);
      }
      default -> {}
    }
  }

  /** A session or Dial has ended; the app may be told of it, or not. */
  private void ended(boolean success, Instant at) {
    succeeded = success;
    heard = false;
    endedByItself = true;
    silentFrom = at;
  }

  private void silence(Instant now) {
    Instant from = silentFrom;
    if (from == null || document == null) {
      return;
    }
    Duration silence = Duration.between(from, now);
    if (silence.compareTo(LONGEST_SILENCE) > 0 && !journey.callerHungUp()) {
      findings.add(
          new Finding(
              Kind.SILENCE,
              Journey.where(document) + " " + Journey.path(document),
              "the caller hears nothing for %d s".formatted(silence.toSeconds()),
              journey.course(),
              List.of(Expectations.neverAsItIs(document))));
    }
  }

  private void ends(String why) {
    if (heard || succeeded || turn == null || journey.callerHungUp()) {
      return;
    }
    String where =
        endedByItself
            ? Journey.where(turn) + ", and a session without an action"
            : Journey.where(turn);
    findings.add(
        new Finding(
            Kind.CUT_OFF,
            where,
            "the caller is cut off without a word: " + why,
            journey.course(),
            List.of(
                endedByItself
                    ? "{request: action}"
                    : Expectations.expected(turn, "{says: present}"))));
  }
}
