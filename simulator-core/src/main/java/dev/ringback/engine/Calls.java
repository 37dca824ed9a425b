package dev.ringback.engine;

import dev.ringback.call.Call;
import dev.ringback.call.CallInput;
import dev.ringback.call.CallState;
import dev.ringback.call.Step;
import dev.ringback.cast.Script;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import java.time.Instant;
import java.util.List;

/** How calls begin: a new one arrives, or one of another world goes on here. */
final class Calls {
  private final LiveCalls calls;
  private final CallSteps steps;
  private final CallParties parties;
  private final ScriptDirections directions;
  private final WorldTime time;
  private final JournalWriter journal;

  Calls(
      LiveCalls calls,
      CallSteps steps,
      CallParties parties,
      ScriptDirections directions,
      WorldTime time,
      JournalWriter journal) {
    this.calls = calls;
    this.steps = steps;
    this.parties = parties;
    this.directions = directions;
    this.time = time;
    this.journal = journal;
  }

  /**
   * A call begins.
   *
   * @param arrivesAt now, or when it leaves the queue of the REST API
   */
  void begin(Call arriving, Script script, Instant arrivesAt) {
    LiveCall call = new LiveCall(arriving, script, steps);
    calls.add(call);
    journal.write(call, new Fact.Placed(arriving, script));
    directions.enter(call, time.now());
    if (arriving.facts().options() == null) {
      call.take(new CallInput.Arrived());
    } else {
      enter(arrivesAt, call, new CallInput.Arrived());
    }
  }

  private void enter(Instant due, LiveCall call, CallInput input) {
    time.agenda().enter(due, call, () -> call.take(input));
  }

  /**
   * Builds a call of another world from its journal and takes up what had not happened yet.
   *
   * @param restored takes over what that world did for the call
   */
  Sid adopt(List<JournalEntry> entries, RestoredConversations restored) {
    Fact.Placed placed = (Fact.Placed) entries.getFirst().fact();
    LiveCall call = new LiveCall(placed.call(), placed.script(), steps);
    calls.add(call);
    PendingEffects pending = new PendingEffects(tell -> parties.reaction(call, tell));
    for (JournalEntry entry : entries) {
      time.clock().moveTo(entry.at());
      call.remember(entry);
      call.nextNumber();
      if (entry.fact() instanceof Fact.Remembers remembers) {
        call.session = remembers.session();
      }
      restored.restore(call, entry.fact());
      if (entry.fact() instanceof Fact.Took took) {
        Step step = steps.replay(call, took.input(), entry.at());
        pending.took(took.input(), step.effects(), entry.at());
      }
    }
    calls.addChildren(call);
    if (call.call.state() instanceof CallState.Arriving) {
      enter(time.now(), call, new CallInput.Arrived());
    }
    for (PendingEffects.Due due : pending.due()) {
      switch (due) {
        case PendingEffects.Asked asked -> steps.perform(call, asked.effect(), asked.at());
        case PendingEffects.Coming coming ->
            enter(coming.at(), call, new CallInput.Acted(coming.leg(), coming.act()));
      }
    }
    directions.enter(call, time.now().plusNanos(1));
    return call.callSid();
  }
}
