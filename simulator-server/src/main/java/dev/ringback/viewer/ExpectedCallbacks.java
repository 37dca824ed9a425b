package dev.ringback.viewer;

import dev.ringback.call.CallEvent;
import dev.ringback.engine.CallRecord;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.twiml.Grammar;
import dev.ringback.twiml.TwimlElements;
import dev.ringback.twiml.TwimlElements.Element;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RecordingStatus;
import dev.ringback.voice.RequestKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Callbacks that the app's documents ask for and that have not come: they may still come, or never
 * will, and then there is a reason.
 */
final class ExpectedCallbacks {
  private final CallRecord record;
  private final List<Exchange> exchanges;
  private final List<Map<String, Object>> views = new ArrayList<>();

  private ExpectedCallbacks(CallRecord record) {
    this.record = record;
    this.exchanges = Exchanges.of(record.entries());
  }

  /** Each with {@code request}, {@code what}, and {@code why} when it never will come. */
  static List<Map<String, Object>> of(CallRecord record) {
    ExpectedCallbacks expected = new ExpectedCallbacks(record);
    expected.elements().forEach(expected::element);
    return expected.views;
  }

  /** Of the last document with each; an app that answers the same again asks once. */
  private Set<Element> elements() {
    Set<Element> elements = new LinkedHashSet<>();
    for (Exchange exchange : exchanges) {
      if (exchange.landing() instanceof Landing.Answered answered
          && answered.successful()
          && exchange.kind().expectsTwiml()) {
        elements.addAll(TwimlElements.of(answered.body()));
      }
    }
    return elements;
  }

  private void element(Element element) {
    switch (element.name()) {
      case "Connect" -> action(element, RequestKind.ACTION);
      case "Dial" -> {
        action(element, RequestKind.DIAL);
        recording(element);
      }
      case "Enqueue" -> action(element, RequestKind.ENQUEUE);
      case "Conversation" -> {
        if (element.attributes().containsKey("statusCallback")) {
          for (String event : words(value(element, "statusCallbackEvent"))) {
            expect(RequestKind.SESSION_STATUS, "Status", event);
          }
        }
        recording(element);
      }
      case "Record" -> {
        if (element.attributes().containsKey("recordingStatusCallback")) {
          recordings(element);
        }
      }
      default -> {}
    }
  }

  private void action(Element element, RequestKind kind) {
    if (element.attributes().containsKey("action")) {
      expect(kind, "", "");
    }
  }

  private void recording(Element element) {
    if (element.attributes().containsKey("recordingStatusCallback")
        && !value(element, "record").equals("do-not-record")) {
      recordings(element);
    }
  }

  private void recordings(Element element) {
    // A recording ends in one of its ways; each of the others says nothing.
    boolean ended =
        exchanges.stream()
            .filter(exchange -> exchange.kind() == RequestKind.RECORDING_STATUS)
            .flatMap(exchange -> exchange.request().form().value("RecordingStatus").stream())
            .anyMatch(status -> !status.equals("in-progress"));
    for (String event : words(value(element, "recordingStatusCallbackEvent"))) {
      if (event.equals("in-progress") || (event.equals("completed") && !ended)) {
        expect(RequestKind.RECORDING_STATUS, "RecordingStatus", event);
      }
    }
  }

  private static List<String> words(String text) {
    return List.of(text.split("\\s+", -1));
  }

  /** As written, or the default of Twilio's page. */
  private static String value(Element element, String attribute) {
    String written = element.attributes().get(attribute);
    return written != null
        ? written.strip()
        : Grammar.ELEMENTS.stream()
            .filter(known -> known.name().equals(element.name()))
            .flatMap(known -> known.attribute(attribute).stream())
            .map(Grammar.Attribute::defaultValue)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("");
  }

  /**
   * @param parameter that says which event it is; empty: there is one only
   */
  private void expect(RequestKind kind, String parameter, String event) {
    boolean came =
        exchanges.stream()
            .filter(exchange -> exchange.kind() == kind)
            .anyMatch(exchange ->
                parameter.isEmpty()
                    || exchange
                        .request()
                        .form()
                        .value(parameter)
                        .filter(value -> value.equals(event) || value.endsWith("-" + event))
                        .isPresent());
    if (came || (event.isEmpty() && !parameter.isEmpty())) {
      return;
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("request", kind.wireName());
    view.put("what", parameter.isEmpty() ? "" : parameter + "=" + event);
    if (record.over()) {
      view.put("why", why(kind));
    }
    if (!views.contains(view)) {
      views.add(view);
    }
  }

  private String why(RequestKind kind) {
    return fault(kind)
        .or(() -> kind == RequestKind.RECORDING_STATUS ? noFile() : Optional.empty())
        .or(this::sessionEnd)
        .or(this::end)
        .orElse("the call came to nothing before it");
  }

  private Optional<String> fault(RequestKind kind) {
    return facts(Fact.FaultStruck.class)
        .map(Fact.FaultStruck::what)
        .filter(what -> what.contains(kind.wireName()))
        .findFirst()
        .map(what -> "a fault struck: " + what);
  }

  /** Twilio says nothing of a recording without a file to who has not asked for {@code absent}. */
  private Optional<String> noFile() {
    return facts(Fact.Happened.class)
        .filter(fact ->
            fact.moment() instanceof CallEvent.RecordingChanged changed
                && changed.status() == RecordingStatus.ABSENT)
        .findFirst()
        .map(fact -> "the recording is absent: nothing was said, or less than a second");
  }

  private Optional<String> sessionEnd() {
    return facts(Fact.Happened.class)
        .filter(fact -> fact.moment() instanceof CallEvent.SessionEnded)
        .map(fact -> (CallEvent.SessionEnded) fact.moment())
        .reduce((first, last) -> last)
        .map(ended ->
            "the session ended %s: %s".formatted(ended.outcome().result().wireName(), ended.why()));
  }

  private Optional<String> end() {
    return facts(Fact.Happened.class)
        .filter(fact -> fact.moment() instanceof CallEvent.CallEnded)
        .map(fact -> (CallEvent.CallEnded) fact.moment())
        .reduce((first, last) -> last)
        .map(ended -> "the call ended: " + ended.why());
  }

  private <T extends Fact> Stream<T> facts(Class<T> type) {
    return record.entries().stream()
        .map(JournalEntry::fact)
        .filter(type::isInstance)
        .map(type::cast);
  }
}
