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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What people could do otherwise in a call, from its last choice on: at each point the same
 * document, at the same verb, with the same told of the call, is the same state.
 */
final class Choices {
  /** Documents that differ in a number are one: a counter would make a state of each. */
  private static final Pattern NUMBER = Pattern.compile("\\d{2,}");

  /** Verbs in which hanging up is no other state than in the one before. */
  private static final Set<String> PASSING =
      Set.of("Hangup", "Reject", "Redirect", "Connect", "Dial", "Leave", "Pause", "Sms", "Message");

  private final Journey journey;
  private final Duration from;
  private final List<Choice> found = new ArrayList<>();
  private String document = "";
  private String told = "";
  private boolean ended;

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
      if (entry.fact() instanceof Fact.Happened(CallEvent event)) {
        ended |= event instanceof CallEvent.SessionEnded || event instanceof CallEvent.DialEnded;
        if (at.compareTo(from) >= 0) {
          happened(event, at);
        }
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
    Menu menu = new Menu(verb.detail(), gather == null ? Map.of() : gather.attributes());
    for (String digits : menu.pressed()) {
      act(position, at, party, ordered("act", "press", "digits", digits));
    }
    for (String words : menu.spoken()) {
      act(position, at, party, ordered("act", "speak", "for", "2s", "words", words));
    }
  }

  private static String firstWords(Element element) {
    String text = element.text();
    return text.substring(0, Math.min(20, text.length())).strip();
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
                situation(),
                unnumbered(Journey.abstracted(document)),
                told,
                unnumbered(position),
                chosen)));
  }

  private static String unnumbered(String text) {
    return NUMBER.matcher(text).replaceAll("#");
  }

  /** When a session has ended, the app was told all that there is to tell of the situation. */
  private String situation() {
    Course.Situation situation = journey.course().situation();
    return ended && situation != Course.Situation.TROUBLE ? "" : situation.name();
  }
}
