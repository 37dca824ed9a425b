package dev.ringback.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value as written, with the line it is on (0: unknown). */
sealed interface Value {
  int line();

  record Scalar(String text, int line) implements Value {}

  record Nothing(int line) implements Value {}

  record Sequence(List<Value> items, int line) implements Value {}

  /**
   * @param lines of the keys
   */
  record Mapping(LinkedHashMap<String, Value> entries, Map<String, Integer> lines, int line)
      implements Value {}
}
