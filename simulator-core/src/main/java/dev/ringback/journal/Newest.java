package dev.ringback.journal;

import dev.ringback.snapshot.SerializableToLongFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The newest of what was added: the oldest go when all together take more memory than they may. The
 * last one added always stays. For one thread at a time.
 */
public final class Newest<T> {
  private static final int FIRST_SLOTS = 64;

  private final long capacity;
  private final SerializableToLongFunction<? super T> footprint;
  private @Nullable Object[] ring = new Object[FIRST_SLOTS];

  /** Of each slot: what is old has left the processor's caches, and is not looked at again. */
  private long[] footprints = new long[FIRST_SLOTS];

  private int oldest;
  private int size;
  private long bytes;
  private long forgotten;

  /**
   * @param capacity bytes, in the measure of {@code footprint}
   * @param footprint of one; see {@link Footprint}
   */
  public Newest(long capacity, SerializableToLongFunction<? super T> footprint) {
    this.capacity = capacity;
    this.footprint = footprint;
  }

  /** Adds the newest. */
  public void add(T item) {
    if (size == ring.length) {
      grow();
    }
    int slot = slot(size);
    ring[slot] = item;
    footprints[slot] = footprint.applyAsLong(item);
    bytes += footprints[slot];
    size++;
    while (bytes > capacity && size > 1) {
      bytes -= footprints[oldest];
      ring[oldest] = null;
      oldest = slot(1);
      size--;
      forgotten++;
    }
  }

  /**
   * @param index 0: the oldest
   */
  @SuppressWarnings("unchecked") // only add() fills the ring
  public T get(int index) {
    return (T) Objects.requireNonNull(ring[slot(Objects.checkIndex(index, size))]);
  }

  public int size() {
    return size;
  }

  /** How many have gone since the beginning, or since it was cleared. */
  public long forgotten() {
    return forgotten;
  }

  /** A copy of it, the oldest first. */
  public List<T> toList() {
    List<T> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      all.add(get(i));
    }
    return all;
  }

  public void clear() {
    ring = new Object[FIRST_SLOTS];
    footprints = new long[FIRST_SLOTS];
    oldest = 0;
    size = 0;
    bytes = 0;
    forgotten = 0;
  }

  private int slot(int index) {
    return (oldest + index) % ring.length;
  }

  private void grow() {
    @Nullable Object[] larger = new Object[ring.length * 2];
    long[] largerFootprints = new long[larger.length];
    for (int i = 0; i < size; i++) {
      larger[i] = ring[slot(i)];
      largerFootprints[i] = footprints[slot(i)];
    }
    ring = larger;
    footprints = largerFootprints;
    oldest = 0;
  }
}
