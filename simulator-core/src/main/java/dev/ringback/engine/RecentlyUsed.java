package dev.ringback.engine;

import dev.ringback.snapshot.SerializableToLongFunction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps what was used last, by name; what was not used for longest goes when all are too large. */
final class RecentlyUsed<V> {
  private final long capacity;
  private final SerializableToLongFunction<Map.Entry<String, V>> footprint;

  /** What was used last is the last. */
  private final SequencedMap<String, V> kept = new LinkedHashMap<>();

  private long bytes;

  /**
   * @param capacity bytes, in the measure of {@code footprint}
   * @param footprint of a name and its value, always the same
   */
  RecentlyUsed(long capacity, SerializableToLongFunction<Map.Entry<String, V>> footprint) {
    this.capacity = capacity;
    this.footprint = footprint;
  }

  @Nullable V get(String name) {
    V known = kept.get(name);
    if (known != null) {
      kept.putLast(name, known);
    }
    return known;
  }

  /** What is kept, or else is made and kept. */
  V get(String name, Function<String, V> make) {
    V known = get(name);
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
