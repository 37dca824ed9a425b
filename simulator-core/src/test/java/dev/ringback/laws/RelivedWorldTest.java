package dev.ringback.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.call.Call;
import dev.ringback.call.CallState;
import dev.ringback.engine.ClockMode;
import dev.ringback.engine.History;
import dev.ringback.engine.Past;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldInput;
import dev.ringback.journal.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A world that stopped anywhere, and is told what came from outside until then, is the same world:
 * its journal is the same to the last word, and it goes on as if it had not stopped.
 */
class RelivedWorldTest {
  private static final int ALL_WORLDS = 1_000;
  private static final int WORLDS = Integer.getInteger("ringback.worlds", ALL_WORLDS);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Set<String> inputs = new TreeSet<>();

  /** Keeps all of it, and how long the journal was before each. */
  private static final class Memory implements History {
    final List<History.Entry> entries = new ArrayList<>();
    final List<Long> journals = new ArrayList<>();
    World world;

    @SuppressWarnings("NullAway.Init")
    Memory() {}

    @Override
    public void took(Instant now, WorldInput input) {
      entries.add(new History.Entry(now, input));
      journals.add(world == null ? 0 : world.journal().last());
    }
  }

  @Test
  void theSameWorldComesBackWhereverItStopped() throws Exception {
    Long one = Long.getLong("ringback.seed");
    for (long seed = one == null ? 0 : one; seed < (one == null ? WORLDS : one + 1); seed++) {
      try {
        play(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            ("seed %d: %s%nagain: scripts/mvn -pl simulator-core test -Dtest=RelivedWorldTest"
                    + " -Dringback.seed=%d")
                .formatted(seed, e.getMessage(), seed),
            e);
      }
    }
    if (one == null && WORLDS == ALL_WORLDS) {
      assertEquals(
          Set.of("Began", "Due", "Landed", "Resumed", "Settled", "Submitted", "Told"), inputs);
    }
  }

  private void play(long seed) throws Exception {
    ClockMode clock = seed % 4 == 0 ? new ClockMode.Real(20_000) : new ClockMode.Skipping();
    Memory memory = new Memory();
    RandomCalls first = new RandomCalls(seed, clock, memory, null);
    memory.world = first.world();
    first.begin();
    memory.entries.forEach(e -> inputs.add(e.input().getClass().getSimpleName()));
    Random random = new Random(seed);
    List<JournalEntry> whole = first.world().journal().all();
    relive(seed, clock, memory.entries, whole);
    int stopped = 1 + random.nextInt(memory.entries.size());
    List<History.Entry> past = memory.entries.subList(0, stopped);
    long journal = stopped == memory.entries.size() ? whole.size() : memory.journals.get(stopped);
    Memory second = relive(seed, clock, past, whole.subList(0, (int) journal));
    second.entries.forEach(e -> inputs.add(e.input().getClass().getSimpleName()));
    // What happens after it has gone on can be lived again, too.
    List<History.Entry> both = new ArrayList<>(past);
    both.addAll(second.entries);
    relive(seed, clock, both, second.world.journal().all());
  }

  /** Gives what was written down from the end of the past on. */
  private static Memory relive(
      long seed, ClockMode clock, List<History.Entry> past, List<JournalEntry> journal)
      throws Exception {
    Memory memory = new Memory();
    Set<Long> asked = new HashSet<>();
    RandomCalls[] again = new RandomCalls[1];
    again[0] =
        new RandomCalls(
            seed,
            clock,
            memory,
            new Past(
                past.iterator(),
                number -> {
                  assertTrue(asked.add(number), "asked once");
                  Thread.ofVirtual().start(() -> again[0].command(number));
                },
                PATIENCE));
    World world = again[0].world();
    memory.world = world;
    List<JournalEntry> atTheEnd = new ArrayList<>();
    world.relive(seed % 3 == 0);
    long last = memory.journals.isEmpty() ? 0 : memory.journals.getFirst();
    atTheEnd.addAll(world.journal().after(0, (int) last));
    assertEquals(journal, atTheEnd);
    world.runUntilIdle();
    end(world);
    return memory;
  }

  /** Every call comes to its end; those that wait for ever are ended. */
  private static void end(World world) {
    var calls = world.calls();
    world.runUntilIdle();
    for (Call call : calls.join()) {
      if (!call.over()) {
        assertTrue(
            call.state() instanceof CallState.InQueue
                || call.state() instanceof CallState.InConference
                || call.state() instanceof CallState.DiallingQueue
                || call.state() instanceof CallState.Streaming,
            () -> "the call does not end: " + call.state());
      }
    }
  }
}
