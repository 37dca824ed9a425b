package dev.ringback.scenario;

import dev.ringback.call.CallEvent;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.scenario.Expectation.Request;
import dev.ringback.twiml.Grammar;
import dev.ringback.twiml.TwimlElements;
import dev.ringback.twiml.TwimlElements.Element;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a request that was expected never came: nobody subscribed to it, a fault took it, or the call
 * was over before.
 */
final class WhyNot {
  private final Request expected;
  private final Evidence evidence;

  private WhyNot(Request expected, Evidence evidence) {
    this.expected = expected;
    this.evidence = evidence;
  }

  /** Lines that begin with {@code why:}; none: nothing is known. */
  static List<String> lines(Request expected, Evidence evidence) {
    WhyNot why = new WhyNot(expected, evidence);
    List<String> lines = new ArrayList<>();
    why.faults().forEach(fault -> lines.add("why: a fault struck: " + fault));
    boolean none = evidence.exchanges().stream().noneMatch(e -> e.kind() == expected.kind());
    why.subscription()
        .or(() -> none ? why.end() : Optional.empty())
        .ifPresent(reason -> lines.add("why: " + reason));
    return lines;
  }

  private List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (JournalEntry entry : evidence.journal()) {
      if (entry.fact() instanceof Fact.FaultStruck struck && !faults.contains(struck.what())) {
        faults.add(struck.what());
      }
    }
    return faults;
  }

  /** What the app's documents say of callbacks. */
  private Optional<String> subscription() {
    return switch (expected.kind()) {
      case SESSION_STATUS -> callback(Set.of("Conversation"), "statusCallback", "Status");
      case RECORDING_STATUS ->
          callback(
              Set.of("Conversation", "Record", "Dial", "Recording", "Conference"),
              "recordingStatusCallback",
              "RecordingStatus");
      case DIAL_STATUS ->
          callback(Set.of("Number", "Client", "Sip"), "statusCallback", "CallStatus");
      case CONFERENCE_STATUS ->
          callback(Set.of("Conference"), "statusCallback", "StatusCallbackEvent");
      case STREAM_STATUS -> callback(Set.of("Stream"), "statusCallback", "StreamEvent");
      case ACTION -> without("Connect", "action");
      case GATHER -> written("Gather");
      case RECORD -> written("Record");
      case DIAL -> without("Dial", "action");
      case ENQUEUE -> without("Enqueue", "action");
      default -> Optional.empty();
    };
  }

  private List<Element> elements() {
    List<Element> elements = new ArrayList<>();
    for (Exchange exchange : evidence.exchanges()) {
      if (exchange.landing() instanceof Landing.Answered answered
          && exchange.kind().expectsTwiml()) {
        elements.addAll(TwimlElements.of(answered.body()));
      }
    }
    return elements;
  }

  private Optional<String> written(String verb) {
    return elements().stream().anyMatch(e -> e.name().equals(verb))
        ? Optional.empty()
        : Optional.of("no answer of the app's had a <%s>".formatted(verb));
  }

  private Optional<String> without(String verb, String attribute) {
    Optional<String> never = written(verb);
    if (never.isPresent()) {
      return never;
    }
    return elements().stream()
            .anyMatch(e -> e.name().equals(verb) && e.attributes().containsKey(attribute))
        ? Optional.empty()
        : Optional.of("the app's <%s> has no %s".formatted(verb, attribute));
  }

  /**
   * @param parameter that says which event it is
   */
  private Optional<String> callback(Set<String> names, String attribute, String parameter) {
    List<Element> candidates = elements().stream().filter(e -> names.contains(e.name())).toList();
    if (candidates.isEmpty()) {
      return Optional.of(
          "no answer of the app's had a <%s>"
              .formatted(names.stream().sorted().reduce((a, b) -> a + "> or <" + b).orElse("")));
    }
    List<Element> subscribed =
        candidates.stream().filter(e -> e.attributes().containsKey(attribute)).toList();
    if (subscribed.isEmpty()) {
      return Optional.of(
          "no <%s> of the app's has a %s".formatted(candidates.getFirst().name(), attribute));
    }
    if (!(expected.form().get(parameter) instanceof Matcher.Equal event)) {
      return Optional.empty();
    }
    String wanted = event.expected();
    return subscribed.stream().allMatch(e -> !subscribes(e, attribute, wanted))
        ? Optional.of(
            "%sEvent of <%s> is '%s', without %s"
                .formatted(
                    attribute,
                    subscribed.getFirst().name(),
                    events(subscribed.getFirst(), attribute),
                    wanted))
        : Optional.empty();
  }

  private static boolean subscribes(Element element, String attribute, String event) {
    return List.of(Objects.requireNonNullElse(events(element, attribute), "").split("\\s+"))
        .stream()
        .anyMatch(word -> event.equals(word) || event.endsWith("-" + word));
  }

  /** As written, or the default of Twilio's page. */
  private static @Nullable String events(Element element, String attribute) {
    String written = element.attributes().get(attribute + "Event");
    return written != null
        ? written
        : Grammar.ELEMENTS.stream()
            .filter(e -> e.name().equals(element.name()))
            .flatMap(e -> e.attribute(attribute + "Event").stream())
            .map(Grammar.Attribute::defaultValue)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  /** The call was over. */
  private Optional<String> end() {
    if (expected.kind() == RequestKind.FALLBACK
        && evidence.exchanges().stream()
            .allMatch(e -> e.landing() instanceof Landing.Answered a && a.successful())) {
      return Optional.of("every request for TwiML was answered well, so no fallback was asked");
    }
    CallEvent.CallEnded end = evidence.lastEnd();
    return end == null || end.leg().endedAt() == null
        ? Optional.empty()
        : Optional.of(
            "the call ended at %s: %s".formatted(evidence.when(end.leg().endedAt()), end.why()));
  }
}
