package dev.ringback.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Keeps what was used last, by name; what was not used for longest goes when all are too large. */
final class RecentlyUsed<V> {
  private final long capacity;
  private final ToLongFunction<Map.Entry<String, V>> footprint;
  private final SequencedMap<String, V> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param capacity bytes, in the measure of {@code footprint}
   * @param footprint of a name and its value, always the same
   */
  RecentlyUsed(long capacity, ToLongFunction<Map.Entry<String, V>> footprint) {
    this.capacity = capacity;
    this.footprint = footprint;
  }

  @Nullable V get(String name) {
    return kept.get(name);
  }

  /** What is kept, or else is made and kept. */
  V get(String name, Function<String, V> make) {
    V known = kept.get(name);
    if (known != null) {
      return known;
    }
    V made = make.apply(name);
    put(name, made);
    return made;
  }

  /** Keeps it; the last one that was put always stays. */
  void put(String name, V value) {
    remove(name);
    kept.put(name, value);
    bytes += footprint.applyAsLong(Map.entry(name, value));
    while (bytes > capacity && kept.size() > 1) {
      remove(kept.firstEntry().getKey());
    }
  }

  void remove(String name) {
    V before = kept.remove(name);
    if (before != null) {
      bytes -= footprint.applyAsLong(Map.entry(name, before));
    }
  }
}
