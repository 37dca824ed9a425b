package dev.ringback.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.call.Behaviour;
import dev.ringback.call.Call;
import dev.ringback.call.CallState;
import dev.ringback.call.Step;
import dev.ringback.call.machine.CallMachine;
import dev.ringback.engine.World;
import dev.ringback.id.Sid;
import dev.ringback.journal.Fact;
import dev.ringback.journal.JournalEntry;
import dev.ringback.voice.Act;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Follows the journal with calls of its own: what the world did must follow from its inputs. */
final class LawWatch {
  private final CallMachine machine;
  private final Map<Sid, Call> calls = new HashMap<>();
  private final Map<Sid, Laws> laws = new HashMap<>();
  private final Map<Sid, Integer> numbers = new HashMap<>();
  private long number;
  private Instant last = Instant.MIN;

  LawWatch(Behaviour behaviour) {
    this.machine = new CallMachine(behaviour);
  }

  void hear(JournalEntry entry) {
    assertEquals(++number, entry.number(), "the journal's numbers");
    assertTrue(!entry.at().isBefore(last), "time went back");
    last = entry.at();
    Sid sid = entry.call();
    if (sid == null) {
      return;
    }
    assertEquals(numbers.merge(sid, 1, Integer::sum), entry.callNumber(), "the call's numbers");
    switch (entry.fact()) {
      case Fact.Placed placed -> {
        calls.put(sid, placed.call());
        laws.put(sid, new Laws());
      }
      case Fact.Took took -> {
        Call before = Objects.requireNonNull(calls.get(sid));
        Step step = machine.step(before, took.input(), entry.at());
        Objects.requireNonNull(laws.get(sid)).check(before, took.input(), step, entry.at());
        calls.put(sid, step.call());
      }
      default -> {}
    }
  }

  /** In queues, conferences and streams one waits until somebody does something. */
  void hangUpWhereOneWaitsForEver(World world) {
    for (Call call : List.copyOf(calls.values())) {
      if (!call.over()) {
        assertTrue(
            call.state() instanceof CallState.InQueue
                || call.state() instanceof CallState.InConference
                || call.state() instanceof CallState.DiallingQueue
                || call.state() instanceof CallState.Streaming,
            () -> "the call does not end: " + call.state());
        world.act(call.sid(), new Act.HangUp());
        world.runUntilIdle();
      }
    }
    world.runUntilIdle();
  }

  void end(World world) {
    for (Call call : calls.values()) {
      assertTrue(call.over(), () -> "the call does not end: " + call.state());
      var record = world.call(call.sid());
      world.runUntilIdle();
      assertEquals(call, record.join().orElseThrow().call(), "built again from its journal");
    }
  }
}
