package dev.ringback.scenario;

import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.JournalEntry;
import dev.ringback.twiml.RecordingEvent;
import dev.ringback.twiml.SessionEvent;
import dev.ringback.twiml.TwimlElements;
import dev.ringback.twiml.WireNamed;
import dev.ringback.voice.DialCallStatus;
import dev.ringback.voice.Landing;
import dev.ringback.voice.RequestKind;
import dev.ringback.voice.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which part of the contract of {@code <Conversation>} an app has met: the ways a session can end,
 * the events it can be told of, what can go wrong. An ending or event counts when the app was told
 * of it and answered 2xx. It also counts what the app wrote: verbs, nouns and their attributes.
 */
public final class Coverage {
  private final Map<Item, Integer> items = new LinkedHashMap<>();
  private final Map<String, Integer> written = new TreeMap<>();

  /**
   * A part of the contract.
   *
   * @param group such as {@code Result}
   * @param value such as {@code session-success}
   */
  public record Item(String group, String value) {
    /** Such as {@code Result=session-success}. */
    @Override
    public String toString() {
      return group + "=" + value;
    }
  }

  private static final String FALLBACK = "fallback";
  private static final String SERVER_ERROR = "5xx";
  private static final String TIME_OUT = "time-out";

  private Coverage() {
    values("Result", Result.class);
    values("DialCallStatus", DialCallStatus.class);
    values("session-status", SessionEvent.class);
    values("recording-status", RecordingEvent.class);
    for (String path : List.of(FALLBACK, SERVER_ERROR, TIME_OUT)) {
      items.put(new Item("error", path), 0);
    }
  }

  private <E extends Enum<E> & WireNamed> void values(String group, Class<E> type) {
    for (E value : type.getEnumConstants()) {
      // Twilio sends this one for conferences only.
      if (value != DialCallStatus.ANSWERED) {
        items.put(new Item(group, value.wireName()), 0);
      }
    }
  }

  /**
   * @param journals of all calls
   */
  public static Coverage of(Collection<List<JournalEntry>> journals) {
    Coverage coverage = new Coverage();
    for (List<JournalEntry> journal : journals) {
      Exchanges.of(journal).forEach(coverage::add);
    }
    return coverage;
  }

  private void add(Exchange exchange) {
    switch (exchange.landing()) {
      case null -> {}
      case Landing.Failed failed -> {
        if (failed.took().isPositive()) {
          met("error", TIME_OUT);
        }
      }
      case Landing.Answered answered -> {
        if (answered.status() >= 500) {
          met("error", SERVER_ERROR);
        }
        if (answered.successful()) {
          told(exchange);
          wrote(answered);
        }
      }
    }
  }

  private void told(Exchange exchange) {
    RequestKind kind = exchange.kind();
    if (kind == RequestKind.ACTION) {
      value(exchange, "Result", "Result");
      value(exchange, "DialCallStatus", "DialCallStatus");
    } else if (kind == RequestKind.SESSION_STATUS) {
      value(exchange, "session-status", "Status");
    } else if (kind == RequestKind.RECORDING_STATUS) {
      value(exchange, "recording-status", "RecordingStatus");
    } else if (kind == RequestKind.FALLBACK) {
      met("error", FALLBACK);
    }
  }

  private void value(Exchange exchange, String group, String parameter) {
    exchange.request().form().value(parameter).ifPresent(value -> met(group, value));
  }

  private void met(String group, String value) {
    items.computeIfPresent(new Item(group, value), (item, count) -> count + 1);
  }

  private void wrote(Landing.Answered answered) {
    for (TwimlElements.Element element : TwimlElements.of(answered.body())) {
      written.merge(element.name(), 1, Integer::sum);
      element
          .attributes()
          .keySet()
          .forEach(name -> written.merge(element.name() + "." + name, 1, Integer::sum));
    }
  }

  /** How often each part was met, in the order of Twilio's pages. */
  public Map<Item, Integer> items() {
    return items;
  }

  /** How often the app wrote each element and attribute, such as {@code Dial.timeout}. */
  public Map<String, Integer> written() {
    return written;
  }

  /** The same by group, then by value. */
  public Map<String, Map<String, Integer>> groups() {
    Map<String, Map<String, Integer>> groups = new LinkedHashMap<>();
    items.forEach((item, count) ->
        groups
            .computeIfAbsent(item.group(), group -> new LinkedHashMap<>())
            .put(item.value(), count));
    return groups;
  }

  /** Verbs that the app wrote. */
  public List<String> verbsWritten() {
    return Vocabulary.verbs().stream().filter(written::containsKey).toList();
  }

  /** Verbs that the app never wrote. */
  public List<String> verbsNeverWritten() {
    return Vocabulary.verbs().stream().filter(verb -> !written.containsKey(verb)).toList();
  }

  /** Parts that were never met. */
  public List<Item> missed() {
    return items.entrySet().stream().filter(e -> e.getValue() == 0).map(Map.Entry::getKey).toList();
  }

  /** Of the parts, in percent. */
  public double percent() {
    return 100.0 * (items.size() - missed().size()) / items.size();
  }

  /** The parts by that name: {@code Result=busy}, or a value alone; none: there is no such. */
  public static List<Item> named(String name) {
    return new Coverage()
        .items.keySet().stream()
            .filter(item -> item.toString().equals(name) || item.value().equals(name))
            .toList();
  }

  /** All names, for one that was meant. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    new Coverage()
        .items
        .keySet()
        .forEach(item -> names.addAll(Arrays.asList(item.toString(), item.value())));
    return names;
  }
}
