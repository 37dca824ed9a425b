package dev.ringback.state;

import dev.ringback.engine.WorldSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What waits to be written. */
sealed interface Written {
  long world();

  /** A line of a history. */
  record OfHistory(long world, String line) implements Written {}

  /** A snapshot, behind the lines before it. */
  record OfSnapshot(long world, StoredSnapshot what, WorldSnapshot snapshot) implements Written {}

  /** All lines of a world that come together are a record. */
  static List<Database.Part> parts(List<Written> batch) {
    List<Database.Part> parts = new ArrayList<>();
    Map<Long, StringBuilder> texts = new LinkedHashMap<>();
    for (Written written : batch) {
      switch (written) {
        case OfHistory(long world, String line) ->
            texts.computeIfAbsent(world, w -> new StringBuilder()).append(line).append('\n');
        case OfSnapshot(long world, StoredSnapshot what, WorldSnapshot snapshot) -> {
          StringBuilder before = texts.remove(world);
          if (before != null) {
            parts.add(new Database.Entry(world, before.toString()));
          }
          parts.add(new Database.Taken(world, what, Packed.of(snapshot.bytes())));
        }
      }
    }
    texts.forEach((world, text) -> parts.add(new Database.Entry(world, text.toString())));
    return parts;
  }
}
