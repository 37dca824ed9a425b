package dev.ringback.runner;

import dev.ringback.scenariofile.ScenarioFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code part}-th of {@code parts} that take about as long, by what earlier runs took; where
 * none is on record every scenario counts the same.
 */
public record Shard(int part, int parts) {
  public static final Shard ALL = new Shard(1, 1);

  /** Reads {@code I/N}; empty: it is none. */
  public static Optional<Shard> parse(String text) {
    if (!text.matches("[1-9]\\d{0,3}/[1-9]\\d{0,3}")) {
      return Optional.empty();
    }
    String[] numbers = text.split("/", 2);
    return Optional.of(new Shard(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])));
  }

  /** The longest first, each to the part that has the least so far; kept in their order. */
  public List<ScenarioFile> of(List<ScenarioFile> all, RunHistory history) {
    if (parts == 1) {
      return all;
    }
    List<ScenarioFile> longestFirst = new ArrayList<>(all);
    longestFirst.sort(Comparator.comparingLong(history::expectedMillis).reversed());
    long[] loads = new long[parts];
    Set<ScenarioFile> mine = new HashSet<>();
    for (ScenarioFile scenario : longestFirst) {
      int least = 0;
      for (int i = 1; i < parts; i++) {
        least = loads[i] < loads[least] ? i : least;
      }
      loads[least] += history.expectedMillis(scenario);
      if (least == part - 1) {
        mine.add(scenario);
      }
    }
    return all.stream().filter(mine::contains).toList();
  }
}
