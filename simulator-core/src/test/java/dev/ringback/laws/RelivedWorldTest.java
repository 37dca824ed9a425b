package dev.ringback.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

/**
 * A world that stopped anywhere, and is told what came from outside until then, is the same world:
 * its journal is the same to the last word, and it goes on as if it had not stopped.
 */
class RelivedWorldTest {
  /** Fewer where the test runs often, as under {@code make mutants}. */
  private static final int WORLDS = Integer.getInteger("ringback.worlds", 5_000);

  /** In so many something of each sort happens. */
  private static final int ALL_SORTS = 1_000;

  /** One world in so many is lived again thrice: whole, from where it stopped, and after that. */
  private static final int EACH = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Set<String> inputs = new ConcurrentSkipListSet<>();

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
    new Simulation(RelivedWorldTest.class).run(WORLDS, this::play);
    if (Long.getLong("ringback.seed") == null && WORLDS >= ALL_SORTS) {
      assertEquals(
          Set.of("Began", "Due", "Landed", "Resumed", "Settled", "Submitted", "Told"), inputs);
    }
  }

  private void play(long seed) throws Exception {
    ClockMode clock = seed % EACH == 1 ? new ClockMode.Real(20_000) : new ClockMode.Skipping();
    Memory memory = new Memory();
    RandomCalls first = new RandomCalls(seed, clock, memory, null);
    memory.world = first.world();
    first.begin();
    memory.entries.forEach(e -> inputs.add(e.input().getClass().getSimpleName()));
    Random random = new Random(seed);
    List<JournalEntry> whole = first.world().journal().all();
    if (seed % EACH == 0) {
      relive(seed, clock, memory.entries, whole);
    }
    int stopped = 1 + random.nextInt(memory.entries.size());
    List<History.Entry> past = memory.entries.subList(0, stopped);
    long journal = stopped == memory.entries.size() ? whole.size() : memory.journals.get(stopped);
    Memory second = relive(seed, clock, past, whole.subList(0, (int) journal));
    second.entries.forEach(e -> inputs.add(e.input().getClass().getSimpleName()));
    if (seed % EACH == 0) {
      // What happens after it has gone on can be lived again, too.
      List<History.Entry> both = new ArrayList<>(past);
      both.addAll(second.entries);
      relive(seed, clock, both, second.world.journal().all());
    }
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
                RandomCalls.again(
                    () -> again[0], number -> assertTrue(asked.add(number), "asked once")),
                PATIENCE,
                Past.Snapshots.NONE));
    World world = again[0].world();
    memory.world = world;
    LawWatch laws = new LawWatch(again[0].behaviour());
    world.journal().subscribe(laws::hear);
    List<JournalEntry> atTheEnd = new ArrayList<>();
    world.relive(seed % 3 == 0);
    long last = memory.journals.isEmpty() ? 0 : memory.journals.getFirst();
    atTheEnd.addAll(world.journal().after(0, (int) last));
    assertEquals(journal, atTheEnd);
    world.runUntilIdle();
    return memory;
  }
}
