package dev.ringback.replay;

import dev.ringback.cast.Script;
import dev.ringback.cast.ScriptStep;
import dev.ringback.engine.CallRecord;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldSettings;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.json.AccountJson;
import dev.ringback.wire.HttpWire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A call again until an instant, and differently from then on. Until then nothing is asked of the
 * app: what it answered is in the journal. Afterwards it is asked, in a world of its own with
 * virtual time.
 */
public final class Fork {
  private Fork() {}

  /**
   * @param record the call as it went
   * @param differently what happens, in order, at least one; what the script had for later stays
   */
  public static CallRecord of(
      WorldSettings settings, CallRecord record, List<ScriptStep> differently) {
    Instant instant = record.call().facts().leg().startedAt().plus(differently.getFirst().at());
    List<JournalEntry> before =
        record.entries().stream().filter(entry -> entry.at().isBefore(instant)).toList();
    JournalEntry first = before.isEmpty() ? record.entries().getFirst() : before.getFirst();
    Fact.Placed placed = (Fact.Placed) first.fact();
    List<JournalEntry> directed = new ArrayList<>(before.isEmpty() ? List.of(first) : before);
    directed.set(
        0,
        new JournalEntry(
            first.number(),
            first.at(),
            first.call(),
            first.callNumber(),
            new Fact.Placed(placed.call(), with(placed.script(), differently))));
    try (HttpWire wire = new HttpWire();
        World world = new World(settings.with(new ClockMode.Skipping()), wire, new AccountJson())) {
      var adopted = world.adopt(directed);
      world.runUntilIdle();
      Sid call = adopted.join();
      var forked = world.call(call);
      world.runUntilIdle();
      CallRecord after = forked.join().orElseThrow();
      List<JournalEntry> entries = new ArrayList<>(after.entries());
      entries.set(0, first); // as it was: what was said for later is no part of the past
      return new CallRecord(after.call(), List.copyOf(entries), after.wallTimes(), after.over());
    }
  }

  private static Script with(Script script, List<ScriptStep> steps) {
    List<ScriptStep> directions = new ArrayList<>(script.directions());
    directions.addAll(steps);
    return new Script(
        script.called(), script.caller(), List.copyOf(directions), script.reactions());
  }
}
