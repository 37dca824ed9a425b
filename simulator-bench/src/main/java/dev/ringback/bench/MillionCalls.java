package dev.ringback.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A million calls through one world, one after the other, and what is in memory after each hundred
 * thousand: what a world keeps of calls that are over is bounded.
 *
 * <p>Arguments: calls, and calls between two lines; a line is JSON.
 */
public final class MillionCalls {
  private static final Path STATUS = Path.of("/proc/self/status");

  /**
   * So few that the attributes of their conversations, which log calls, are as full as they may be
   * early.
   */
  private static final int CUSTOMERS = 300;

  private MillionCalls() {}

  public static void main(String... arguments) throws IOException {
    long calls = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
    long each = arguments.length > 1 ? Long.parseLong(arguments[1]) : 100_000;
    CoreBenchmark benchmark = new CoreBenchmark(CUSTOMERS);
    benchmark.setUp();
    long start = System.nanoTime();
    for (long done = 1; done <= calls; done++) {
      benchmark.world().join();
      if (done % each == 0) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
            "{\"name\":\"million\",\"calls\":%d,\"heapKib\":%d,\"rssKib\":%d,\"seconds\":%d}%n",
            done,
            (runtime.totalMemory() - runtime.freeMemory()) >> 10,
            rss(),
            (System.nanoTime() - start) / 1_000_000_000L);
      }
    }
  }

  /** 0 where there is no {@code /proc}. */
  private static long rss() throws IOException {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
