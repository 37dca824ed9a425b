package dev.ringback.load;

import dev.ringback.call.CallEvent;
import dev.ringback.journal.Exchange;
import dev.ringback.journal.Exchanges;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.play.Player.Performance;
import dev.ringback.twiml.Level;
import dev.ringback.voice.Landing;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What became of one call.
 *
 * @param cause why it failed, in a line; null: it did as its scenario says
 * @param endings of the calls that customers placed, such as {@code completed}
 * @param errors codes of the Debugger's errors, and {@code HTTP 500} and the like
 */
record CallOutcome(@Nullable String cause, List<String> endings, List<String> errors) {

  /** When in the call: causes that differ in nothing else are the same. */
  private static final Pattern TIME = Pattern.compile(" at \\d+(\\.\\d+)?s\\b");

  /** It could not be played. */
  static CallOutcome impossible(String cause) {
    return new CallOutcome(cause, List.of(), List.of());
  }

  static CallOutcome of(Performance played) {
    List<String> errors = new ArrayList<>();
    for (Exchange exchange : Exchanges.of(played.journal())) {
      if (exchange.landing() instanceof Landing.Answered answered && answered.status() >= 400) {
        errors.add("HTTP " + answered.status());
      }
    }
    List<String> endings = new ArrayList<>();
    for (JournalEntry entry : played.journal()) {
      if (entry.fact() instanceof Fact.Happened(CallEvent.CallEnded end)) {
        endings.add(end.leg().status().wireName());
      } else if (entry.fact() instanceof Fact.Alerted(var alert) && alert.level() == Level.ERROR) {
        errors.add(alert.code());
      }
    }
    return new CallOutcome(
        played.verdict().passed() ? null : TIME.matcher(played.verdict().cause()).replaceAll(""),
        List.copyOf(endings),
        List.copyOf(errors));
  }
}
