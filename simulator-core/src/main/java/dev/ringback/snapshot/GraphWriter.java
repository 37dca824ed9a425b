package dev.ringback.snapshot;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
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

  private final Bytes shells = new Bytes();
  private final Bytes out = new Bytes();

  /** Of ground below 0; of vessels and values from 0 on, each sort for itself. */
  private final IdentityNumbers numbers = new IdentityNumbers();

  private final Deque<Object> unfilled = new ArrayDeque<>();
  private final Map<Object, Integer> words = new HashMap<>();
  private final Map<Object, Integer> shellWords = new HashMap<>();
  private int vessels;
  private int values;

  private GraphWriter(List<?> ground) {
    for (int i = 0; i < ground.size(); i++) {
      numbers.add(ground.get(i), -1 - i);
    }
  }

  /**
   * @param ground objects that stay where they are: the reader names others for them
   * @throws GraphProblem when something in it cannot be written
   */
  public static byte[] write(Object root, List<?> ground) {
    GraphWriter writer = new GraphWriter(ground);
    writer.reference(root);
    for (Object vessel = writer.unfilled.pollLast();
        vessel != null;
        vessel = writer.unfilled.pollLast()) {
      try {
        writer.contents(vessel);
      } catch (GraphProblem e) {
        throw new GraphProblem("%s, in %s".formatted(e.getMessage(), vessel.getClass()), e);
      }
    }
    Bytes whole = new Bytes();
    whole.number(writer.vessels);
    whole.append(writer.shells);
    whole.append(writer.out);
    return whole.toArray();
  }

  private static void parts(Kind kind, Object object, Consumer<@Nullable Object> each) {
    switch (kind) {
      case RECORD -> {
        Types.RecordType type = Types.RecordType.of(object.getClass());
        for (int i = 0; i < type.parts().size(); i++) {
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
          CLASS,
          OTHER -> {}
    }
  }

  // Vessels

  /** What it is, before anything is in it. */
  private void shell(Kind kind, Object vessel) {
    shells.number(Kind.place(kind));
    switch (kind) {
      case ARRAY, LONGS -> shells.number(Array.getLength(vessel));
      case ENUM_MAP -> word(keys((EnumMap<?, ?>) vessel), shells);
      case FUTURE -> {}
      default -> word(vessel.getClass(), shells);
    }
    boolean sorted =
        (vessel instanceof SortedMap<?, ?> map && map.comparator() != null)
            || (vessel instanceof SortedSet<?> set && set.comparator() != null);
    if (sorted) {
      throw new GraphProblem("a comparator of " + vessel.getClass() + " is not written");
    }
  }

  /** Of an empty one nobody can tell. */
  private static Class<?> keys(EnumMap<?, ?> map) {
    return map.keySet().stream()
        .findFirst()
        .<Class<?>>map(Enum::getDeclaringClass)
        .orElseThrow(() -> new GraphProblem("the keys of an empty EnumMap are not known"));
  }

  private void contents(Object vessel) {
    Kind kind = Kind.of(vessel);
    out.number(numbers.get(vessel));
    switch (kind) {
      case LONGS -> {
        for (long number : (long[]) vessel) {
          out.number(number);
        }
      }
      case MUTABLE_MAP, ENUM_MAP -> out.number(((Map<?, ?>) vessel).size());
      case COLLECTION -> out.number(((Collection<?>) vessel).size());
      default -> {} // so many parts as the shell says
    }
    parts(kind, vessel, this::reference);
  }

  // References

  private void reference(@Nullable Object object) {
    if (object == null) {
      out.number(NULL);
      return;
    }
    Kind kind = Kind.of(object);
    if (kind.shape == Kind.Shape.LEAF) {
      leaf(kind, object);
      return;
    }
    boolean vessel = kind.shape == Kind.Shape.VESSEL;
    int known = numbers.add(object, vessel ? vessels : values);
    if (known < 0 && known != IdentityNumbers.NONE) {
      out.number(GROUND);
      out.number(-1L - known);
    } else if (kind == Kind.OTHER) {
      throw new GraphProblem(
          "no object of %s can be written%s"
              .formatted(
                  object.getClass().getName(),
                  object.getClass().isHidden() ? " (its interface is not Serializable)" : ""));
    } else if (vessel) {
      if (known == IdentityNumbers.NONE) {
        shell(kind, object);
        unfilled.addLast(object);
      }
      out.number(VESSEL);
      out.number(known == IdentityNumbers.NONE ? vessels++ : known);
    } else if (known == IdentityNumbers.NONE) {
      values++;
      out.number(FIRST_KIND + Kind.place(kind));
      value(kind, object);
    } else {
      out.number(KNOWN);
      out.number(known);
    }
  }

  private void leaf(Kind kind, Object object) {
    out.number(FIRST_KIND + Kind.place(kind));
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
        word(value.getDeclaringClass(), out);
        out.number(Kind.place(value));
      }
      default -> word(object, out); // a text, or a class
    }
  }

  /** What comes again and again: texts, classes, places of lambdas. */
  private void word(Object word, Bytes to) {
    Map<Object, Integer> known = to == shells ? shellWords : words;
    Integer number = known.putIfAbsent(word, known.size());
    if (number != null) {
      to.number(number + 1L);
      return;
    }
    to.number(0);
    switch (word) {
      case String text -> to.text(text);
      case Class<?> type -> to.text(type.getName());
      case Lambda place -> {
        place.names().forEach(to::text);
        to.number(place.implKind());
      }
      default -> throw new IllegalArgumentException("no word: " + word.getClass());
    }
  }

  private void value(Kind kind, Object object) {
    switch (kind) {
      case RECORD -> word(object.getClass(), out);
      case LAMBDA -> {
        SerializedLambda lambda = Lambda.of(object);
        word(Lambda.place(lambda), out);
        out.number(lambda.getCapturedArgCount());
      }
      case LIST, SET -> out.number(((Collection<?>) object).size());
      case MAP -> out.number(((Map<?, ?>) object).size());
      default -> {} // they have so many parts each time
    }
    parts(kind, object, this::reference);
  }
}
