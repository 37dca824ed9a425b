package dev.ringback.snapshot;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a graph of objects: ours, and the collections and values of the library. First come all
 * that can be changed, empty; then what is in each. So records, lambdas and other values, which
 * need their parts before they are there, can be written in any circle.
 */
public final class GraphWriter {
  /** How a reference begins. */
  static final int NULL = 0;

  static final int GROUND = 1;
  static final int VESSEL = 2;
  static final int KNOWN = 3;

  /** Kinds of what is written in its place follow, in their order. */
  static final int FIRST_KIND = 4;

  private final Bytes out = new Bytes();
  private final IdentityHashMap<Object, Integer> ground = new IdentityHashMap<>();

  /** By vessel, its number; by value, -1 until it is written, then its number. */
  private final IdentityHashMap<Object, Integer> numbers = new IdentityHashMap<>();

  private final List<Object> vessels = new ArrayList<>();
  private final Map<Object, Integer> words = new HashMap<>();
  private final Deque<Object> unseen = new ArrayDeque<>();
  private int written;

  private GraphWriter(List<?> ground) {
    for (Object object : ground) {
      this.ground.put(object, this.ground.size());
    }
  }

  /**
   * @param ground objects that stay where they are: the reader names others for them
   * @throws GraphProblem when something in it cannot be written
   */
  public static byte[] write(Object root, List<?> ground) {
    GraphWriter writer = new GraphWriter(ground);
    writer.discover(root);
    writer.vessels();
    writer.reference(root);
    for (Kind.Fill turn : Kind.Fill.values()) {
      writer.vessels.stream()
          .filter(vessel -> Kind.Fill.of(vessel) == turn)
          .forEach(writer::contents);
    }
    return writer.out.toArray();
  }

  // What there is

  private void discover(Object root) {
    unseen.add(root);
    for (Object object = unseen.pollLast(); object != null; object = unseen.pollLast()) {
      if (ground.containsKey(object)) {
        continue;
      }
      Kind kind = Kind.of(object);
      if (kind.shape == Kind.Shape.LEAF) {
        continue;
      }
      boolean vessel = kind.shape == Kind.Shape.VESSEL;
      if (numbers.putIfAbsent(object, vessel ? vessels.size() : -1) != null) {
        continue;
      }
      if (vessel) {
        vessels.add(object);
      }
      try {
        parts(kind, object, this::meet);
      } catch (GraphProblem e) {
        throw new GraphProblem("%s, in %s".formatted(e.getMessage(), object.getClass()), e);
      }
    }
  }

  private void meet(@Nullable Object part) {
    if (part != null) {
      if (!ground.containsKey(part)) {
        Kind.of(part); // so that a problem is told where it is
      }
      unseen.addLast(part);
    }
  }

  private static void parts(Kind kind, Object object, Consumer<@Nullable Object> each) {
    switch (kind) {
      case RECORD -> {
        Types.RecordType type = Types.RecordType.of(object.getClass());
        for (int i = 0; i < type.parts().length; i++) {
          each.accept(type.part(i, object));
        }
      }
      case LAMBDA -> {
        SerializedLambda lambda = Lambda.of(object);
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
          each.accept(lambda.getCapturedArg(i));
        }
      }
      case OPTIONAL -> each.accept(((Optional<?>) object).orElse(null));
      case LIST, SET, COLLECTION -> ((Collection<?>) object).forEach(each);
      case MAP, MUTABLE_MAP, ENUM_MAP ->
          ((Map<?, ?>) object)
              .forEach((key, value) -> {
                each.accept(key);
                each.accept(value);
              });
      case ENTRY -> {
        each.accept(((Map.Entry<?, ?>) object).getKey());
        each.accept(((Map.Entry<?, ?>) object).getValue());
      }
      case OBJECT -> {
        for (Field field : Types.ObjectType.of(object.getClass()).fields()) {
          each.accept(Types.get(field, object));
        }
      }
      case ARRAY -> {
        for (@Nullable Object element : (@Nullable Object[]) object) {
          each.accept(element);
        }
      }
      case LONGS,
          FUTURE,
          STRING,
          BOOLEAN,
          INTEGER,
          LONG,
          DOUBLE,
          INSTANT,
          DURATION,
          CONSTANT,
          CLASS -> {}
    }
  }

  // Vessels

  private void vessels() {
    out.number(vessels.size());
    for (Object vessel : vessels) {
      Kind kind = Kind.of(vessel);
      out.number(kind.ordinal());
      switch (kind) {
        case ARRAY, LONGS -> out.number(Array.getLength(vessel));
        case ENUM_MAP -> word(keys((EnumMap<?, ?>) vessel));
        case FUTURE -> {}
        default -> word(vessel.getClass());
      }
      boolean sorted =
          (vessel instanceof SortedMap<?, ?> map && map.comparator() != null)
              || (vessel instanceof SortedSet<?> set && set.comparator() != null);
      if (sorted) {
        throw new GraphProblem("a comparator of " + vessel.getClass() + " is not written");
      }
    }
  }

  /** Of an empty one nobody can tell, and no key is ever the first in those of ours. */
  private static Class<?> keys(EnumMap<?, ?> map) {
    return map.keySet().stream()
        .findFirst()
        .<Class<?>>map(Enum::getDeclaringClass)
        .orElseThrow(() -> new GraphProblem("the keys of an empty EnumMap are not known"));
  }

  private void contents(Object vessel) {
    Kind kind = Kind.of(vessel);
    switch (kind) {
      case OBJECT -> {
        for (Field field : Types.ObjectType.of(vessel.getClass()).fields()) {
          reference(Types.get(field, vessel));
        }
      }
      case LONGS -> {
        for (long number : (long[]) vessel) {
          out.number(number);
        }
      }
      case FUTURE -> {}
      case ARRAY -> parts(kind, vessel, this::reference);
      default -> {
        out.number(vessel instanceof Map<?, ?> map ? map.size() : ((Collection<?>) vessel).size());
        parts(kind, vessel, this::reference);
      }
    }
  }

  // References

  private void reference(@Nullable Object object) {
    if (object == null) {
      out.number(NULL);
      return;
    }
    Integer place = ground.get(object);
    if (place != null) {
      out.number(GROUND);
      out.number(place);
      return;
    }
    Kind kind = Kind.of(object);
    switch (kind.shape) {
      case LEAF -> leaf(kind, object);
      case VALUE -> {
        int number = numbers.getOrDefault(object, -1);
        if (number >= 0) {
          out.number(KNOWN);
          out.number(number);
        } else {
          out.number(FIRST_KIND + kind.ordinal());
          value(kind, object);
          numbers.put(object, written++);
        }
      }
      case VESSEL -> {
        out.number(VESSEL);
        out.number(numbers.get(object));
      }
    }
  }

  private void leaf(Kind kind, Object object) {
    out.number(FIRST_KIND + kind.ordinal());
    switch (object) {
      case Boolean value -> out.number(value ? 1 : 0);
      case Integer value -> out.number(value);
      case Long value -> out.number(value);
      case Double value -> out.number(Double.doubleToRawLongBits(value));
      case Instant value -> {
        out.number(value.getEpochSecond());
        out.number(value.getNano());
      }
      case Duration value -> {
        out.number(value.getSeconds());
        out.number(value.getNano());
      }
      case Enum<?> value -> {
        word(value.getDeclaringClass());
        out.number(value.ordinal());
      }
      default -> word(object); // a text, or a class
    }
  }

  /** What comes again and again: texts, classes, places of lambdas. */
  private void word(Object word) {
    Integer known = words.putIfAbsent(word, words.size());
    if (known != null) {
      out.number(known + 1L);
      return;
    }
    out.number(0);
    switch (word) {
      case String text -> out.text(text);
      case Class<?> type -> out.text(type.getName());
      case Lambda place -> {
        out.text(place.capturing());
        out.text(place.functional());
        out.text(place.functionalMethod());
        out.text(place.functionalSignature());
        out.number(place.implKind());
        out.text(place.implClass());
        out.text(place.implName());
        out.text(place.implSignature());
        out.text(place.instantiated());
      }
      default -> throw new IllegalArgumentException("no word: " + word.getClass());
    }
  }

  private void value(Kind kind, Object object) {
    switch (kind) {
      case RECORD -> word(object.getClass());
      case LAMBDA -> {
        SerializedLambda lambda = Lambda.of(object);
        word(Lambda.place(lambda));
        out.number(lambda.getCapturedArgCount());
      }
      case LIST, SET -> out.number(((Collection<?>) object).size());
      case MAP -> out.number(((Map<?, ?>) object).size());
      default -> {} // they have so many parts each time
    }
    parts(kind, object, this::reference);
  }
}
