package dev.ringback.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.engine.ClockMode;
import dev.ringback.engine.History;
import dev.ringback.engine.HistoryBroken;
import dev.ringback.engine.Past;
import dev.ringback.engine.World;
import dev.ringback.engine.WorldInput;
import dev.ringback.engine.WorldSnapshot;
import dev.ringback.journal.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A world that was snapshot anywhere goes on from there as it did then: a new one of the same
 * settings, or the same one that becomes again what it was.
 */
class SnapshotWorldTest {
  private static final int WORLDS = Integer.getInteger("ringback.worlds", 5_000);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** One world in so many is snapshot on a real clock. */
  private static final int REAL = 20;

  private static final class Memory implements History {
    final List<History.Entry> entries = new ArrayList<>();
    @Nullable World world;

    /** Before which entry a snapshot is asked for; -1: none is. */
    int when = -1;

    @Nullable CompletableFuture<WorldSnapshot> asked;
    @Nullable WorldSnapshot snapshot;
    int before;
    long journal;

    @Override
    public void took(Instant now, WorldInput input) {
      entries.add(new History.Entry(now, input));
      if (entries.size() == when && world != null) {
        World of = world;
        asked =
            of.snapshots()
                .take(taken -> {
                  snapshot = taken;
                  before = entries.size();
                  journal = of.journal().last();
                });
      }
    }
  }

  @Test
  void theWorldGoesOnFromASnapshotAsItDid() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    new Simulation(SnapshotWorldTest.class)
        .run(
            WORLDS,
            seed -> {
              if (play(seed)) {
                taken.incrementAndGet();
              }
            });
    assertTrue(
        Long.getLong("ringback.seed") != null || taken.get() > WORLDS / 3, taken + " were taken");
  }

  /** Whether a snapshot was taken. */
  private static boolean play(long seed) throws Exception {
    ClockMode clock = seed % REAL == 1 ? new ClockMode.Real(20_000) : new ClockMode.Skipping();
    Memory rehearsal = new Memory();
    RandomCalls first = new RandomCalls(seed, clock, rehearsal, null);
    if (first.waitsForAnswers()) {
      return false;
    }
    first.begin();

    Memory memory = new Memory();
    memory.when = 2 + new Random(seed).nextInt(rehearsal.entries.size());
    RandomCalls second = new RandomCalls(seed, clock, memory, null);
    memory.world = second.world();
    second.begin();
    if (memory.asked == null) {
      return false;
    }
    WorldSnapshot snapshot = memory.asked.join();
    List<JournalEntry> whole = second.world().journal().all();
    int before = memory.before;
    List<History.Entry> after = memory.entries.subList(before, memory.entries.size());
    assertEquals(whole, relived(seed, clock, after, snapshot, null), "from the snapshot on");

    // The same world becomes what it was, and goes on; and all of that can be lived again.
    int end = memory.entries.size();
    List<JournalEntry> then = whole.subList(0, (int) memory.journal);
    second.world().snapshots().restore(snapshot, 7);
    second.world().runUntilIdle();
    List<JournalEntry> restored = second.world().journal().all();
    assertEquals(then, restored.subList(0, then.size()));
    LawWatch laws = new LawWatch(second.behaviour());
    restored.forEach(laws::hear);
    assertEquals(7, ((WorldInput.Restored) memory.entries.get(end).input()).snapshot());
    assertEquals(
        restored,
        relived(
            seed, clock, memory.entries.subList(before, memory.entries.size()), snapshot, snapshot),
        "from the snapshot on, with it once more");
    return true;
  }

  private static List<JournalEntry> relived(
      long seed,
      ClockMode clock,
      List<History.Entry> past,
      WorldSnapshot first,
      @Nullable WorldSnapshot seventh)
      throws Exception {
    RandomCalls[] again = new RandomCalls[1];
    Memory memory = new Memory();
    again[0] =
        new RandomCalls(
            seed,
            clock,
            memory,
            new Past(
                past.iterator(),
                RandomCalls.again(() -> again[0], number -> {}),
                PATIENCE,
                new Past.Snapshots() {
                  @Override
                  public WorldSnapshot first() {
                    return first;
                  }

                  @Override
                  public WorldSnapshot of(long number) {
                    if (number != 7 || seventh == null) {
                      throw new HistoryBroken("there is no snapshot " + number);
                    }
                    return seventh;
                  }
                }));
    World world = again[0].world();
    world.relive(false);
    return world.journal().all();
  }
}
