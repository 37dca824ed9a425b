package dev.ringback.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line that waits to be written, or a snapshot.
 *
 * @param line null: it is a snapshot
 */
record Written(long world, @Nullable String line, Database.@Nullable Taken snapshot) {
  /** All lines of a world that come together are a record. */
  static List<Database.Part> parts(List<Written> batch) {
    List<Database.Part> parts = new ArrayList<>();
    Map<Long, StringBuilder> texts = new LinkedHashMap<>();
    for (Written written : batch) {
      if (written.snapshot() == null) {
        texts
            .computeIfAbsent(written.world(), w -> new StringBuilder())
            .append(written.line())
            .append('\n');
      } else {
        StringBuilder before = texts.remove(written.world());
        if (before != null) {
          parts.add(new Database.Entry(written.world(), before.toString()));
        }
        parts.add(written.snapshot());
      }
    }
    texts.forEach((world, text) -> parts.add(new Database.Entry(world, text.toString())));
    return parts;
  }
}
