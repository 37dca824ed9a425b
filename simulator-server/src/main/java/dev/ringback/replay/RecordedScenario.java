package dev.ringback.replay;

import dev.ringback.call.Behaviour;
import dev.ringback.call.CallEvent;
import dev.ringback.engine.CallRecord;
import dev.ringback.engine.WorldSettings;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.runner.Wildcards;
import dev.ringback.voice.Direction;
import dev.ringback.voice.Leg;
import dev.ringback.yaml.BadInput;
import dev.ringback.yaml.Problem;
import dev.ringback.yaml.YamlText;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A call that is over as a scenario: the same call, and what came of it as expectations. Every
 * answer's status, verbs and attributes are expected; comments say when each part was.
 */
public final class RecordedScenario {
  private final CallRecord record;
  private final Leg leg;
  private final Instant start;
  private final StringBuilder text = new StringBuilder();

  private RecordedScenario(CallRecord record) {
    this.record = record;
    this.leg = record.call().facts().leg();
    this.start = leg.startedAt();
  }

  /**
   * @param settings of the call's world
   * @param pairs conversations that were there, beside those that are configured
   * @return the text of a scenario file
   * @throws BadInput when the call is not over, or no scenario can say how it began
   */
  public static String write(WorldSettings settings, CallRecord record, List<KnownPair> pairs)
      throws BadInput {
    RecordedScenario scenario = new RecordedScenario(record);
    scenario.check(settings);
    scenario.head();
    boolean webhooks =
        settings.frontline().webhooks().pre() != null
            || settings.frontline().webhooks().post() != null;
    if (!webhooks) {
      scenario.line("strict: true");
    }
    scenario.text.append(RecordedGiven.text(settings, record, pairs));
    scenario.text.append(RecordedWhen.text(record, pairs));
    scenario.text.append(RecordedThen.text(settings, record));
    return scenario.text.toString();
  }

  private void check(WorldSettings settings) throws BadInput {
    if (!settings.behaviour().equals(Behaviour.DEFAULT)) {
      throw cannot(
          "the world has switches of `behaviour:`, which a recording does not carry",
          "record a call of a world without them");
    }
    boolean struck =
        record.entries().stream().anyMatch(entry -> entry.fact() instanceof Fact.FaultStruck);
    if (struck) {
      throw cannot(
          "a fault struck in the call " + leg.sid() + ", which a recording does not carry",
          "record a call without it, and add `faults:` to its scenario");
    }
    if (!record.over()) {
      throw cannot("the call " + leg.sid() + " is not over yet", "record it when it has ended");
    }
    boolean met =
        record.entries().stream()
            .anyMatch(
                entry -> entry.fact() instanceof Fact.Happened(CallEvent.MeetingChanged changed));
    if (met) {
      throw cannot(
          "the call %s was in a queue or conference, where what others did decides"
              .formatted(leg.sid()),
          "write a scenario of all the calls that met there");
    }
    if (leg.direction() != Direction.INBOUND) {
      throw cannot(
          "the call %s was placed by the REST API, which `when:` cannot say".formatted(leg.sid()),
          "record a call that a customer or a worker has placed");
    }
  }

  /**
   * What the app was asked in a call and what it answered, as the part {@code then}.
   *
   * @param wildcards words in whose place anything may stand
   * @param left exchanges that are not expected
   */
  public static String expectations(
      WorldSettings settings, CallRecord record, Wildcards wildcards, Set<String> left) {
    return RecordedThen.text(settings, record, wildcards, left);
  }

  /** What the app answered to a request, as an expectation's {@code answer}. */
  public static String answer(Exchange exchange) {
    return RecordedThen.answer(exchange, Wildcards.NONE);
  }

  /** Who called whom, and how it came out. */
  public static String title(CallRecord record) {
    return new RecordedScenario(record).title();
  }

  private static BadInput cannot(String message, String hint) {
    return new BadInput(new Problem(null, 0, "CALL_SID", message, hint));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void head() {
    line("# Recorded from call " + leg.sid() + " of " + start + ".");
    line("scenario: " + YamlText.scalar(title()));
  }

  private String title() {
    return "%s calls %s: %s"
        .formatted(leg.from(), leg.to().isEmpty() ? "from the app" : leg.to(), ending());
  }

  /** How it came out, as a title says it. */
  private String ending() {
    String ending = leg.status().wireName();
    for (JournalEntry entry : record.entries()) {
      if (entry.fact() instanceof Fact.Happened(CallEvent.SessionEnded over)) {
        ending = over.outcome().result().wireName();
      }
    }
    return ending;
  }
}
