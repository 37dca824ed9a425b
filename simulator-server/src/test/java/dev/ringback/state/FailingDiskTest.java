package dev.ringback.state;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringback.engine.ClockMode;
import dev.ringback.engine.WorldInput;
import dev.ringback.engine.WorldSettings;
import dev.ringback.engine.WorldSnapshot;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements fail at random: before they did anything, after some of a batch was written, at the
 * end of a transaction, and after it, so that the answer alone is lost. What was acknowledged is
 * there, once and in its order; what was not is there wholly or not at all.
 */
@Timeout(120)
class FailingDiskTest {
  private static final int SEEDS = Integer.getInteger("ringback.disks", 20);
  private static final Instant AT = Instant.parse("2026-01-01T09:00:00Z");

  @TempDir Path temp;

  @SuppressWarnings("NullAway.Init")
  FailingDiskTest() {}

  /** A connection whose statements fail now and then. */
  private static final class Disk {
    private final Random random;
    volatile boolean fails;

    /** A transaction ends with a permit of it only; null: at once. */
    volatile @Nullable Semaphore slow;

    final AtomicInteger failures = new AtomicInteger();

    Disk(long seed) {
      this.random = new Random(seed);
    }

    Connection over(Connection real) {
      return proxy(Connection.class, real);
    }

    @SuppressWarnings("unchecked")
    private <T> T proxy(Class<T> type, T real) {
      return (T)
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> {
                boolean executes =
                    real instanceof Statement && method.getName().startsWith("execute");
                String text = arguments == null ? "" : String.valueOf(arguments[0]);
                boolean ends = text.equals("ROLLBACK");
                if (executes && !ends && fails()) {
                  throw new SQLException("[SQLITE_IOERR_WRITE] disk I/O error: before");
                }
                Semaphore permits = slow;
                if (executes && text.equals("COMMIT") && permits != null) {
                  permits.acquire();
                }
                Object result;
                try {
                  result = method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
                if (executes && text.equals("COMMIT") && fails()) {
                  throw new SQLException("[SQLITE_IOERR_FSYNC] disk I/O error: after");
                }
                return switch (result) {
                  case PreparedStatement made -> proxy(PreparedStatement.class, made);
                  case Statement made -> proxy(Statement.class, made);
                  case null, default -> result;
                };
              });
    }

    private synchronized boolean fails() {
      boolean now = fails && random.nextInt(25) == 0;
      if (now) {
        failures.incrementAndGet();
      }
      return now;
    }
  }

  @Test
  void whatWasAcknowledgedIsThereOnceAndInItsOrder() throws Exception {
    int failures = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Path folder = temp.resolve("state-" + seed);
      StateStore.open(folder).close();
      Disk disk = new Disk(seed);
      int acknowledged = 0;
      int all = 0;
      try (StateStore store = StateStore.open(folder, disk::over)) {
        WorldLog log = store.begin(WorldSettings.ofSeed(seed, new ClockMode.Skipping()));
        disk.fails = true;
        log.took(AT, new WorldInput.Began(AT, AT));
        Random random = new Random(seed);
        for (int i = 1; i <= 60; i++) {
          log.request(new RecordedRequest("POST", "/" + i, Map.of(), "", true));
          log.took(AT.plusSeconds(i), new WorldInput.Submitted(i));
          if (random.nextInt(10) == 0) {
            log.start(new WorldSnapshot(AT.plusSeconds(i), new byte[100]));
          }
          all = i;
          if (random.nextInt(4) == 0) {
            try {
              log.sync();
              acknowledged = i;
            } catch (StateUnavailable e) {
              // It is tried again, and nobody was told that it is there.
            }
          }
        }
      }
      failures += disk.failures.get();
      try (StateStore store = StateStore.open(folder)) {
        List<Instant> read = new ArrayList<>();
        Records records = new Records(store.database(), 1, 0);
        records
            .lines()
            .forEachRemaining(line -> {
              Line parsed = Line.read(line);
              if (parsed.input() instanceof WorldInput.Submitted) {
                read.add(Objects.requireNonNull(parsed.at()));
              }
            });
        assertTrue(
            read.size() >= acknowledged && read.size() <= all,
            "seed %d: %d of %d, acknowledged %d".formatted(seed, read.size(), all, acknowledged));
        for (int i = 0; i < read.size(); i++) {
          assertEquals(AT.plusSeconds(i + 1), read.get(i), "seed " + seed);
        }
      }
    }
    assertTrue(failures > SEEDS, failures + " failures");
  }

  /** A disk that takes its time makes who waits wait: nobody is told too early, and in order. */
  @Test
  void aSlowDiskTellsNobodyTooEarly() throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      Path folder = temp.resolve("slow-" + seed);
      StateStore.open(folder).close();
      Disk disk = new Disk(seed);
      Random random = new Random(seed);
      List<Integer> told = new CopyOnWriteArrayList<>();
      int all = 10 + random.nextInt(30);
      try (StateStore store = StateStore.open(folder, disk::over)) {
        WorldLog log = store.begin(WorldSettings.ofSeed(seed, new ClockMode.Skipping()));
        log.took(AT, new WorldInput.Began(AT, AT));
        log.sync();
        Semaphore permits = new Semaphore(0);
        disk.slow = permits;
        for (int i = 1; i <= all; i++) {
          int number = i;
          log.took(AT.plusSeconds(i), new WorldInput.Submitted(i));
          store.durability().whenKept(() -> told.add(number));
          if (random.nextInt(10) == 0) {
            log.start(new WorldSnapshot(AT.plusSeconds(i), new byte[100]));
          }
        }
        assertEquals(List.of(), told, "seed " + seed);
        permits.release(1_000);
        log.sync();
        int most = all;
        await().until(() -> told.size() == most);
      }
      assertEquals(IntStream.rangeClosed(1, all).boxed().toList(), told, "seed " + seed);
    }
  }
}
