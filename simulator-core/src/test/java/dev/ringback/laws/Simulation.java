package dev.ringback.laws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/**
 * Plays many seeded worlds on all cores. A long one tells how far it is, writes it down, and goes
 * on from there when it is started with {@code -Dringback.resume=true}.
 */
final class Simulation {
  /** Seeds after which it tells how far it is. */
  private static final long BLOCK = 2_000;

  /** So many are told of. */
  private static final long LONG = 100_000;

  private static final int BAR = 40;

  private final String test;
  private final Path progress;

  /** What is done with a seed. */
  interface Play {
    void play(long seed) throws Exception;
  }

  /**
   * @param test whose simulation it is
   */
  Simulation(Class<?> test) {
    this.test = test.getSimpleName();
    this.progress = Path.of("target", this.test + ".progress");
  }

  /** Seeds from 0 on, or the one that {@code ringback.seed} names. */
  void run(long worlds, Play play) throws IOException {
    Long one = Long.getLong("ringback.seed");
    if (one != null) {
      play(one, play);
      return;
    }
    for (long from = begin(worlds); from < worlds; from += BLOCK) {
      long to = Math.min(worlds, from + BLOCK);
      LongStream.range(from, to).parallel().forEach(seed -> play(seed, play));
      if (worlds >= LONG) {
        tell(to, worlds);
      }
    }
    Files.deleteIfExists(progress);
  }

  private long begin(long worlds) throws IOException {
    return worlds >= LONG && Boolean.getBoolean("ringback.resume") && Files.exists(progress)
        ? Long.parseLong(Files.readString(progress).strip())
        : 0;
  }

  private void tell(long done, long worlds) throws IOException {
    Files.createDirectories(progress.getParent());
    Files.writeString(progress, Long.toString(done));
    int filled = (int) (BAR * done / worlds);
    System.err.printf(
        "\r%s [%s%s] %,d of %,d%s",
        test,
        "#".repeat(filled),
        ".".repeat(BAR - filled),
        done,
        worlds,
        done == worlds ? System.lineSeparator() : "");
  }

  private void play(long seed, Play play) {
    try {
      play.play(seed);
    } catch (AssertionError | Exception e) {
      throw new AssertionError(
          "seed %d: %s%nagain: scripts/mvn -pl simulator-core test -Dtest=%s -Dringback.seed=%d"
              .formatted(seed, e.getMessage(), test, seed),
          e);
    }
  }
}
