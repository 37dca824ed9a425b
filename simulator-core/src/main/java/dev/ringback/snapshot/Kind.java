package dev.ringback.snapshot;

import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** How the objects of a class are written. */
enum Kind {
  STRING(Shape.LEAF),
  BOOLEAN(Shape.LEAF),
  INTEGER(Shape.LEAF),
  LONG(Shape.LEAF),
  DOUBLE(Shape.LEAF),
  INSTANT(Shape.LEAF),
  DURATION(Shape.LEAF),
  CONSTANT(Shape.LEAF),
  CLASS(Shape.LEAF),

  RECORD(Shape.VALUE),
  LAMBDA(Shape.VALUE),
  OPTIONAL(Shape.VALUE),
  LIST(Shape.VALUE),
  SET(Shape.VALUE),
  MAP(Shape.VALUE),
  ENTRY(Shape.VALUE),

  OBJECT(Shape.VESSEL),
  COLLECTION(Shape.VESSEL),
  MUTABLE_MAP(Shape.VESSEL),
  ENUM_MAP(Shape.VESSEL),
  ARRAY(Shape.VESSEL),
  LONGS(Shape.VESSEL),

  /** Of a caller that will be gone: another one takes its place, of which nobody hears. */
  FUTURE(Shape.VESSEL),

  /** Is not written. */
  OTHER(Shape.NONE);

  /** What can be part of a circle. */
  enum Shape {
    /** Has no parts. */
    LEAF,
    /** Cannot be changed, so all its parts are there before it is. */
    VALUE,
    /** Can be there before its parts: every circle goes through one. */
    VESSEL,
    /** Cannot be part of anything. */
    NONE
  }

  /** Of those classes of ours that are written. */
  private static final String OURS = "dev.ringback.";

  /** Mutable collections that are the same after their elements were added in their order. */
  private static final Set<Class<?>> COLLECTIONS =
      Set.of(ArrayList.class, ArrayDeque.class, HashSet.class, LinkedHashSet.class, TreeSet.class);

  private static final Set<Class<?>> MAPS =
      Set.of(HashMap.class, LinkedHashMap.class, TreeMap.class);

  private static final Map<Class<?>, Kind> LEAVES =
      Map.of(
          String.class, STRING,
          Boolean.class, BOOLEAN,
          Integer.class, INTEGER,
          Long.class, LONG,
          Double.class, DOUBLE,
          Instant.class, INSTANT,
          Duration.class, DURATION,
          Class.class, CLASS);

  private static final ClassValue<Kind> KINDS =
      new ClassValue<>() {
        @Override
        protected Kind computeValue(Class<?> type) {
          return find(type);
        }
      };

  final Shape shape;

  Kind(Shape shape) {
    this.shape = shape;
  }

  /** A constant by its place: who reads is of the build that wrote. */
  @SuppressWarnings("EnumOrdinal")
  static int place(Enum<?> constant) {
    return constant.ordinal();
  }

  static Kind of(Object object) {
    return KINDS.get(object.getClass());
  }

  private static Kind find(Class<?> type) {
    Kind leaf = LEAVES.get(type);
    if (leaf != null) {
      return leaf;
    }
    if (Enum.class.isAssignableFrom(type)) {
      return CONSTANT;
    }
    if (type == Object[].class) {
      return ARRAY;
    }
    if (type == long[].class) {
      return LONGS;
    }
    if (type == EnumMap.class) {
      return ENUM_MAP;
    }
    if (COLLECTIONS.contains(type)) {
      return COLLECTION;
    }
    if (MAPS.contains(type)) {
      return MUTABLE_MAP;
    }
    if (CompletableFuture.class.isAssignableFrom(type)) {
      return FUTURE;
    }
    if (type.getPackageName().equals("java.util")) {
      return ofLibrary(type);
    }
    if (!type.getName().startsWith(OURS) || type.isArray()) {
      return OTHER;
    }
    if (type.isRecord()) {
      return RECORD;
    }
    if (type.isSynthetic() || type.isHidden()) {
      return Lambda.isWritable(type) ? LAMBDA : OTHER;
    }
    return OBJECT;
  }

  /** Collections that are what {@code of} and {@code copyOf} make, or look as if. */
  private static Kind ofLibrary(Class<?> type) {
    if (type == Optional.class) {
      return OPTIONAL;
    }
    boolean fixed = !Modifier.isPublic(type.getModifiers());
    if (fixed && List.class.isAssignableFrom(type)) {
      return LIST;
    }
    if (fixed && Set.class.isAssignableFrom(type)) {
      return SET;
    }
    if (fixed && Map.class.isAssignableFrom(type)) {
      return MAP;
    }
    if (Map.Entry.class.isAssignableFrom(type)) {
      return ENTRY;
    }
    return OTHER;
  }
}
