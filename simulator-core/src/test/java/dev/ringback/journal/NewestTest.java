package dev.ringback.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringback.twiml.Level;
import dev.ringback.voice.Alert;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NewestTest {
  /** Against the obvious way to do it, over random sizes. */
  @Test
  void keepsTheNewestThatFit() {
    Random random = new Random(7);
    Newest<String> newest = new Newest<>(1_000, String::length);
    Deque<String> expected = new ArrayDeque<>();
    long gone = 0;
    for (int i = 0; i < 5_000; i++) {
      String item = "x".repeat(random.nextInt(random.nextInt(40) == 0 ? 1_500 : 12));
      newest.add(item);
      expected.addLast(item);
      while (expected.stream().mapToInt(String::length).sum() > 1_000 && expected.size() > 1) {
        expected.removeFirst();
        gone++;
      }
      assertEquals(List.copyOf(expected), newest.toList());
      assertEquals(gone, newest.forgotten());
    }
  }

  @Test
  void isEmptyAfterwardsWhenItIsCleared() {
    Newest<String> newest = new Newest<>(3, String::length);
    newest.add("ab");
    newest.add("cd");
    assertEquals(1, newest.forgotten());
    newest.clear();
    assertEquals(List.of(), newest.toList());
    assertEquals(0, newest.forgotten());
    newest.add("abc");
    assertEquals("abc", newest.get(0));
    assertThrows(IndexOutOfBoundsException.class, () -> newest.get(1));
  }

  @Test
  void aJournalGivesWhatItStillHasAfterANumber() {
    Journal journal = new Journal(20_000);
    for (int i = 1; i <= 1_000; i++) {
      Alert alert = Alert.ours(Level.WARNING, "x".repeat(i % 50));
      journal.append(new JournalEntry(i, Instant.EPOCH, null, 0, new Fact.Alerted(alert)));
    }
    List<JournalEntry> all = journal.all();
    assertEquals(1_000, journal.last());
    assertEquals(1_000 - all.size(), journal.forgotten());
    assertEquals(journal.forgotten() + 1, all.getFirst().number());
    assertEquals(all, journal.after(0, 5_000));
    assertEquals(all.subList(0, 3), journal.after(0, 3));
    assertEquals(all.subList(all.size() - 2, all.size()), journal.after(998, 10));
    assertEquals(List.of(), journal.after(1_000, 10));
    assertEquals(List.of(), journal.after(5_000, 10));
  }
}
