package dev.ringback.json;

import dev.ringback.call.Alarm;
import dev.ringback.call.ApiCallOptions;
import dev.ringback.call.Call;
import dev.ringback.call.CallFacts;
import dev.ringback.call.CallState;
import dev.ringback.cast.Script;
import dev.ringback.id.Sid;
import dev.ringback.id.WireData;
import dev.ringback.journal.Fact;
import dev.ringback.voice.Leg;
import dev.ringback.voice.VoiceUrls;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the journal writes that a call was placed. The format is a promise: it stays when the engine
 * groups what it knows of a call in another way.
 */
record PlacedJson(CallJson call, Script troupe) {

  record CallJson(FactsJson facts, CallState state) {}

  /** A call that has not begun has no children, recordings and the like yet. */
  @WireData
  record FactsJson(
      Sid account,
      Leg leg,
      VoiceUrls line,
      @Nullable ApiCallOptions order,
      Map<String, String> parameters,
      @Nullable Set<String> callerIds,
      List<Leg> children,
      List<String> recordings,
      List<String> streams,
      @Nullable Instant speaksUntil,
      @Nullable Alarm limit,
      List<String> rounds,
      long seed,
      Map<String, Integer> counters) {}

  private static final List<String> COUNTERS =
      List.of("sids", "exchanges", "alarms", "questions", "documents", "waits", "reports");

  static PlacedJson of(Fact.Placed placed) {
    CallFacts facts = placed.call().facts();
    Map<String, Integer> counters = new LinkedHashMap<>();
    COUNTERS.forEach(counter -> counters.put(counter, 0));
    return new PlacedJson(
        new CallJson(
            new FactsJson(
                facts.account(),
                facts.leg(),
                facts.urls(),
                facts.options(),
                facts.parameters(),
                facts.origin().callerIds(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                facts.origin().seed(),
                counters),
            placed.call().state()),
        placed.script());
  }

  Fact.Placed fact() {
    FactsJson facts = call.facts();
    return new Fact.Placed(
        Call.arriving(
            new CallFacts.Origin(facts.account(), facts.seed(), facts.order(), facts.callerIds()),
            facts.leg(),
            facts.line(),
            facts.parameters()),
        troupe);
  }
}
