package dev.ringback.snapshot;

import org.jspecify.annotations.Nullable;

/** Numbers of objects, each for itself whatever it equals; without a box for each number. */
final class IdentityNumbers {
  /** Of an object that has none. */
  static final int NONE = Integer.MIN_VALUE;

  private static final int FIRST = 1 << 12;

  private @Nullable Object[] objects = new Object[FIRST];
  private int[] numbers = new int[FIRST];
  private int size;

  int get(Object object) {
    int slot = slot(object);
    return objects[slot] == null ? NONE : numbers[slot];
  }

  /** Gives it a number, unless it has one: then that is returned, otherwise {@link #NONE}. */
  int add(Object object, int number) {
    int slot = slot(object);
    if (objects[slot] != null) {
      return numbers[slot];
    }
    objects[slot] = object;
    numbers[slot] = number;
    if (++size * 2 > objects.length) {
      grow();
    }
    return NONE;
  }

  @SuppressWarnings("ReferenceEquality") // each for itself
  private int slot(Object object) {
    int mask = objects.length - 1;
    int hash = System.identityHashCode(object);
    int slot = (hash ^ (hash >>> 15)) & mask;
    while (objects[slot] != null && objects[slot] != object) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    @Nullable Object[] before = objects;
    int[] numbered = numbers;
    objects = new Object[before.length * 4];
    numbers = new int[objects.length];
    for (int i = 0; i < before.length; i++) {
      Object object = before[i];
      if (object != null) {
        int slot = slot(object);
        objects[slot] = object;
        numbers[slot] = numbered[i];
      }
    }
  }
}
