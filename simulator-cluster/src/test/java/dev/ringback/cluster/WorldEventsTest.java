package dev.ringback.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringback.cluster.WorldEvents.Event;
import dev.ringback.state.Packed;
import dev.ringback.state.StoredSnapshot;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is persisted of a world can be read again. */
class WorldEventsTest {
  private static final byte[] BYTES = {1, 2, 3, -4, 0};

  private static ActorLedger.Kept kept(String name) {
    return new ActorLedger.Kept(
        new StoredSnapshot(
            7,
            name,
            false,
            new StoredSnapshot.Moment("build", Instant.EPOCH, Instant.MAX),
            3,
            BYTES.length),
        Packed.of(BYTES));
  }

  @Test
  void everyEventComesBack() {
    List<Event> events =
        List.of(
            new Event.Begun("{\"a\": 1}"),
            new Event.Lines(List.of("{\"at\": 1}", "{\"at\": 2}")),
            new Event.Unnamed("a\"b"),
            new Event.Ended());
    for (Event event : events) {
      assertEquals(event, WorldEvents.read(WorldEvents.write(event)));
    }
    Event.Named named =
        assertInstanceOf(
            Event.Named.class, WorldEvents.read(WorldEvents.write(new Event.Named(kept("é")))));
    assertEquals(kept("é").what(), named.kept().what());
    assertArrayEquals(BYTES, named.kept().packed().plain().orElseThrow());
    assertThrows(IllegalArgumentException.class, () -> WorldEvents.read("nothing\n"));
  }

  @Test
  void aStartComesBack() {
    WorldEvents.Start start =
        WorldEvents.readStart(
            WorldEvents.write(
                new WorldEvents.Start("{}", kept("s"), List.of(kept("a"), kept("b")))));
    assertEquals("{}", start.settings());
    assertEquals("s", start.start().what().name());
    assertEquals(List.of("a", "b"), start.named().stream().map(one -> one.what().name()).toList());
  }
}
