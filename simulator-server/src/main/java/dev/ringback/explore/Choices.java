package dev.ringback.explore;

import static dev.ringback.scenariofile.ScenarioDraft.ordered;

import dev.ringback.call.CallEvent;
import dev.ringback.explore.Course.Step;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.twiml.TwimlElements;
import dev.ringback.twiml.TwimlElements.Element;
import dev.ringback.voice.CallStatus;
import dev.ringback.voice.Landing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people could do otherwise in a call, from its last choice on: at each point the same
 * document, at the same verb, with the same told of the call, is the same state.
 */
final class Choices {
  private static final Pattern KEY =
      Pattern.compile("(?<![\\d.,:])([0-9*#]|star|pound)(?![\\d.,:%])");

  /** Verbs in which hanging up is no other state than in the one before. */
  private static final Set<String> PASSING =
      Set.of("Hangup", "Reject", "Redirect", "Connect", "Dial", "Leave", "Pause", "Sms", "Message");

  private final Journey journey;
  private final Duration from;
  private final List<Choice> found = new ArrayList<>();
  private String document = "";
  private String told = "";

  /**
   * A course with one choice more.
   *
   * @param state in which it is chosen, and what is chosen: two with the same lead to the same
   */
  record Choice(Course course, String state) {}

  private Choices(Journey journey) {
    this.journey = journey;
    this.from = journey.course().lastAct();
  }

  static List<Choice> in(Journey journey) {
    Choices choices = new Choices(journey);
    choices.read();
    return choices.found;
  }

  private void read() {
    Exchanges exchanges = new Exchanges();
    for (JournalEntry entry : journey.journal()) {
      Exchange changed = exchanges.read(entry);
      if (changed != null
          && changed.kind().expectsTwiml()
          && changed.landing() instanceof Landing.Answered answered) {
        document = answered.body();
        told = Journey.where(changed) + " " + Journey.path(changed);
      }
      Duration at = journey.since(entry.at());
      if (at.compareTo(from) >= 0 && entry.fact() instanceof Fact.Happened(CallEvent event)) {
        happened(event, at);
      }
    }
  }

  private void happened(CallEvent event, Duration at) {
    switch (event) {
      case CallEvent.LegChanged(var leg)
          when leg.parent() != null && leg.status() == CallStatus.RINGING -> {
        act("ring", at.plusSeconds(2), "worker", ordered("act", "answer"));
        act("ring", at.plusSeconds(2), "worker", ordered("act", "decline"));
        act("ring", at.plusSeconds(1), "worker", ordered("act", "busy"));
        act("ring", at.plusSeconds(3), "customer", ordered("act", "hangup"));
        if (!journey.course().has(Step.Unreachable.class)) {
          choose("ring", new Step.Unreachable());
        }
      }
      case CallEvent.Connected connected ->
          act("talk", at.plusSeconds(5), "customer", ordered("act", "hangup"));
      case CallEvent.VerbStarted verb -> started(verb, at);
      default -> {}
    }
  }

  private void started(CallEvent.VerbStarted verb, Duration at) {
    boolean caller = verb.leg().equals(journey.root());
    String party = caller ? "customer" : "worker";
    String position = party + " " + verb.verb() + " " + verb.detail();
    switch (verb.verb()) {
      case "Gather" -> gather(verb, party, position, at.plusSeconds(1));
      case "Record" -> {
        if (!journey.course().has(Step.Speaks.class)) {
          choose(position, new Step.Speaks(Duration.ZERO, false));
          choose(position, new Step.Speaks(Duration.ofSeconds(5), false));
        }
      }
      default -> {}
    }
    if (caller && !PASSING.contains(verb.verb())) {
      act(position, at.plusMillis(300), party, ordered("act", "hangup"));
    }
  }

  /** Each key that is named, one that is not, and words where they are listened to. */
  private void gather(CallEvent.VerbStarted verb, String party, String position, Duration at) {
    Element gather =
        TwimlElements.of(document).stream()
            .filter(element -> element.name().equals("Gather"))
            .filter(element -> verb.detail().contains(firstWords(element)))
            .findFirst()
            .orElse(null);
    Map<String, String> attributes = gather == null ? Map.of() : gather.attributes();
    String input = attributes.getOrDefault("input", "dtmf");
    if (input.contains("dtmf")) {
      int digits = number(attributes.getOrDefault("numDigits", "1"));
      boolean menu = digits == 1;
      for (String key : menu ? keys(verb.detail()) : List.of("1234567890".repeat(2))) {
        String pressed = menu ? key : key.substring(0, Math.min(digits, 20));
        act(position, at, party, ordered("act", "press", "digits", pressed));
      }
    }
    if (input.contains("speech")) {
      for (String words :
          List.of(attributes.getOrDefault("hints", "yes").split(",", -1)[0].strip())) {
        act(
            position,
            at,
            party,
            ordered("act", "speak", "for", "2s", "words", words.isEmpty() ? "yes" : words));
      }
    }
  }

  private static String firstWords(Element element) {
    String text = element.text();
    return text.substring(0, Math.min(20, text.length())).strip();
  }

  private static int number(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : 1;
  }

  private static List<String> keys(String prompt) {
    Set<String> keys = new LinkedHashSet<>();
    Matcher named = KEY.matcher(prompt.toLowerCase(java.util.Locale.ROOT));
    while (named.find()) {
      keys.add(
          switch (named.group(1)) {
            case "star" -> "*";
            case "pound" -> "#";
            default -> named.group(1);
          });
    }
    keys.remove("#"); // it ends what is pressed
    for (String other : List.of("8", "7", "5")) {
      if (keys.add(other)) {
        break;
      }
    }
    return List.copyOf(keys);
  }

  private void act(String position, Duration at, String party, Map<String, Object> how) {
    choose(position, new Step.Act(at, party, how));
  }

  private void choose(String position, Step step) {
    String chosen = step instanceof Step.Act act ? act.party() + act.how() : step.words();
    found.add(
        new Choice(
            journey.course().with(step),
            String.join(
                " | ",
                journey.course().situation() == Course.Situation.TROUBLE ? "trouble" : "",
                Journey.abstracted(document),
                told,
                position,
                chosen)));
  }
}
